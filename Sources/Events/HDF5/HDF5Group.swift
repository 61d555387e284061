// SPDX-License-Identifier: Apache-2.0

/// The links of a group by name (specification III.A-C, IV.A.2): a symbol table, or link messages.
enum HDF5Group {
  struct Link {
    let name: String
    let address: Int
  }

  private static let nodeLimit = 100_000

  /// The hard links of a group; nil for an object that is none.
  static func links(_ file: HDF5File, _ header: HDF5Header) throws -> [Link]? {
    if var table = header.body(0x11) {
      let tree = try HDF5File.address(&table)
      let heap = try names(file, at: HDF5File.address(&table))
      return try symbols(file, tree, heap)
    }
    let messages = header.messages.filter { $0.type == 6 }
    if let info = header.body(2) {
      var cursor = info
      let flags = try cursor.int(UInt16.self) & 0xFF
      if flags & 1 != 0 { try cursor.skip(8) }
      if try cursor.little(UInt64.self) != HDF5File.undefined {
        throw FileProblem(
          "has a group of so many links that they are stored in a way this version "
            + "can't read; write it with h5py's default libver")
      }
    } else if messages.isEmpty {
      return nil
    }
    return try messages.compactMap { try link(ByteCursor($0.body)) }
  }

  /// A link message; nil for a soft or external link.
  private static func link(_ body: ByteCursor) throws -> Link? {
    var cursor = body
    try cursor.skip(1)
    let flags = try cursor.next(UInt8.self)
    let type = flags & 8 != 0 ? try cursor.next(UInt8.self) : 0
    if flags & 4 != 0 { try cursor.skip(8) }
    if flags & 16 != 0 { try cursor.skip(1) }
    let length: Int =
      switch flags & 3 {
      case 0: Int(try cursor.little(UInt8.self))
      case 1: Int(try cursor.little(UInt16.self))
      default: Int(try cursor.little(UInt32.self))
      }
    guard flags & 3 < 3 else { throw FileProblem("has a link with a name that can't be") }
    let name = try cursor.text(length)
    return type == 0 ? Link(name: name, address: try HDF5File.address(&cursor)) : nil
  }

  /// The data of a local heap: names end with a zero.
  private static func names(_ file: HDF5File, at address: Int) throws -> [UInt8] {
    var cursor = try file.block("HEAP", at: address, count: 32)
    try cursor.skip(4)
    let size = try HDF5File.address(&cursor)
    try cursor.skip(8)
    return try file.file.read(at: HDF5File.address(&cursor), count: size)
  }

  private static func symbols(_ file: HDF5File, _ tree: Int, _ heap: [UInt8]) throws -> [Link] {
    var links: [Link] = []
    for address in try HDF5Tree.children(file, tree, type: 0, keyBytes: 8).map(\.address) {
      var head = try file.block("SNOD", at: address, count: 8)
      try head.skip(2)
      let count = Int(try head.little(UInt16.self))
      var cursor = ByteCursor(try file.file.read(at: address + 8, count: 40 * count))
      for _ in 0..<count {
        let offset = try HDF5File.address(&cursor)
        let object = try HDF5File.address(&cursor)
        let kind = try cursor.little(UInt32.self)
        try cursor.skip(20)
        if kind == 2 { continue }  // a soft link
        var name = ByteCursor(heap, from: offset)
        guard offset < heap.count else { throw FileProblem("has a name outside its heap") }
        links.append(Link(name: try name.terminatedString(limit: 4096), address: object))
      }
      guard links.count <= nodeLimit else { throw FileProblem("has over \(nodeLimit) objects") }
    }
    return links
  }
}

/// A B-tree of version 1 (specification III.A.1).
enum HDF5Tree {
  struct Child {
    let key: [UInt8]
    let address: Int
  }

  private static let nodeLimit = 100_000

  /// What the leaves point to, with the key before each.
  static func children(_ file: HDF5File, _ root: Int, type: Int, keyBytes: Int) throws -> [Child] {
    var children: [Child] = []
    var pending = [root]
    var seen: Set<Int> = []
    while let address = pending.popLast() {
      guard seen.insert(address).inserted, seen.count <= nodeLimit else {
        throw FileProblem("has a tree that leads to itself")
      }
      var cursor = try file.block("TREE", at: address, count: 24)
      guard try cursor.int(UInt8.self) == type else {
        throw FileProblem("has a tree of another kind at byte \(address)")
      }
      let level = try cursor.int(UInt8.self)
      let count = Int(try cursor.little(UInt16.self))
      var body = ByteCursor(
        try file.file.read(at: address + 24, count: count * (keyBytes + 8)))
      var below: [Int] = []
      for _ in 0..<count {
        let start = body.position
        try body.skip(keyBytes)
        let key = Array(body.bytes[start..<start + keyBytes])
        let child = try HDF5File.address(&body)
        if level == 0 {
          children.append(Child(key: key, address: child))
        } else {
          below.append(child)
        }
      }
      pending += below.reversed()
    }
    return children
  }
}
