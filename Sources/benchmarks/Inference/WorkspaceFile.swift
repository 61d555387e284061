// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// A workspace on disk.
struct WorkspaceFile: Sendable {
  let path: String

  var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

  func workspace() throws -> Workspace {
    try Workspace(json: [UInt8](try Data(contentsOf: URL(filePath: path))), source: path)
  }

  func model() throws -> Model { try Model(workspace()) }

  /// All JSON files of a folder, by name.
  static func all(in folder: String) throws -> [WorkspaceFile] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }.sorted().map { WorkspaceFile(path: folder + "/" + $0) }
  }
}
