// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

/// What is done with the files of a signal that was found to be right.
struct FileIntake: Sendable {
  /// An artifact of a file, and its media type.
  let file: @Sendable (URL, String) throws -> Artifact
  /// An artifact of bytes that were read already, and their media type.
  let bytes: @Sendable (Data, String) throws -> Artifact

  /// Files go into the store.
  static func storing(in store: ArtifactStore) -> FileIntake {
    FileIntake(
      file: { try store.put(contentsOf: $0, mediaType: $1) },
      bytes: { try store.put($0, mediaType: $1) })
  }

  /// Files are hashed where they lie.
  static let describing = FileIntake(
    file: { try Artifact(describing: $0, mediaType: $1) },
    bytes: { Artifact(digest: Fingerprint(of: $0), byteCount: $0.count, mediaType: $1) })

  /// The artifact of a path in a folder.
  func artifact(_ path: String, in directory: URL) throws -> Artifact {
    try file(directory.appendingPathComponent(path), MediaType.ofFile(named: path))
  }
}
