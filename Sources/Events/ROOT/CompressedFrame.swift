// SPDX-License-Identifier: Apache-2.0

/// One frame of a compressed record: nine bytes of header (two letters, a method, and both lengths
/// as three little-endian bytes), then what the letters' algorithm makes of it.
struct CompressedFrame {
  enum Algorithm {
    case zlib, lzma, lz4, zstandard
  }

  static let headerLength = 9
  let algorithm: Algorithm
  /// Where the compressed bytes lie in the record.
  let content: Range<Int>
  let expandedLength: Int

  /// The frames of a record's payload, without expanding anything.
  ///
  /// Their lengths must fill the payload and add up to what the key promised, and the promise must
  /// be plausible: no honest record of this size compresses to less than a few thousandth.
  static func frames(of bytes: [UInt8], in payload: Range<Int>, expandedLength: Int) throws
    -> [CompressedFrame]
  {
    guard expandedLength <= max(64 << 20, payload.count << 12) else {
      throw FileProblem("claims that \(payload.count) bytes expand to \(expandedLength)")
    }
    var frames: [CompressedFrame] = []
    var position = payload.lowerBound
    var total = 0
    // ROOT pads no record: what is left after the last frame is damage.
    while position < payload.upperBound {
      let frame = try CompressedFrame(bytes, at: position, limit: payload.upperBound)
      frames.append(frame)
      position = frame.content.upperBound
      total += frame.expandedLength
    }
    guard total == expandedLength else {
      throw FileProblem("has frames for \(total) bytes where its key says \(expandedLength)")
    }
    return frames
  }

  private init(_ bytes: [UInt8], at position: Int, limit: Int) throws {
    guard limit - position > Self.headerLength else {
      throw FileProblem("ends inside the header of a compressed frame")
    }
    let header = bytes[position..<position + Self.headerLength].map(Int.init)
    switch (bytes[position], bytes[position + 1]) {
    case (UInt8(ascii: "Z"), UInt8(ascii: "L")): algorithm = .zlib
    case (UInt8(ascii: "X"), UInt8(ascii: "Z")): algorithm = .lzma
    case (UInt8(ascii: "L"), UInt8(ascii: "4")): algorithm = .lz4
    case (UInt8(ascii: "Z"), UInt8(ascii: "S")): algorithm = .zstandard
    case (UInt8(ascii: "C"), UInt8(ascii: "S")):
      throw FileProblem("is compressed as ROOT did before 2002, which this version can't read")
    default: throw FileProblem("has a frame of an unknown compression")
    }
    let length = header[3] | header[4] << 8 | header[5] << 16
    expandedLength = header[6] | header[7] << 8 | header[8] << 16
    let start = position + Self.headerLength
    guard length <= limit - start else {
      throw FileProblem("has a compressed frame of \(length) bytes where \(limit - start) are left")
    }
    content = start..<start + length
  }
}
