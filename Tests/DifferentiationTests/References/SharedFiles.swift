// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Files of `shared/data/differentiable`, beside the checkout or where REPRISE_SHARED says.
enum SharedFiles {
  private static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["REPRISE_SHARED"] {
      return URL(fileURLWithPath: path).appendingPathComponent("data/differentiable")
    }
    var root = URL(fileURLWithPath: #filePath)
    while root.path != "/", root.lastPathComponent != "Tests" { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/data/differentiable")
  }()

  /// In CI the files have to be there: a test that can't read them fails.
  static let areAvailable =
    ProcessInfo.processInfo.environment["CI"] != nil
    || FileManager.default.fileExists(atPath: folder.path)

  /// Rows of a comma-separated file without its first line.
  static func rows(of name: String) throws -> [[Substring]] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
  }
}
