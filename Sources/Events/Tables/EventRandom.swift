// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Random numbers that are a pure function of a seed and a counter: Philox 4×32 with ten rounds
/// (Salmon, Moraes, Dror, Shaw, SC11, doi 10.1145/2063384.2063405).
///
/// The counter is made of the event, the object in it and the stream, so an event has the same
/// numbers whoever computes it, in whatever order.
package struct EventRandom: Sendable {
  private let key: SIMD2<UInt32>

  /// - Parameter collection: collections have different numbers; nil for those of the event.
  package init(seed: UInt64, collection: String?) {
    // FNV-1a, which is the same in every process.
    let name = (collection ?? "").utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
    }
    let mixed = collection == nil ? seed : seed ^ name
    key = [UInt32(truncatingIfNeeded: mixed), UInt32(truncatingIfNeeded: mixed >> 32)]
  }

  package init(key: SIMD2<UInt32>) { self.key = key }

  /// The function itself, for a counter of 128 bits.
  package func bits(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var (x, key) = (counter, key)
    for _ in 0..<10 {
      let first = x[0].multipliedFullWidth(by: 0xD251_1F53)
      let second = x[2].multipliedFullWidth(by: 0xCD9E_8D57)
      x = [second.high ^ x[1] ^ key[0], second.low, first.high ^ x[3] ^ key[1], first.low]
      key = key &+ [0x9E37_79B9, 0xBB67_AE85]
    }
    return x
  }

  /// In [0, 1).
  package func uniform(event: Int, object: Int, stream: Int64) -> Double {
    let x = bits(counter(event, object, stream))
    return Self.fraction(x[0], x[1])
  }

  /// Of mean 0 and variance 1 (Box and Muller 1958).
  package func gauss(event: Int, object: Int, stream: Int64) -> Double {
    let x = bits(counter(event, object, stream))
    let radius = (-2 * log1p(-Self.fraction(x[0], x[1]))).squareRoot()
    return radius * cos(2 * .pi * Self.fraction(x[2], x[3]))
  }

  private func counter(_ event: Int, _ object: Int, _ stream: Int64) -> SIMD4<UInt32> {
    [
      UInt32(truncatingIfNeeded: event), UInt32(truncatingIfNeeded: event >> 32),
      UInt32(truncatingIfNeeded: object), UInt32(truncatingIfNeeded: stream),
    ]
  }

  /// The 53 highest of 64 bits.
  private static func fraction(_ low: UInt32, _ high: UInt32) -> Double {
    Double((UInt64(high) << 32 | UInt64(low)) >> 11) * 0x1p-53
  }
}
