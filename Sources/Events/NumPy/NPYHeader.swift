// SPDX-License-Identifier: Apache-2.0

/// The head of an array in NumPy's format (NEP 1; versions 1 to 3).
struct NPYHeader {
  /// The numbers, or the type as NumPy writes it if they are none we know.
  let number: StoredNumber?
  let typeName: String
  let isLittleEndian: Bool
  let shape: [Int]
  let isFortranOrder: Bool

  /// Reads the head of a member; what follows it are the array's numbers.
  init(_ stream: ZipStream) throws {
    var bytes: [UInt8] = []
    try stream.read(10, into: &bytes)
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), (1...3).contains(bytes[6]) else {
      throw FileProblem("isn't an array in NumPy's format")
    }
    var length = Int(bytes[8]) | Int(bytes[9]) << 8
    if bytes[6] > 1 {
      try stream.read(2, into: &bytes)
      length |= Int(bytes[0]) << 16 | Int(bytes[1]) << 24
    }
    guard length <= 1 << 20 else { throw FileProblem("has a head of \(length) bytes") }
    try stream.read(length, into: &bytes)
    let text = String(decoding: bytes[..<length], as: UTF8.self)
    guard let order = text.firstMatch(of: #/'fortran_order'\s*:\s*(True|False)/#),
      let shape = text.firstMatch(of: #/'shape'\s*:\s*\(([0-9, L]*)\)/#)
    else { throw FileProblem("has a head that doesn't tell its shape") }
    isFortranOrder = order.1 == "True"
    self.shape = try shape.1.split(separator: ",").compactMap { part in
      let digits = part.filter(\.isNumber)
      if digits.isEmpty { return nil }
      guard let length = Int(digits), length < 1 << 48 else {
        throw FileProblem("has a shape that can't be, (\(shape.1))")
      }
      return length
    }
    if let type = text.firstMatch(of: #/'descr'\s*:\s*'([<>|=]?)([a-zA-Z?][0-9]*)'/#) {
      typeName = String(type.2)
      isLittleEndian = type.1 != ">"
      number = Self.numbers[typeName]
    } else {
      (typeName, isLittleEndian, number) = ("records", true, nil)
    }
  }

  private static let numbers: [String: StoredNumber] = [
    "b1": .boolean, "i1": .int8, "u1": .uint8, "i2": .int16, "u2": .uint16, "i4": .int32,
    "u4": .uint32, "i8": .int64, "u8": .uint64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]
}
