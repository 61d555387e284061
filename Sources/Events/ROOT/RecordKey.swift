// SPDX-License-Identifier: Apache-2.0

/// The header of a record (TKey): what it holds, how long it is, where it lies.
///
/// Layout: ROOT's "TKey" description of the file format (root.cern/doc, "TFile format").
struct RecordKey {
  /// Length on disk, header included.
  let byteCount: Int
  /// Length of the payload once decompressed.
  let objectLength: Int
  /// Length of this header, with the class's own members where it has any (baskets do).
  let keyLength: Int
  let cycle: Int
  let offset: Int
  let className: String
  let name: String

  /// Beyond any file; offsets below it can be added to without overflow.
  private static let farthest = 1 << 60

  init(_ cursor: inout ByteCursor) throws {
    byteCount = try cursor.int(Int32.self)
    // Versions above 1000 carry 64-bit offsets: the file outgrew 2 GiB.
    let isLarge = try cursor.int(Int16.self) > 1000
    objectLength = try cursor.int(Int32.self)
    try cursor.skip(4)  // date
    keyLength = try cursor.int(Int16.self)
    cycle = try cursor.int(Int16.self)
    offset = try isLarge ? cursor.int(Int64.self) : cursor.int(Int32.self)
    try cursor.skip(isLarge ? 8 : 4)  // parent directory
    className = try cursor.string()
    name = try cursor.string()
    _ = try cursor.string()  // title
    guard byteCount >= 0, objectLength >= 0, keyLength > 0, (0...Self.farthest).contains(offset)
    else {
      throw FileProblem("has a record key with lengths or an offset that can't be")
    }
  }
}
