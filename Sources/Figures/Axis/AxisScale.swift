// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A range of values laid on [0, 1].
struct AxisScale: Hashable, Sendable {
  let lower: Double
  let upper: Double
  let isLogarithmic: Bool

  /// 0 for the lower end, 1 for the upper one; −∞ for what a logarithmic axis can't show.
  func fraction(of value: Double) -> Double {
    guard isLogarithmic else { return (value - lower) / (upper - lower) }
    return value > 0 ? log(value / lower) / log(upper / lower) : -.infinity
  }

  func value(at fraction: Double) -> Double {
    isLogarithmic
      ? lower * pow(upper / lower, fraction) : lower + fraction * (upper - lower)
  }

  /// With room at the upper end: what was the whole axis is this fraction of it.
  func raised(to fraction: Double) -> AxisScale {
    AxisScale(lower: lower, upper: value(at: 1 / fraction), isLogarithmic: isLogarithmic)
  }
}
