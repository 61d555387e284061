// SPDX-License-Identifier: Apache-2.0

/// Reads big-endian values one after the other from bytes nobody vouches for.
///
/// Every step is checked against the end, so no damaged length can lead outside.
struct ByteCursor {
  let bytes: [UInt8]
  let end: Int
  private(set) var position: Int

  /// Starts at the first byte; end leaves out what follows it (a reused buffer's rest).
  init(_ bytes: [UInt8], from position: Int = 0, end: Int? = nil) {
    self.bytes = bytes
    self.end = min(end ?? bytes.count, bytes.count)
    self.position = max(0, min(position, self.end))
  }

  var remaining: Int { end - position }

  /// The next integer of a type.
  mutating func next<Integer: FixedWidthInteger>(_: Integer.Type) throws -> Integer {
    let width = Integer.bitWidth / 8
    try require(width)
    let start = position
    position += width
    return bytes.withUnsafeBytes { raw in
      Integer(bigEndian: raw.loadUnaligned(fromByteOffset: start, as: Integer.self))
    }
  }

  /// The next integer of a type, lowest byte first.
  mutating func little<Integer: FixedWidthInteger>(_: Integer.Type) throws -> Integer {
    try next(Integer.self).byteSwapped
  }

  /// The next integer as an Int.
  mutating func int<Integer: FixedWidthInteger>(_: Integer.Type) throws -> Int {
    Int(truncatingIfNeeded: try next(Integer.self))
  }

  /// A count that is followed by at least that many items of a size; more can't be true.
  mutating func count<Integer: FixedWidthInteger>(
    _: Integer.Type, of what: String, itemBytes: Int
  ) throws -> Int {
    let count = try int(Integer.self)
    guard count >= 0, count <= remaining / itemBytes else {
      throw FileProblem("claims \(count) \(what) where \(remaining) bytes are left")
    }
    return count
  }

  mutating func skip(_ count: Int) throws {
    try require(count)
    position += count
  }

  /// Moves on to where an object ends. Never back: no byte is read twice, so that reading a record
  /// takes time in proportion to its length, whatever its objects say of theirs.
  mutating func move(to target: Int) throws {
    guard target >= position, target <= end else {
      throw FileProblem(
        "has an object that should end at byte \(target), read to \(position) of \(end)")
    }
    position = target
  }

  /// A length-prefixed string: one byte, or 255 and four bytes.
  mutating func string() throws -> String {
    var length = try int(UInt8.self)
    if length == 255 { length = try int(Int32.self) }
    try require(length)
    defer { position += length }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }

  /// A text of a known number of bytes.
  mutating func text(_ length: Int) throws -> String {
    try require(length)
    defer { position += length }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }

  /// A zero-terminated string of at most `limit` bytes.
  mutating func terminatedString(limit: Int) throws -> String {
    let window = bytes[position..<position + min(limit, remaining)]
    guard let stop = window.firstIndex(of: 0) else {
      throw FileProblem("has a class name without an end")
    }
    defer { position = stop + 1 }
    return String(decoding: bytes[position..<stop], as: UTF8.self)
  }

  private func require(_ count: Int) throws {
    guard count >= 0, count <= remaining else {
      throw FileProblem("ends at byte \(end) where \(count) more are needed from \(position)")
    }
  }
}
