// SPDX-License-Identifier: Apache-2.0
import Subprocess

/// Reading a program's output to its end while keeping only so much of it.
enum CapturedText {
  /// The first `limit` bytes as text, with a note when there were more. Bytes that are no UTF-8
  /// become U+FFFD.
  static func read(_ sequence: SubprocessOutputSequence, limit: Int) async throws -> String {
    var bytes: [UInt8] = []
    var total = 0
    for try await buffer in sequence {
      buffer.withUnsafeBytes { chunk in
        total += chunk.count
        bytes.append(contentsOf: chunk.prefix(max(0, limit - bytes.count)))
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard total > limit else { return text }
    return text
      + "\n[\(total - bytes.count) of \(total) bytes were dropped: the limit is \(limit)]\n"
  }
}
