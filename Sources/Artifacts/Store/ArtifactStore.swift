// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A folder of bytes named by their digest: `ab/cdef…` holds the object `abcdef…`.
///
/// An object is written under a temporary name in `tmp/`, synced, renamed, and the folder synced:
/// whoever sees the name sees all the bytes, also after the power failed. A store that leaves the
/// syncing to `synchronize()` promises the last for what was put before that call. Objects are
/// read-only files. Any number of processes may put the same bytes at the same time. What is read is hashed
/// again first.
public struct ArtifactStore: Sendable {
  /// The folder that holds the objects.
  public let directory: URL
  /// What was put and not yet synced; nil when each object is, before it has its name.
  let unsynced: UnsyncedObjects?

  /// A store in a folder, which is made when it is not there.
  ///
  /// - Parameters:
  ///   - directory: the folder.
  ///   - syncsEachObject: false leaves the wait for the disk to `synchronize()`, one for all.
  /// - Throws: `ArtifactError.Code.unwritable`.
  public init(directory: URL, syncsEachObject: Bool = true) throws {
    self.directory = directory
    unsynced = syncsEachObject ? nil : UnsyncedObjects()
    try Self.makeDirectory(directory)
  }

  /// Waits until all objects that were put by this value are on the disk.
  ///
  /// - Throws: `ArtifactError` for one that can't be synced; then all still wait for the next call.
  public func synchronize() throws { try unsynced?.synchronize(in: directory) }

  /// Whether the object is there; its bytes are not looked at.
  public func contains(_ digest: Fingerprint) -> Bool {
    access(path(of: digest), F_OK) == 0
  }

  /// Whether a file of the object's size is there; its bytes are not looked at. A shorter or longer
  /// one is damaged, perhaps by a power cut, and is written again when its bytes are put.
  public func containsWhole(_ artifact: Artifact) -> Bool {
    var status = stat()
    return lstat(path(of: artifact.digest), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && Int(status.st_size) == artifact.byteCount
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
