// SPDX-License-Identifier: Apache-2.0

/// How a text lies in its entry.
enum TextLayout {
  /// Behind its length: a byte, or 255 and four bytes (char*, std::string and TString alike).
  case counted

  /// The text of an entry; bytes that aren't UTF-8 are replaced.
  func text(_ entry: UnsafeRawBufferPointer) throws -> String {
    guard let first = entry.first else { throw FileProblem("has a text without a length") }
    var (start, length) = (1, Int(first))
    if first == 255 {
      guard entry.count >= 5 else { throw FileProblem("has a text without a length") }
      length = Int(Int32(bigEndian: entry.loadUnaligned(fromByteOffset: 1, as: Int32.self)))
      start = 5
    }
    guard length == entry.count - start else {
      throw FileProblem("has a text of \(length) bytes in an entry of \(entry.count)")
    }
    return String(decoding: entry[start...], as: UTF8.self)
  }
}
