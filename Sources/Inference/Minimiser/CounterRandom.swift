// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Random numbers that are a pure function of a seed, a stream and a counter (SplitMix64's output
/// function on their combination): the same on every machine, whatever ran before.
package struct CounterRandom: Sendable {
  private let key: UInt64
  private var counter: UInt64 = 0

  package init(seed: UInt64, stream: UInt64 = 0) {
    key = Self.mix(Self.mix(seed) &+ stream)
  }

  /// Uniform in [0, 1).
  package mutating func uniform() -> Double {
    counter &+= 1
    return Double(Self.mix(key &+ counter &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
  }

  /// Standard normal (Box–Muller).
  package mutating func normal() -> Double {
    let radius = (-2 * log1p(-uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
