// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// A workspace on disk.
struct WorkspaceFile: Sendable {
  let path: String

  var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

  func workspace() throws -> Workspace {
    try Workspace(json: bytes(), source: path)
  }

  /// Read at once and not copied.
  private func bytes() throws -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: path])
    }
    defer { fclose(file) }
    var status = stat()
    fstat(fileno(file), &status)
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
  }

  func model() throws -> Model { try Model(workspace()) }

  /// All JSON files of a folder, by name.
  static func all(in folder: String) throws -> [WorkspaceFile] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }.sorted().map { WorkspaceFile(path: folder + "/" + $0) }
  }
}
