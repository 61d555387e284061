// SPDX-License-Identifier: Apache-2.0

/// Where a dataset's elements lie (specification IV.A.2.i) and what was done to them (IV.A.2.l).
enum HDF5Storage {
  struct Chunk {
    /// First row of the dataset that the chunk has.
    let row: Int
    let address: Int
    let byteCount: Int
    /// Filters that were left out for this chunk, a bit each.
    let mask: UInt32
  }

  case compact([UInt8])
  case contiguous(address: Int, byteCount: Int)
  /// Rows of a chunk, and the chunks in ascending order.
  case chunked(rows: Int, [Chunk])
  /// Nothing was ever written.
  case empty
  case unsupported(String)

  private static let largestChunk = 1 << 30

  init(_ file: HDF5File, _ header: HDF5Header, shape: [Int], elementBytes: Int) throws {
    guard var cursor = header.body(8) else { throw FileProblem("has no layout") }
    let version = try cursor.int(UInt8.self)
    let kind = try cursor.int(UInt8.self)
    guard version == 3 || (version == 4 && kind < 2) else {
      self = .unsupported("stored in a way (layout \(version)) of newer or older HDF5 libraries")
      return
    }
    switch kind {
    case 0:
      let size = Int(try cursor.little(UInt16.self))
      let start = cursor.position
      try cursor.skip(size)
      self = .compact(Array(cursor.bytes[start..<start + size]))
    case 1:
      let address = try cursor.little(UInt64.self)
      if address == HDF5File.undefined {
        self = .empty
        return
      }
      let size = try HDF5File.address(&cursor)
      guard address < 1 << 60 else { throw FileProblem("has an address that can't be") }
      self = .contiguous(address: Int(address), byteCount: size)
    case 2:
      self = try Self.chunked(file, &cursor, shape: shape, elementBytes: elementBytes)
    default:
      self = .unsupported("stored in other files")
    }
  }

  private static func chunked(
    _ file: HDF5File, _ cursor: inout ByteCursor, shape: [Int], elementBytes: Int
  ) throws -> HDF5Storage {
    let dimensions = try cursor.int(UInt8.self)
    let address = try cursor.little(UInt64.self)
    var lengths: [Int] = []
    for _ in 0..<dimensions { lengths.append(Int(try cursor.little(UInt32.self))) }
    guard dimensions == shape.count + 1, lengths.last == elementBytes,
      lengths.allSatisfy({ $0 > 0 })
    else { throw FileProblem("has chunks of another shape than its own") }
    guard lengths.dropLast().dropFirst().elementsEqual(shape.dropFirst()) else {
      return .unsupported("stored in chunks of parts of a row")
    }
    guard lengths.reduce(1, { min($0 * $1, largestChunk + 1) }) <= largestChunk else {
      throw FileProblem("has chunks of over \(largestChunk >> 20) MiB")
    }
    if address == HDF5File.undefined { return .empty }
    guard address < 1 << 60 else { throw FileProblem("has an address that can't be") }
    let children = try HDF5Tree.children(
      file, Int(address), type: 1, keyBytes: 8 + 8 * dimensions)
    var chunks = try children.map { child in
      var key = ByteCursor(child.key)
      let size = Int(try key.little(UInt32.self))
      let mask = try key.little(UInt32.self)
      return Chunk(
        row: try HDF5File.address(&key), address: child.address, byteCount: size, mask: mask)
    }
    chunks.sort { $0.row < $1.row }
    return .chunked(rows: lengths[0], chunks)
  }
}

/// The filters that a chunk went through when it was written.
struct HDF5Filters {
  enum Filter {
    case deflate, shuffle, checksum
  }

  let filters: [Filter]
  /// The number of one that isn't understood.
  let unknown: Int?

  init(_ header: HDF5Header) throws {
    var filters: [Filter] = []
    var unknown: Int?
    if var cursor = header.body(0x0B) {
      let version = try cursor.int(UInt8.self)
      let count = try cursor.int(UInt8.self)
      if version == 1 { try cursor.skip(6) }
      for _ in 0..<count {
        let number = Int(try cursor.little(UInt16.self))
        let hasName = version == 1 || number >= 256
        let nameLength = hasName ? Int(try cursor.little(UInt16.self)) : 0
        try cursor.skip(2)
        let values = Int(try cursor.little(UInt16.self))
        try cursor.skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength)
        try cursor.skip(4 * values)
        if version == 1, !values.isMultiple(of: 2) { try cursor.skip(4) }
        switch number {
        case 1: filters.append(.deflate)
        case 2: filters.append(.shuffle)
        case 3: filters.append(.checksum)
        default: unknown = number
        }
      }
    }
    self.filters = filters
    self.unknown = unknown
  }

  /// Undoes the filters of a chunk that had so many bytes at first.
  func undo(
    _ stored: [UInt8], mask: UInt32, byteCount: Int, elementBytes: Int, _ decompressor: Decompressor
  ) throws -> [UInt8] {
    var bytes = stored
    for (index, filter) in filters.enumerated().reversed() where mask >> UInt32(index) & 1 == 0 {
      switch filter {
      case .checksum:
        guard bytes.count >= 4 else { throw FileProblem("ends inside its checksum") }
        bytes.removeLast(4)
      case .deflate:
        var expanded = [UInt8](repeating: 0, count: byteCount)
        let isWhole = try bytes.withUnsafeBytes { source in
          try expanded.withUnsafeMutableBytes { try decompressor.inflate(source, $0) }
        }
        guard isWhole else { throw FileProblem("has damaged compressed data") }
        bytes = expanded
      case .shuffle:
        bytes = Self.unshuffled(bytes, elementBytes)
      }
    }
    guard bytes.count == byteCount else {
      throw FileProblem("has \(bytes.count) bytes where \(byteCount) should be")
    }
    return bytes
  }

  /// All first bytes of the elements come first, then all second ones.
  private static func unshuffled(_ bytes: [UInt8], _ width: Int) -> [UInt8] {
    let count = bytes.count / width
    var result = bytes
    for element in 0..<count {
      for byte in 0..<width { result[element * width + byte] = bytes[byte * count + element] }
    }
    return result
  }
}
