// SPDX-License-Identifier: Apache-2.0

/// Where bytes lie in the file, and how many (a locator of the RNTuple binary format 1.0).
struct NTupleLocator {
  let offset: Int
  let byteCount: Int
}

/// Reads the envelopes of an RNTuple (binary format specification 1.0, "Envelopes"): little-endian
/// numbers, strings, and frames that carry their length.
struct NTupleCursor {
  private(set) var cursor: ByteCursor

  /// The kinds of envelopes.
  enum Kind: Int {
    case header = 1
    case footer = 2
    case pageList = 3
  }

  /// Brings an envelope into memory and reads its first and last eight bytes.
  init(
    _ kind: Kind, _ locator: NTupleLocator, length: Int, in file: RandomAccessFile,
    _ decompressor: Decompressor
  ) throws {
    let record = try file.read(at: locator.offset, count: locator.byteCount)
    var bytes = record
    if length != locator.byteCount {
      try decompressor.expand(record, 0..<record.count, expandedLength: length, into: &bytes)
    }
    guard length >= 16 else { throw FileProblem("has an envelope of \(length) bytes") }
    cursor = ByteCursor(bytes, end: length - 8)  // what follows is its checksum
    let head = try cursor.little(UInt64.self)
    guard head & 0xFFFF == UInt64(kind.rawValue), head >> 16 == UInt64(length) else {
      throw FileProblem("has no \(kind) at byte \(locator.offset)")
    }
  }

  mutating func next<Integer: FixedWidthInteger>(_: Integer.Type) throws -> Integer {
    try cursor.little(Integer.self)
  }

  mutating func int<Integer: FixedWidthInteger>(_: Integer.Type) throws -> Int {
    Int(truncatingIfNeeded: try cursor.little(Integer.self))
  }

  /// A 64-bit number that no file exceeds.
  mutating func offset() throws -> Int {
    let value = try cursor.little(UInt64.self)
    guard value < 1 << 60 else { throw FileProblem("has an offset that can't be, \(value)") }
    return Int(value)
  }

  mutating func string() throws -> String { try cursor.text(int(UInt32.self)) }

  mutating func move(to end: Int) throws { try cursor.move(to: end) }

  var remaining: Int { cursor.remaining }

  /// Flags of features that this version would have to know: there are none yet.
  mutating func features() throws {
    guard try cursor.little(UInt64.self) == 0 else {
      throw FileProblem("uses a feature of RNTuple that this version doesn't know")
    }
  }

  /// A record frame.
  /// - Returns: where it ends.
  mutating func record() throws -> Int {
    let start = cursor.position
    let size = Int(try cursor.little(Int64.self))
    return try end(of: size, from: start)
  }

  /// A list frame.
  /// - Returns: the number of its items and where it ends.
  mutating func list() throws -> (count: Int, end: Int) {
    let start = cursor.position
    let size = try cursor.little(Int64.self)
    guard size < 0, size != Int64.min else {
      throw FileProblem("has a record where a list should be")
    }
    let count = try int(UInt32.self)
    let end = try end(of: -Int(size), from: start)
    guard count <= end - cursor.position + 1 else {
      throw FileProblem("has a list that claims \(count) items")
    }
    return (count, end)
  }

  private func end(of size: Int, from start: Int) throws -> Int {
    guard size >= cursor.position - start, size <= cursor.end - start else {
      throw FileProblem("has a frame of \(size) bytes where \(cursor.end - start) are left")
    }
    return start + size
  }

  mutating func locator() throws -> NTupleLocator {
    let size = try int(Int32.self)
    if size >= 0 { return NTupleLocator(offset: try offset(), byteCount: size) }
    // The last byte is the kind, with the sign; 1 has both numbers in 64 bits.
    guard size >> 24 & 0x7F == 1 else {
      throw FileProblem("has data in another place than the file")
    }
    let byteCount = try offset()
    return NTupleLocator(offset: try offset(), byteCount: byteCount)
  }
}
