// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A folder of bytes named by their digest: `ab/cdef…` holds the object `abcdef…`.
///
/// An object is written under a temporary name in `tmp/`, synced, renamed, and the folder synced:
/// whoever sees the name sees all the bytes, also after the power failed. Objects are read-only
/// files. Any number of processes may put the same bytes at the same time. What is read is hashed
/// again first.
public struct ArtifactStore: Sendable {
  /// The folder that holds the objects.
  public let directory: URL

  /// A store in a folder, which is made when it is not there.
  ///
  /// - Throws: `ArtifactError.Code.unwritable`.
  public init(directory: URL) throws {
    self.directory = directory
    try Self.makeDirectory(directory)
  }

  /// Whether the object is there; its bytes are not looked at.
  public func contains(_ digest: Fingerprint) -> Bool {
    access(path(of: digest), F_OK) == 0
  }

  /// The bytes of an object, hashed before they are returned.
  ///
  /// - Throws: `ArtifactError` with code `missing`, `corrupted` or `unreadable`.
  public func data(for artifact: Artifact) throws -> Data {
    // Nothing is reserved: the number of bytes is somebody's word until the file was looked at.
    var bytes = Data()
    try verify(artifact) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// The file of an object after its bytes were hashed, for readers that map or stream.
  ///
  /// - Throws: `ArtifactError` with code `missing`, `corrupted` or `unreadable`.
  public func verifiedFile(for artifact: Artifact) throws -> URL {
    try verify(artifact) { _ in }
    return URL(fileURLWithPath: path(of: artifact.digest), isDirectory: false)
  }

  /// The file name of an object, whether it is there or not.
  func path(of digest: Fingerprint) -> String {
    "\(folder(of: digest))/\(digest.hex.dropFirst(2))"
  }

  /// The folder an object lies in.
  func folder(of digest: Fingerprint) -> String { "\(directory.path)/\(digest.hex.prefix(2))" }

  private func verify(_ artifact: Artifact, eachChunk body: (UnsafeRawBufferPointer) -> Void) throws
  {
    let path = path(of: artifact.digest)
    guard contains(artifact.digest) else {
      throw ArtifactError(
        .missing, "object \(artifact.digest.short): there is no \(path); \(Self.cure)")
    }
    let file = try FileDescriptor(reading: path)
    let size = try file.size() ?? 0
    // A wrong size is told before anything is read: memory is bounded by what was asked for.
    guard size == artifact.byteCount,
      try file.digest(eachChunk: body).fingerprint == artifact.digest
    else {
      throw ArtifactError(
        .corrupted,
        "object \(artifact.digest.short): the \(size) bytes in \(path) are not the "
          + "\(artifact.byteCount) bytes that were stored; remove that file and \(Self.cure)")
    }
  }

  private static let cure =
    "make the object again (run the step, register the analysis or bring the signal once more)"

  static func makeDirectory(_ directory: URL) throws {
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw ArtifactError(
        .unwritable,
        "the folder \(directory.path) cannot be made (\(error.localizedDescription)); "
          + "choose one you may write")
    }
  }
}
