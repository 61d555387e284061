// SPDX-License-Identifier: Apache-2.0

/// The first bytes of a ROOT file (TFile): where its records begin and its root directory lies.
struct FileHeader {
  /// Offset of the first record.
  let begin: Int
  /// Offset of the root directory's own record.
  let rootDirectory: Int

  init(_ file: RandomAccessFile) throws {
    guard file.size > 0 else { throw FileProblem("is empty") }
    var cursor = ByteCursor(try file.read(at: 0, count: min(file.size, 100)))
    guard cursor.remaining >= 64, cursor.bytes.starts(with: "root".utf8) else {
      throw FileProblem("isn't a ROOT file (it doesn't begin with 'root')")
    }
    try cursor.skip(4)
    // Versions above a million have 64-bit offsets: the file may be longer than 2 GiB.
    let isLarge = try cursor.int(Int32.self) >= 1_000_000
    begin = try cursor.int(Int32.self)
    let end = try isLarge ? cursor.int(Int64.self) : cursor.int(Int32.self)
    try cursor.skip(isLarge ? 16 : 12)  // list of free segments: offset, length, number
    let nameLength = try cursor.int(Int32.self)
    guard end <= file.size else {
      throw FileProblem("is truncated: it says it is \(end) bytes long and has \(file.size)")
    }
    guard begin >= 44, begin < end, nameLength > 0, nameLength < end - begin else {
      throw FileProblem("has a damaged header")
    }
    rootDirectory = begin + nameLength
  }
}
