// SPDX-License-Identifier: Apache-2.0
import CCompression

/// Expands compressed records; keeps the libraries' contexts between them.
final class Decompressor {
  private var zstandard: OpaquePointer?
  private var inflater: UnsafeMutablePointer<z_stream>?

  init() {}

  deinit {
    ZSTD_freeDCtx(zstandard)
    if let inflater {
      inflateEnd(inflater)
      inflater.deallocate()
    }
  }

  /// Expands a record's payload into the first `expandedLength` bytes of a buffer.
  func expand(
    _ bytes: [UInt8], _ payload: Range<Int>, expandedLength: Int, into buffer: inout [UInt8]
  ) throws {
    let frames = try CompressedFrame.frames(
      of: bytes, in: payload, expandedLength: expandedLength)
    buffer.grow(to: expandedLength)
    try bytes.withUnsafeBytes { source in
      try buffer.withUnsafeMutableBytes { target in
        var position = 0
        for frame in frames {
          let range = position..<position + frame.expandedLength
          try expand(
            frame.algorithm, UnsafeRawBufferPointer(rebasing: source[frame.content]),
            UnsafeMutableRawBufferPointer(rebasing: target[range]))
          position = range.upperBound
        }
      }
    }
  }

  private func expand(
    _ algorithm: CompressedFrame.Algorithm, _ source: UnsafeRawBufferPointer,
    _ target: UnsafeMutableRawBufferPointer
  ) throws {
    let whole: Bool
    switch algorithm {
    case .zlib: whole = try inflate(source, target)
    case .lzma: whole = expandLZMA(source, target)
    case .lz4: whole = try expandLZ4(source, target)
    case .zstandard: whole = try expandZstandard(source, target)
    }
    guard whole else { throw FileProblem("has a compressed frame (\(algorithm)) that is damaged") }
  }

  private func expandZstandard(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) throws -> Bool {
    if zstandard == nil { zstandard = ZSTD_createDCtx() }
    guard let zstandard else { throw FileProblem("can't be expanded: out of memory") }
    let length = ZSTD_decompressDCtx(
      zstandard, target.baseAddress, target.count, source.baseAddress, source.count)
    return length == target.count
  }

  /// LZ4 frames begin with an XXH64 of the compressed bytes.
  private func expandLZ4(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) throws -> Bool {
    guard source.count > 8 else { return false }
    let block = UnsafeRawBufferPointer(rebasing: source[8...])
    let checksum = UInt64(bigEndian: source.loadUnaligned(as: UInt64.self))
    guard XXHash64.hash(block) == checksum else {
      throw FileProblem("has an lz4 frame whose checksum doesn't match")
    }
    let length = LZ4_decompress_safe(
      block.baseAddress?.assumingMemoryBound(to: CChar.self),
      target.baseAddress?.assumingMemoryBound(to: CChar.self),
      Int32(block.count), Int32(target.count))
    return Int(length) == target.count
  }

  private func expandLZMA(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    // The strongest preset needs 65 MiB; more is damage.
    var memoryLimit: UInt64 = 80 << 20
    var read = 0
    var written = 0
    let status = lzma_stream_buffer_decode(
      &memoryLimit, 0, nil, source.baseAddress?.assumingMemoryBound(to: UInt8.self), &read,
      source.count, target.baseAddress?.assumingMemoryBound(to: UInt8.self), &written, target.count)
    return status == LZMA_OK && written == target.count
  }

  /// Expands zlib data that fill the target; false when they don't.
  func inflate(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) throws -> Bool {
    let stream = try inflateStream()
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(source.count)
    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(target.count)
    return CCompression.inflate(stream, Z_FINISH) == Z_STREAM_END && stream.pointee.avail_out == 0
  }

  private func inflateStream() throws -> UnsafeMutablePointer<z_stream> {
    if let inflater {
      inflateReset(inflater)
      return inflater
    }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      stream.deallocate()
      throw FileProblem("can't be expanded: zlib didn't start")
    }
    inflater = stream
    return stream
  }
}
