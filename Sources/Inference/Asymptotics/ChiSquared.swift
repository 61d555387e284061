// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The χ² distribution.
package enum ChiSquared {
  /// The probability of a value above `value` ≥ 0 with a positive number of degrees of freedom:
  /// the regularised upper incomplete gamma function Q(k/2, x/2), relative error below 1e-12.
  package static func survival(_ value: Double, degreesOfFreedom: Int) -> Double {
    let a = 0.5 * Double(degreesOfFreedom)
    let x = 0.5 * value
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    guard x < .infinity else { return 0 }
    let factor = exp(a * log(x) - x - lgamma(a))
    return x < a + 1 ? 1 - factor * series(a, x) : factor * continuedFraction(a, x)
  }

  /// Σ xⁿ/(a (a+1) … (a+n)) (Abramowitz and Stegun 6.5.29).
  private static func series(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    var n = a
    while term > 1e-17 * sum {
      n += 1
      term *= x / n
      sum += term
    }
    return sum
  }

  /// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))) by Lentz's method
  /// (Abramowitz and Stegun 6.5.31).
  private static func continuedFraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var result = d
    for n in 1..<10_000 {
      let coefficient = -Double(n) * (Double(n) - a)
      b += 2
      d = coefficient * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b + coefficient / c
      if abs(c) < tiny { c = tiny }
      let factor = c * d
      result *= factor
      if abs(factor - 1) < 1e-16 { break }
    }
    return result
  }
}
