// SPDX-License-Identifier: Apache-2.0

/// XXH64 with seed 0, the checksum of ROOT's lz4 frames
/// (github.com/Cyan4973/xxHash, doc/xxhash_spec.md, "XXH64").
package enum XXHash64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The hash of all the bytes.
  package static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var position = 0
    var sum = prime5
    if bytes.count >= 32 {
      var lanes = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
      while position <= bytes.count - 32 {
        lanes.0 = round(lanes.0, word(bytes, position))
        lanes.1 = round(lanes.1, word(bytes, position + 8))
        lanes.2 = round(lanes.2, word(bytes, position + 16))
        lanes.3 = round(lanes.3, word(bytes, position + 24))
        position += 32
      }
      sum =
        rotate(lanes.0, 1) &+ rotate(lanes.1, 7) &+ rotate(lanes.2, 12) &+ rotate(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        sum = (sum ^ round(0, lane)) &* prime1 &+ prime4
      }
    }
    sum &+= UInt64(bytes.count)
    return avalanche(tail(bytes, from: position, sum))
  }

  /// What is left after the blocks of 32: words, a half word, single bytes.
  private static func tail(_ bytes: UnsafeRawBufferPointer, from start: Int, _ sum: UInt64)
    -> UInt64
  {
    var sum = sum
    var position = start
    while position <= bytes.count - 8 {
      sum = rotate(sum ^ round(0, word(bytes, position)), 27) &* prime1 &+ prime4
      position += 8
    }
    if position <= bytes.count - 4 {
      let half = UInt32(
        littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
      sum = rotate(sum ^ UInt64(half) &* prime1, 23) &* prime2 &+ prime3
      position += 4
    }
    while position < bytes.count {
      sum = rotate(sum ^ UInt64(bytes[position]) &* prime5, 11) &* prime1
      position += 1
    }
    return sum
  }

  private static func avalanche(_ sum: UInt64) -> UInt64 {
    var sum = (sum ^ sum >> 33) &* prime2
    sum = (sum ^ sum >> 29) &* prime3
    return sum ^ sum >> 32
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotate(lane &+ input &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    value &<< count | value &>> (64 - count)
  }
}
