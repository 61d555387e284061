// SPDX-License-Identifier: Apache-2.0
import CKernels

/// Random numbers without state: a number is a function of a seed and counters, so a resumed scan
/// draws what the first one would have drawn.
package enum CounterRandom {
  package static func bits(_ seed: UInt64, _ counters: UInt64...) -> UInt64 {
    counters.reduce(kernel_mix_bits(seed)) { kernel_mix_bits($0 ^ kernel_mix_bits($1)) }
  }

  /// Uniform in [0, 1), a multiple of 2⁻⁵³.
  package static func uniform(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }
}
