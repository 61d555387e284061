// SPDX-License-Identifier: Apache-2.0

/// What stands before the numbers of a std::vector in a branch of its own: the length in bytes with
/// a flag, a version, and the number of elements.
enum VectorHeader {
  private static let byteCount = 10
  private static let lengthFlag: UInt32 = 0x4000_0000

  /// The numbers of an entry; one whose header doesn't say what its length says is refused.
  static func elements(_ entry: UnsafeRawBufferPointer, itemBytes: Int) throws
    -> UnsafeRawBufferPointer
  {
    guard entry.count >= byteCount else {
      throw FileProblem("has a vector of \(entry.count) bytes, header included")
    }
    let length = UInt32(bigEndian: entry.loadUnaligned(as: UInt32.self))
    let count = Int(Int32(bigEndian: entry.loadUnaligned(fromByteOffset: 6, as: Int32.self)))
    guard length == lengthFlag | UInt32(truncatingIfNeeded: entry.count - 4),
      count >= 0, count * itemBytes == entry.count - byteCount
    else {
      throw FileProblem("has a vector whose length isn't that of its entry")
    }
    return UnsafeRawBufferPointer(rebasing: entry[byteCount...])
  }
}
