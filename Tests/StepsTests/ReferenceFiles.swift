// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Files of the repository and the reference data that lie beside it.
enum ReferenceFiles {
  static let absence: Comment =
    "the shared data folder isn't beside the checkout (REPRISE_SHARED names it)"

  /// Present, or demanded because this is CI.
  static var areExpected: Bool {
    ProcessInfo.processInfo.environment["CI"] != nil
      || FileManager.default.fileExists(atPath: shared.path)
  }

  /// The package's root: the parent of `Tests`.
  static let root: URL = {
    var root = URL(filePath: #filePath).deletingLastPathComponent()
    while root.lastPathComponent != "Tests", root.path != "/" { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent()
  }()

  static let shared: URL = {
    if let path = ProcessInfo.processInfo.environment["REPRISE_SHARED"] {
      return URL(filePath: path)
    }
    return root.appending(path: "../shared").standardizedFileURL
  }()

  static func workflow(_ name: String) -> URL { root.appending(path: "workflows/\(name)") }

  static func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

  static func json<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    try JSONDecoder().decode(type, from: try Data(contentsOf: shared.appending(path: path)))
  }
}
