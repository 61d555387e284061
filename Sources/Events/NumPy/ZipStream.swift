// SPDX-License-Identifier: Apache-2.0
import CCompression

/// The bytes of a zip member from front to back, expanded. Memory is one window.
///
/// The checksum is taken on the way and compared at the end.
final class ZipStream {
  private let file: RandomAccessFile
  private let member: ZipDirectory.Member
  private var stream: UnsafeMutablePointer<z_stream>?
  private var window: [UInt8] = []
  /// What of the window hasn't been expanded yet.
  private var unread = 0..<0
  /// How much of the member has been read from the file.
  private var taken = 0
  /// How much of it has been handed out.
  private(set) var position = 0
  private var checksum: UInt

  private static let windowSize = 1 << 16

  init(_ file: RandomAccessFile, _ member: ZipDirectory.Member) throws {
    self.file = file
    self.member = member
    checksum = crc32(0, nil, 0)
    if member.isDeflated {
      let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
      stream.initialize(to: z_stream())
      // Raw deflate data: no header of zlib's.
      let size = Int32(MemoryLayout<z_stream>.size)
      guard inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, size) == Z_OK else {
        stream.deallocate()
        throw FileProblem("can't be expanded: zlib didn't start")
      }
      self.stream = stream
    }
  }

  deinit {
    if let stream {
      inflateEnd(stream)
      stream.deallocate()
    }
  }

  /// Reads on: exactly as many bytes, into the front of the buffer, which grows if it must.
  func read(_ count: Int, into buffer: inout [UInt8]) throws {
    guard count <= member.size - position else {
      throw FileProblem("is \(member.size) bytes long; \(position + count) are needed")
    }
    buffer.grow(to: count)
    var done = 0
    while done < count {
      if unread.isEmpty { try fill() }
      let got = try buffer.withUnsafeMutableBytes { raw in
        try expand(into: UnsafeMutableRawBufferPointer(rebasing: raw[done..<count]))
      }
      done += got
    }
    checksum = buffer.withUnsafeBufferPointer { crc32_z(checksum, $0.baseAddress, count) }
    position += count
    if position == member.size, UInt32(truncatingIfNeeded: checksum) != member.checksum {
      throw FileProblem("is damaged: its checksum doesn't match")
    }
  }

  /// Passes over bytes.
  func skip(_ count: Int, _ buffer: inout [UInt8]) throws {
    var left = count
    while left > 0 {
      let part = min(left, Self.windowSize)
      try read(part, into: &buffer)
      left -= part
    }
  }

  private func fill() throws {
    let count = min(Self.windowSize, member.compressedSize - taken)
    try file.read(at: member.offset + taken, count: count, into: &window)
    taken += count
    unread = 0..<count
  }

  /// - Returns: how many bytes were made.
  private func expand(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    try window.withUnsafeMutableBytes { raw in
      let source = UnsafeMutableRawBufferPointer(rebasing: raw[unread])
      guard let stream else {
        let count = min(source.count, target.count)
        guard count > 0 else { throw FileProblem("ends early") }
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<count]))
        unread = unread.lowerBound + count..<unread.upperBound
        return count
      }
      stream.pointee.next_in = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_in = UInt32(source.count)
      stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      let room = min(target.count, 1 << 30)
      stream.pointee.avail_out = UInt32(room)
      let status = inflate(stream, Z_NO_FLUSH)
      let made = room - Int(stream.pointee.avail_out)
      let used = source.count - Int(stream.pointee.avail_in)
      unread = unread.lowerBound + used..<unread.upperBound
      guard status == Z_OK || status == Z_STREAM_END || (status == Z_BUF_ERROR && made > 0),
        made > 0 || used > 0
      else { throw FileProblem("has damaged compressed data") }
      return made
    }
  }
}
