// SPDX-License-Identifier: Apache-2.0
public import Foundation

extension ArtifactStore {
  /// Stores bytes; does nothing when the object is there with its full size.
  ///
  /// - Throws: `ArtifactError.Code.unwritable`.
  public func put(_ bytes: Data, mediaType: String) throws -> Artifact {
    let artifact = Artifact(
      digest: Fingerprint(of: bytes), byteCount: bytes.count, mediaType: mediaType)
    if containsWhole(artifact) { return artifact }
    try writing(artifact) { file in
      try bytes.withUnsafeBytes { try file.write($0) }
    }
    return artifact
  }

  /// Stores a regular file, in pieces of a megabyte: its size does not matter to memory.
  ///
  /// The file is hashed first, so that one that is there already is not written again.
  ///
  /// - Throws: `ArtifactError` with code `unreadable` (also when the file changes meanwhile) or
  ///   `unwritable`.
  public func put(contentsOf file: URL, mediaType: String) throws -> Artifact {
    let artifact = try Artifact(describing: file, mediaType: mediaType)
    if containsWhole(artifact) { return artifact }
    try writing(artifact) { copy in
      let copied = try FileDescriptor(reading: file.path).digest { try copy.write($0) }
      guard copied.fingerprint == artifact.digest else {
        throw ArtifactError(
          .unreadable,
          "\(file.path) changed while it was stored; try again when nothing writes to it")
      }
    }
    return artifact
  }

  /// Lets `body` write a temporary file and renames it to the object's name; nothing stays behind
  /// when it throws.
  private func writing(_ artifact: Artifact, body: (FileDescriptor) throws -> Void) throws {
    try Self.makeDirectory(temporaryDirectory)
    let temporary = "\(temporaryDirectory.path)/\(TemporaryName.make())"
    defer { unlink(temporary) }
    let file = try FileDescriptor(creating: temporary)
    try body(file)
    if unsynced == nil { try file.synchronize() }
    let folder = folder(of: artifact.digest)
    if mkdir(folder, 0o777) == 0 {
      if unsynced == nil { try FileDescriptor.synchronizeDirectory(directory.path) }
    } else if errno != EEXIST {
      throw ArtifactError.lastSystemCall(.unwritable, folder)
    }
    let object = path(of: artifact.digest)
    if rename(temporary, object) != 0 { throw ArtifactError.lastSystemCall(.unwritable, object) }
    if let unsynced {
      unsynced.add(object)
    } else {
      try FileDescriptor.synchronizeDirectory(folder)
    }
  }
}
