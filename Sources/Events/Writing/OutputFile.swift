// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that appears under its name when it is whole: it is written beside it and renamed.
final class OutputFile {
  private let path: String
  private let partial: String
  private let file: UnsafeMutablePointer<FILE>
  private var isClosed = false
  /// How many bytes have been written.
  private(set) var position = 0

  init(_ path: String) throws {
    self.path = path
    partial = path + ".partial-\(getpid())"
    guard let file = fopen(partial, "wb") else {
      throw FileProblem("can't be written: \(String(cString: strerror(errno)))")
    }
    self.file = file
  }

  deinit {
    if !isClosed {
      fclose(file)
      unlink(partial)
    }
  }

  func write(_ bytes: [UInt8]) throws {
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Self.problem() }
    position += bytes.count
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Overwrites bytes that have been written, and goes on at the end.
  func put(_ bytes: [UInt8], at offset: Int) throws {
    guard fseek(file, offset, SEEK_SET) == 0, fwrite(bytes, 1, bytes.count, file) == bytes.count,
      fseek(file, 0, SEEK_END) == 0
    else { throw Self.problem() }
  }

  /// Gives the file its name, replacing one that has it.
  func finish() throws {
    isClosed = true
    guard fclose(file) == 0, rename(partial, path) == 0 else {
      let problem = Self.problem()
      unlink(partial)
      throw problem
    }
  }

  private static func problem() -> FileProblem {
    FileProblem("can't be written: \(String(cString: strerror(errno)))")
  }
}
