// SPDX-License-Identifier: Apache-2.0

/// What stands before the numbers of a std::vector in a branch of its own: the length in bytes with
/// a flag, a version, and the number of elements.
enum VectorHeader {
  static let byteCount = 10

  /// Refuses an entry whose header doesn't say what its offsets say.
  static func check(_ entry: UnsafeRawBufferPointer, itemBytes: Int) throws {
    let length = UInt32(bigEndian: entry.loadUnaligned(as: UInt32.self))
    let count = Int(Int32(bigEndian: entry.loadUnaligned(fromByteOffset: 6, as: Int32.self)))
    guard length == 0x4000_0000 | UInt32(entry.count - 4),
      count == (entry.count - byteCount) / itemBytes
    else {
      throw ROOTProblem("has a vector whose length isn't that of its entry")
    }
  }
}
