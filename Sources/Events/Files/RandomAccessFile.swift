// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file read at any offset.
///
/// pread, not a memory map: a file that another process shortens gives an error, not a signal.
final class RandomAccessFile {
  let path: String
  let size: Int
  private let descriptor: Int32

  init(_ path: String) throws {
    let descriptor = try Self.descriptor(of: path)
    var status = stat()
    fstat(descriptor, &status)
    self.path = path
    self.size = Int(status.st_size)
    self.descriptor = descriptor
  }

  /// Opens a file of bytes to be read; closing it is the caller's.
  static func descriptor(of path: String) throws -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw FileProblem("can't be opened: \(String(cString: strerror(errno)))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileProblem("isn't a file of bytes (a folder, a pipe or a device)")
    }
    return descriptor
  }

  deinit { close(descriptor) }

  /// The bytes of a record; a record that isn't wholly inside the file is refused unread.
  func read(at offset: Int, count: Int) throws -> [UInt8] {
    var buffer: [UInt8] = []
    try read(at: offset, count: count, into: &buffer)
    return buffer
  }

  /// Fills the first `count` bytes of a buffer, which grows if it must and never shrinks.
  func read(at offset: Int, count: Int, into buffer: inout [UInt8]) throws {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
      throw FileProblem("names \(count) bytes at \(offset), outside the file of \(size) bytes")
    }
    buffer.grow(to: count)
    var done = 0
    while done < count {
      let got = buffer.withUnsafeMutableBytes { raw in
        pread(descriptor, raw.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        throw FileProblem(
          "can't be read at byte \(offset + done): "
            + (got == 0 ? "it was shortened" : String(cString: strerror(errno))))
      }
      done += got
    }
  }
}

extension [UInt8] {
  /// Makes the array at least `count` long.
  mutating func grow(to count: Int) {
    if self.count < count { self = [UInt8](repeating: 0, count: count) }
  }
}
