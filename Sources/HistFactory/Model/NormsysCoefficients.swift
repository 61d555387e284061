// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The numbers of one normsys: f(a) = 1 + Σ_k a_k a^k inside |a| < 1, hi^a above, lo^−a below.
///
/// The polynomial of degree six meets the exponentials at |a| = 1 with two derivatives (pyhf's
/// code4; CERN-OPEN-2012-016, §4.1). A factor of 0 has the limits of these derivatives, 0.
struct NormsysCoefficients {
  /// a_1 … a_6, log hi, −log lo.
  let values: SIMD8<Double>

  init(lo: Double, hi: Double, _ interpolation: ModelOptions.NormsysInterpolation) {
    let logHi = log(hi), logLo = log(lo)
    guard interpolation == .code4 else {
      // Used at the kink only: the mean of both sides.
      let mean = 0.5 * (logHi - logLo)
      let square = 0.25 * (logHi * logHi + logLo * logLo)
      values = SIMD8(mean, square, 0, 0, 0, 0, logHi, -logLo)
      return
    }
    // Halves of sum and difference of value, first and second derivative at a = 1 and a = −1.
    let value = (even: 0.5 * (hi + lo), odd: 0.5 * (hi - lo))
    let up = hi > 0 ? hi * logHi : 0, down = lo > 0 ? -lo * logLo : 0
    let first = (even: 0.5 * (up - down), odd: 0.5 * (up + down))
    let upper = hi > 0 ? up * logHi : 0, lower = lo > 0 ? -down * logLo : 0
    let second = (even: 0.5 * (upper + lower), odd: 0.5 * (upper - lower))
    let excess = value.even - 1
    var values = SIMD8<Double>(repeating: 0)
    values[0] = (15 * value.odd - 7 * first.odd + second.odd) / 8
    values[1] = (24 * excess - 9 * first.even + second.even) / 8
    values[2] = (-5 * value.odd + 5 * first.odd - second.odd) / 4
    values[3] = (-12 * excess + 7 * first.even - second.even) / 4
    values[4] = (3 * value.odd - 3 * first.odd + second.odd) / 8
    values[5] = (8 * excess - 5 * first.even + second.even) / 8
    values[6] = logHi
    values[7] = -logLo
    self.values = values
  }
}
