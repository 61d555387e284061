// SPDX-License-Identifier: Apache-2.0
public import Foundation

extension ArtifactStore {
  /// The digests of all objects, sorted; what else lies in the folder is passed over.
  ///
  /// - Throws: `ArtifactError.Code.unreadable`. Complexity: one folder listing per first byte.
  public func digests() throws -> [Fingerprint] {
    try Self.names(in: directory.path).filter { $0.utf8.count == 2 }.flatMap { prefix in
      try Self.names(in: "\(directory.path)/\(prefix)").compactMap {
        Fingerprint(hex: prefix + $0)
      }
    }
    .sorted()
  }

  /// All files under temporary names, those of puts that are under way among them, sorted.
  ///
  /// - Throws: `ArtifactError.Code.unreadable`.
  public func temporaryFiles() throws -> [URL] {
    try Self.names(in: temporaryDirectory.path).sorted().map {
      temporaryDirectory.appendingPathComponent($0, isDirectory: false)
    }
  }

  /// The temporary files whose process is gone: nobody will ever rename them, and they can be
  /// removed at any time.
  ///
  /// - Throws: `ArtifactError.Code.unreadable`.
  public func abandonedTemporaryFiles() throws -> [URL] {
    try temporaryFiles().filter { !TemporaryName.isInUse($0.lastPathComponent) }
  }

  var temporaryDirectory: URL { directory.appendingPathComponent("tmp", isDirectory: true) }

  /// Names in a folder; none when there is no such folder.
  private static func names(in folder: String) throws -> [String] {
    guard access(folder, F_OK) == 0 else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw ArtifactError(
        .unreadable,
        "the folder \(folder) cannot be listed (\(error.localizedDescription)); "
          + "check its permissions")
    }
  }
}
