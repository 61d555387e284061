// SPDX-License-Identifier: Apache-2.0

/// The type of a dataset's elements (specification IV.A.2.d).
struct HDF5Type {
  /// The numbers; nil for something else.
  let number: StoredNumber?
  let isLittleEndian: Bool
  /// What the elements are, for messages.
  let name: String

  init(_ body: ByteCursor) throws {
    var cursor = body
    let first = try cursor.next(UInt8.self)
    let version = first >> 4
    let bits = try cursor.next(UInt8.self)
    let moreBits = try cursor.next(UInt8.self)
    try cursor.skip(1)
    let size = Int(try cursor.little(UInt32.self))
    isLittleEndian = bits & 1 == 0
    switch first & 15 {
    case 0:
      number = Self.integer(size: size, isSigned: bits & 8 != 0)
      name = "integers of \(size) bytes"
    case 1:
      try cursor.skip(4)
      let shape = [
        try cursor.int(UInt8.self), try cursor.int(UInt8.self), try cursor.int(UInt8.self),
        try cursor.int(UInt8.self),
      ]
      number = bits & 0x40 == 0 ? Self.reals[[size] + shape] : nil
      name = "floating-point numbers of \(size) bytes"
    case 3: (number, name) = (nil, "texts")
    case 6: (number, name) = (nil, "records")
    case 8:
      let base = try HDF5Type(ByteCursor(cursor.bytes, from: cursor.position))
      let isTruth =
        Int(bits) | Int(moreBits) << 8 == 2 && base.number == .int8
        && Self.names(&cursor, version: version) == ["FALSE", "TRUE"]
      number = isTruth ? .boolean : base.number
      name = "an enumeration"
    case 9: (number, name) = (nil, "lists of any length")
    default: (number, name) = (nil, "type class \(first & 15) of HDF5")
    }
  }

  private static func integer(size: Int, isSigned: Bool) -> StoredNumber? {
    switch size {
    case 1: isSigned ? .int8 : .uint8
    case 2: isSigned ? .int16 : .uint16
    case 4: isSigned ? .int32 : .uint32
    case 8: isSigned ? .int64 : .uint64
    default: nil
    }
  }

  /// IEEE 754 by size, and place and size of exponent and mantissa.
  private static let reals: [[Int]: StoredNumber] = [
    [2, 10, 5, 0, 10]: .float16, [4, 23, 8, 0, 23]: .float32, [8, 52, 11, 0, 52]: .float64,
  ]

  /// The two names of an enumeration of a byte, behind its base type; before version 3 they are
  /// padded to eight bytes. Unreadable names are none.
  private static func names(_ cursor: inout ByteCursor, version: UInt8) -> [String] {
    var names: [String] = []
    do {
      try cursor.skip(12)  // the base type: an integer's head, offset and precision
      for _ in 0..<2 {
        let start = cursor.position
        names.append(try cursor.terminatedString(limit: 64))
        if version < 3 { try cursor.move(to: start + (cursor.position - start + 7) / 8 * 8) }
      }
    } catch {
      return []  // names only tell truth values from numbers
    }
    return names
  }
}
