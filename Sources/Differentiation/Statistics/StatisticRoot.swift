// SPDX-License-Identifier: Apache-2.0

/// √q of a test statistic q, without the infinite slope at 0.
///
/// Where q ≤ 0 (the best fit lies beyond the tested value, or the two fits agree to rounding) value
/// and slope are 0. Where q > 0 it is q/√(q + ε²) with ε = 10⁻⁷: √q to 10⁻¹² relative for
/// q > 10⁻², and a slope of at most 1/ε, which the factor √q in dq/dφ makes vanish.
public func rootOfStatistic(_ q: Variable) -> Variable { q.map(StatisticRoot()) }

private struct StatisticRoot: ScalarFunction {
  private let square = 1e-14

  let name = "root of statistic"

  func value(_ q: Double) -> Double { q <= 0 ? 0 : q / (q + square).squareRoot() }

  func slope(_ q: Double, _ root: Double) -> Double {
    let shifted = q + square
    return q <= 0 ? 0 : (0.5 * q + square) / (shifted * shifted.squareRoot())
  }

  func curvature(_ q: Double, _ root: Double) -> Double {
    let shifted = q + square
    return q <= 0 ? 0 : -(0.25 * q + square) / (shifted * shifted * shifted.squareRoot())
  }
}
