// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// An open file that closes itself. Short reads, short writes and interruptions are dealt with
/// here, and a failed system call becomes an `ArtifactError` that names the file.
final class FileDescriptor {
  private let number: Int32
  private let path: String

  private init(_ path: String, flags: Int32, mode: mode_t = 0, failure: ArtifactError.Code) throws {
    self.path = path
    number = open(path, flags | O_CLOEXEC, mode)
    if number < 0 { throw ArtifactError.lastSystemCall(failure, path) }
  }

  deinit { close(number) }

  /// A regular file to read.
  ///
  /// - Throws: `ArtifactError.Code.unreadable`, also for a folder, a pipe or a device.
  convenience init(reading path: String) throws {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write.
    try self.init(path, flags: O_RDONLY | O_NONBLOCK, failure: .unreadable)
    guard try size() != nil else {
      throw ArtifactError(.unreadable, "\(path) is not a regular file; only files can be stored")
    }
  }

  /// A new read-only file, writable through this descriptor alone.
  convenience init(creating path: String) throws {
    try self.init(path, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o444, failure: .unwritable)
  }

  /// Waits until the names in a folder are on the disk.
  static func synchronizeDirectory(_ path: String) throws {
    let flags = O_RDONLY | O_DIRECTORY
    try FileDescriptor(path, flags: flags, failure: .unwritable).synchronize()
  }

  /// Number of bytes of a regular file; nil for anything else.
  func size() throws -> Int? {
    var status = stat()
    if fstat(number, &status) != 0 { throw ArtifactError.lastSystemCall(.unreadable, path) }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  func write(_ buffer: UnsafeRawBufferPointer) throws {
    var rest = buffer
    while !rest.isEmpty {
      let count = Foundation.write(number, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno != EINTR {
        throw ArtifactError.lastSystemCall(.unwritable, path)
      }
    }
  }

  /// Waits until the bytes are on the disk.
  func synchronize() throws {
    while fsync(number) != 0 {
      if errno != EINTR { throw ArtifactError.lastSystemCall(.unwritable, path) }
    }
  }

  /// Hands every chunk to `body`, in order, and returns the digest of all of them.
  func digest(
    eachChunk body: (UnsafeRawBufferPointer) throws -> Void = { _ in }
  ) throws -> (fingerprint: Fingerprint, byteCount: Int) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    var hash = SHA256()
    var byteCount = 0
    while true {
      let count = Foundation.read(number, buffer.baseAddress, buffer.count)
      if count == 0 { return (Fingerprint(hash.finalize()), byteCount) }
      if count > 0 {
        let chunk = UnsafeRawBufferPointer(rebasing: buffer.prefix(count))
        hash.update(bufferPointer: chunk)
        byteCount += count
        try body(chunk)
      } else if errno != EINTR {
        throw ArtifactError.lastSystemCall(.unreadable, path)
      }
    }
  }
}

extension ArtifactError {
  /// The sentence for the system call that just failed on a path.
  static func lastSystemCall(_ code: Code, _ path: String) -> ArtifactError {
    let reason = String(cString: strerror(errno))
    return code == .unwritable
      ? ArtifactError(
        code, "\(path) cannot be written (\(reason)); check the permissions and the space left")
      : ArtifactError(
        code, "\(path) cannot be read (\(reason)); check that it is there and may be read")
  }
}
