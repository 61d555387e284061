// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Logarithms of the normal distribution, exact far into the tails.
package enum NormalTail {
  /// log Φ(z), Φ the cumulative distribution of the standard normal; relative error below 1e-13
  /// for all finite z, also where Φ itself underflows (z < −38).
  package static func logCumulative(_ z: Double) -> Double {
    if z > 0 { return log1p(-0.5 * erfc(z * 0.5.squareRoot())) }
    if z > -12 { return log(0.5 * erfc(-z * 0.5.squareRoot())) }
    return logDensity(z) + log(millsRatio(-z))
  }

  /// φ(z)/Φ(z) = d log Φ/dz, φ the density.
  package static func hazard(_ z: Double) -> Double {
    z > -12 ? exp(logDensity(z) - logCumulative(z)) : 1 / millsRatio(-z)
  }

  /// The z with log Φ(z) = logProbability, which is ≤ 0; +∞ at 0.
  package static func quantile(logProbability: Double) -> Double {
    guard logProbability < 0 else { return .infinity }
    // log Φ is concave and increasing, so Newton's steps from the left never overshoot.
    var z = -1 - (max(0, -2 * logProbability)).squareRoot()
    for _ in 0..<100 {
      let step = (logProbability - logCumulative(z)) / hazard(z)
      z += step
      if abs(step) < 1e-15 * max(1, abs(z)) { break }
    }
    return z
  }

  private static func logDensity(_ z: Double) -> Double {
    -0.5 * z * z - 0.918938533204672741780329736406  // ½ log 2π
  }

  /// (1 − Φ(x))/φ(x) for x ≥ 12, by its continued fraction 1/(x + 1/(x + 2/(x + 3/(x + …))))
  /// (Abramowitz and Stegun 26.2.14).
  private static func millsRatio(_ x: Double) -> Double {
    var tail = x
    for k in stride(from: 40.0, through: 1, by: -1) { tail = x + k / tail }
    return 1 / tail
  }
}
