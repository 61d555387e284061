// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The numbers of one normsys: f(a) = 1 + Σ_k a_k a^k inside |a| < 1, hi^a above, lo^−a below.
///
/// The polynomial of degree six meets the exponentials at |a| = 1 with two derivatives (pyhf's
/// code4; CERN-OPEN-2012-016, §4.1).
struct NormsysCoefficients {
  /// a_1 … a_6, log hi, −log lo.
  let values: [Double]

  init(lo: Double, hi: Double) {
    let logHi = log(hi), logLo = log(lo)
    // Halves of sum and difference of value, first and second derivative at a = 1 and a = −1.
    let value = (even: 0.5 * (hi + lo), odd: 0.5 * (hi - lo))
    let up = hi * logHi, down = -lo * logLo
    let first = (even: 0.5 * (up - down), odd: 0.5 * (up + down))
    let upper = up * logHi, lower = -down * logLo
    let second = (even: 0.5 * (upper + lower), odd: 0.5 * (upper - lower))
    let excess = value.even - 1
    values = [
      (15 * value.odd - 7 * first.odd + second.odd) / 8,
      (24 * excess - 9 * first.even + second.even) / 8,
      (-5 * value.odd + 5 * first.odd - second.odd) / 4,
      (-12 * excess + 7 * first.even - second.even) / 4,
      (3 * value.odd - 3 * first.odd + second.odd) / 8,
      (8 * excess - 5 * first.even + second.even) / 8,
      logHi, -logLo,
    ]
  }
}
