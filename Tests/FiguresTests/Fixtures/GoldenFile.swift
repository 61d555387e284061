// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What a person sees, kept in a file and compared byte for byte.
///
/// With REPRISE_RECORD set, or when the file is missing, it is written and the test fails: nobody
/// records by accident.
enum GoldenFile {
  static func compare(_ text: String, _ name: String) throws {
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name)")
    let isRecording = ProcessInfo.processInfo.environment["REPRISE_RECORD"] != nil
    guard !isRecording, let known = FileManager.default.contents(atPath: file.path) else {
      try Data(text.utf8).write(to: file)
      Issue.record("\(name) was recorded; look at it and run the test again")
      return
    }
    let golden = String(decoding: known, as: UTF8.self)
    #expect(text == golden, "\(name) differs: \(difference(golden, text))")
  }

  /// The first line that differs.
  private static func difference(_ golden: String, _ text: String) -> String {
    let old = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
      return "line \(number + 1): '\(pair.0)' became '\(pair.1)'"
    }
    return "\(old.count) lines became \(new.count)"
  }
}
