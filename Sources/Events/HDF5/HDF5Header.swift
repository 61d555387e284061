// SPDX-License-Identifier: Apache-2.0

/// The messages of an object header (specification IV.A), versions 1 and 2.
struct HDF5Header {
  struct Message {
    let type: Int
    let body: [UInt8]
  }

  private(set) var messages: [Message] = []

  private static let messageLimit = 10_000
  private static let blockLimit = 1000
  private static let largest = 16 << 20

  init(_ file: HDF5File, at address: Int) throws {
    try FileProblem.locating("the object at byte \(address)") {
      let head = try file.file.read(at: address, count: 16)
      if head.starts(with: "OHDR".utf8) {
        try readNew(file, address)
      } else {
        guard head[0] == 1 else { throw FileProblem("has no header that is understood") }
        var cursor = ByteCursor(head, from: 8)
        let size = Int(try cursor.little(UInt32.self))
        try read(file, [(address + 16, size)], isNew: false, hasOrder: false)
      }
    }
  }

  private mutating func readNew(_ file: HDF5File, _ address: Int) throws {
    let head = try file.file.read(at: address, count: min(40, file.file.size - address))
    var cursor = ByteCursor(head, from: 5)
    let flags = try cursor.next(UInt8.self)
    if flags & 0x20 != 0 { try cursor.skip(16) }
    if flags & 0x10 != 0 { try cursor.skip(4) }
    let size: Int =
      switch flags & 3 {
      case 0: Int(try cursor.little(UInt8.self))
      case 1: Int(try cursor.little(UInt16.self))
      case 2: Int(try cursor.little(UInt32.self))
      default: try HDF5File.address(&cursor)
      }
    try read(
      file, [(address + cursor.position, size)], isNew: true, hasOrder: flags & 4 != 0)
  }

  /// Reads blocks of messages, and those that they continue in.
  private mutating func read(
    _ file: HDF5File, _ first: [(Int, Int)], isNew: Bool, hasOrder: Bool
  ) throws {
    var pending = first
    var blocks = 0
    while let (address, size) = pending.popLast() {
      blocks += 1
      guard blocks <= Self.blockLimit, size <= Self.largest else {
        throw FileProblem("has a header of over \(Self.blockLimit) blocks or \(size) bytes")
      }
      var cursor = ByteCursor(try file.file.read(at: address, count: size))
      if isNew, blocks > 1 {
        guard cursor.bytes.starts(with: "OCHK".utf8), size >= 8 else {
          throw FileProblem("has a header that doesn't go on at byte \(address)")
        }
        cursor = ByteCursor(cursor.bytes, from: 4, end: size - 4)
      }
      while cursor.remaining >= (isNew ? 4 : 8) {
        let type = isNew ? Int(try cursor.little(UInt8.self)) : Int(try cursor.little(UInt16.self))
        let length = Int(try cursor.little(UInt16.self))
        try cursor.skip(isNew ? (hasOrder ? 3 : 1) : 4)
        let start = cursor.position
        try cursor.skip(length)
        let body = Array(cursor.bytes[start..<start + length])
        if type == 0x10 {
          var link = ByteCursor(body)
          pending.append((try HDF5File.address(&link), try HDF5File.address(&link)))
        }
        guard messages.count < Self.messageLimit else {
          throw FileProblem("has over \(Self.messageLimit) messages")
        }
        messages.append(Message(type: type, body: body))
      }
    }
  }

  /// The body of the first message of a type.
  func body(_ type: Int) -> ByteCursor? {
    messages.first { $0.type == type }.map { ByteCursor($0.body) }
  }
}
