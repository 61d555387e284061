// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Bytes in an `ArtifactStore`: what they are called, how many there are, what they mean.
public struct Artifact: Hashable, Sendable, Codable {
  /// SHA-256 of the bytes; the name of the object.
  public let digest: Fingerprint
  /// Number of bytes.
  public let byteCount: Int
  /// Media type as in `application/json`; it says how to read the bytes and is no part of the name.
  public let mediaType: String

  /// An artifact whose bytes are elsewhere; `ArtifactStore.put` makes one together with its bytes.
  public init(digest: Fingerprint, byteCount: Int, mediaType: String) {
    self.digest = digest
    self.byteCount = byteCount
    self.mediaType = mediaType
  }

  /// What a file would be in a store; it is hashed in pieces of a megabyte and stored nowhere.
  ///
  /// - Throws: `ArtifactError.Code.unreadable`, also for what is not a regular file.
  public init(describing file: URL, mediaType: String) throws {
    let (digest, byteCount) = try FileDescriptor(reading: file.path).digest()
    self.init(digest: digest, byteCount: byteCount, mediaType: mediaType)
  }
}
