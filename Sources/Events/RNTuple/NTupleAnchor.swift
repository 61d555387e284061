// SPDX-License-Identifier: Apache-2.0

/// What a ROOT file holds of an RNTuple in its directory: the version and where the header and the
/// footer lie (specification 1.0, "Anchor schema").
struct NTupleAnchor {
  let header: NTupleLocator
  let headerLength: Int
  let footer: NTupleLocator
  let footerLength: Int

  /// Expanded envelopes above this are no honest description of columns.
  private static let largest = 1 << 30

  /// Reads the object of a key: its length and version, the anchor's fields, a checksum.
  init(_ bytes: [UInt8]) throws {
    var cursor = ByteCursor(bytes)
    try cursor.skip(6)
    let epoch = try cursor.int(UInt16.self)
    guard epoch == 1 else {
      throw FileProblem(
        "is an RNTuple of version \(epoch), from before the format was final; write it anew")
    }
    try cursor.skip(6)
    var numbers: [Int] = []
    for _ in 0..<6 {
      let value = try cursor.next(UInt64.self)
      guard value < 1 << 60 else { throw FileProblem("has an anchor with offsets that can't be") }
      numbers.append(Int(value))
    }
    header = NTupleLocator(offset: numbers[0], byteCount: numbers[1])
    headerLength = numbers[2]
    footer = NTupleLocator(offset: numbers[3], byteCount: numbers[4])
    footerLength = numbers[5]
    guard max(headerLength, footerLength) <= Self.largest else {
      throw FileProblem("claims a header of \(headerLength) and a footer of \(footerLength) bytes")
    }
  }
}
