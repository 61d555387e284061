// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// Reference data that lie beside a checkout, not in it.
enum SharedData {
  static let comment: Comment = "no reference data: set REPRISE_SHARED or put them at ../shared"

  /// In CI the data must be there, so the tests run, and fail if not.
  static var isExpected: Bool {
    ProcessInfo.processInfo.environment["CI"] != nil
      || FileManager.default.fileExists(atPath: folder.path)
  }

  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["REPRISE_SHARED"] {
      return URL(filePath: path)
    }
    var root = URL(filePath: #filePath)
    while root.lastPathComponent != "Tests", root.path != "/" { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
  }()

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "data").appending(path: path)))
  }

  /// A JSON object; Python's NaN and Infinity become null.
  static func object(_ path: String) throws -> [String: Any] {
    let text = String(decoding: try bytes(path), as: UTF8.self)
      .replacingOccurrences(of: "NaN", with: "null")
      .replacingOccurrences(of: "Infinity", with: "null")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return object ?? [:]
  }

  static func workspace(_ file: String) throws -> Workspace {
    try Workspace(json: try bytes("workspaces/" + file), source: file)
  }
}
