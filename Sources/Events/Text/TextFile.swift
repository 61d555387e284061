// SPDX-License-Identifier: Apache-2.0
import CCompression

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A text file read line by line from front to back, gzipped or plain.
///
/// Which of the two it is the first two bytes say: gzip's can't begin a text. Memory is one buffer,
/// whatever the file's size and however far it expands.
final class TextFile {
  /// A longer line is no line of any format that is read here.
  static let longestLine = 16 << 20
  private static let chunk = 1 << 18

  /// 1-based number of the line that was read last.
  private(set) var lineNumber = 0
  private let file: gzFile
  /// One byte is kept free behind what is held: it ends the last number.
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
  private var unread = 0..<0
  private var isAtEnd = false

  /// Opens a file.
  /// - Throws: FileProblem when there is no such file of bytes.
  init(_ path: String) throws {
    let descriptor = try RandomAccessFile.descriptor(of: path)
    guard let file = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw FileProblem("can't be read: zlib didn't start")
    }
    gzbuffer(file, UInt32(Self.chunk))
    self.file = file
  }

  deinit {
    gzclose_r(file)
    buffer.deallocate()
  }

  /// The next line without its end; nil behind the last one. The bytes are there until the next
  /// call.
  func next() throws -> UnsafeRawBufferPointer? {
    var searched = 0
    while true {
      if let length = lengthOfLine(after: searched) {
        let start = unread.lowerBound
        unread = start + length + 1..<unread.upperBound
        return line(start, length)
      }
      searched = unread.count
      if isAtEnd {
        guard !unread.isEmpty else { return nil }
        let line = line(unread.lowerBound, unread.count)
        unread = 0..<0
        return line
      }
      try fill()
    }
  }

  /// What is wrong in the line that was read last.
  func problem(_ predicate: String) -> FileProblem {
    FileProblem("line \(lineNumber)", predicate)
  }

  private func lengthOfLine(after searched: Int) -> Int? {
    let rest = unread.dropFirst(searched)
    guard let base = buffer.baseAddress, !rest.isEmpty,
      let found = memchr(base + rest.lowerBound, Int32(UInt8(ascii: "\n")), rest.count)
    else { return nil }
    return base.distance(to: UnsafeMutableRawPointer(found)) - unread.lowerBound
  }

  private func line(_ start: Int, _ length: Int) -> UnsafeRawBufferPointer {
    lineNumber += 1
    let hasReturn = length > 0 && buffer[start + length - 1] == UInt8(ascii: "\r")
    let end = start + length - (hasReturn ? 1 : 0)
    return UnsafeRawBufferPointer(rebasing: buffer[start..<end])
  }

  /// Moves what is unread to the front and reads on behind it.
  private func fill() throws {
    guard unread.count <= Self.longestLine else {
      lineNumber += 1
      throw problem("is longer than \(Self.longestLine >> 20) MiB; this isn't text")
    }
    if let base = buffer.baseAddress, unread.lowerBound > 0 {
      memmove(base, base + unread.lowerBound, unread.count)
    }
    unread = 0..<unread.count
    if buffer.count - unread.count <= Self.chunk / 2 {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 2 * buffer.count, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[unread]))
      buffer.deallocate()
      buffer = larger
    }
    let room = buffer.count - unread.count - 1
    let count = Int(gzread(file, buffer.baseAddress.map { $0 + unread.count }, UInt32(room)))
    if count < room { try checkEnd() }
    unread = 0..<unread.count + max(count, 0)
    buffer[unread.upperBound] = 0
  }

  /// zlib gives what it has before it says that a file was cut short.
  private func checkEnd() throws {
    var code: Int32 = 0
    let message = gzerror(file, &code)
    switch code {
    case Z_OK, Z_STREAM_END: isAtEnd = true
    case Z_BUF_ERROR:
      throw FileProblem("is truncated: its gzip data end early, after line \(lineNumber)")
    case Z_ERRNO:
      throw FileProblem("can't be read: \(String(cString: strerror(errno)))")
    default:
      let reason = message.map { String(cString: $0) } ?? "code \(code)"
      throw FileProblem("has damaged gzip data after line \(lineNumber) (\(reason))")
    }
  }
}
