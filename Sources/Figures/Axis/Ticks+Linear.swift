// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Ticks {
  /// At multiples of 1, 2 or 5 times a power of ten.
  static func linear(_ scale: AxisScale, count: Int) -> Ticks {
    let step = NiceStep(atLeast: (scale.upper - scale.lower) / Double(max(count, 1)))
    let size = max(abs(scale.lower), abs(scale.upper))
    // Labels have at most five digits before the point and three zeros behind it.
    let exponent =
      size >= 1e5 || size < 1e-3 ? Int((log10(size) / 3).rounded(.down)) * 3 : 0
    let decimals = min(max(0, exponent - step.exponent), 15)
    let major = step.multiples(from: scale.lower, to: scale.upper).map { value in
      Major(
        value: value,
        label: NumberText.fixed(value / pow(10, Double(exponent)), decimals: decimals))
    }
    let parts = step.digit == 2 ? 4 : 5
    let minor = step.divided(by: parts).multiples(from: scale.lower, to: scale.upper)
    return Ticks(
      major: major, minor: minor, factor: exponent == 0 ? "" : "10^{\(NumberText.sign(exponent))}")
  }
}

/// A distance between ticks: 1, 2 or 5 times a power of ten, or a part of that.
private struct NiceStep {
  let digit: Int
  let exponent: Int
  private var parts = 1

  init(atLeast least: Double) {
    let power = Int(log10(least).rounded(.down))
    let digits = least / pow(10, Double(power))
    switch digits {
    case ...1.000001: (digit, exponent) = (1, power)
    case ...2.000001: (digit, exponent) = (2, power)
    case ...5.000001: (digit, exponent) = (5, power)
    default: (digit, exponent) = (1, power + 1)
    }
  }

  func divided(by parts: Int) -> NiceStep {
    var step = self
    step.parts = parts
    return step
  }

  func multiples(from lower: Double, to upper: Double) -> [Double] {
    // Dividing by a power of ten keeps 0.3 what it is, multiplying by 0.1 would not.
    let size = pow(10, Double(abs(exponent)))
    let scale = Double(digit) / Double(parts)
    func multiple(_ index: Double) -> Double {
      exponent < 0 ? index * scale / size : index * scale * size
    }
    let slack = 1e-6
    let first = (lower / multiple(1) - slack).rounded(.up)
    let last = (upper / multiple(1) + slack).rounded(.down)
    guard first.isFinite, last.isFinite, last >= first, last - first < 10_000 else { return [] }
    return (0...Int(last - first)).map { multiple(first + Double($0)) }
  }
}
