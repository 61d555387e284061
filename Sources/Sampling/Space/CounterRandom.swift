// SPDX-License-Identifier: Apache-2.0

/// Random numbers without state: a number is a function of a seed and counters, so a resumed scan
/// draws what the first one would have drawn.
///
/// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, doi 10.1145/2660193.2660195).
package enum CounterRandom {
  package static func bits(_ seed: UInt64, _ counters: UInt64...) -> UInt64 {
    counters.reduce(mixed(seed)) { mixed($0 ^ mixed($1)) }
  }

  /// Uniform in [0, 1), a multiple of 2⁻⁵³.
  package static func uniform(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
