// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Ticks {
  /// At powers of ten; in between, or only at some of them, as there is room.
  static func logarithmic(_ scale: AxisScale, count: Int) -> Ticks {
    let decades = log10(scale.upper / scale.lower)
    let first = Int(log10(scale.lower).rounded(.down))
    let last = Int(log10(scale.upper).rounded(.up))
    func isShown(_ value: Double) -> Bool {
      value >= scale.lower * (1 - 1e-9) && value <= scale.upper * (1 + 1e-9)
    }
    func within(_ digits: [Double]) -> [(digit: Double, exponent: Int, value: Double)] {
      (first...last).flatMap { exponent in
        digits.map { ($0, exponent, $0 * pow(10, Double(exponent))) }
      }.filter { isShown($0.value) }
    }
    let choices: [(digits: [Double], most: Int)] = [([1, 2, 3, 5, 7], 7), ([1, 2, 5], 9)]
    let digits =
      choices.first { decades * Double($0.digits.count) <= Double(min(count, $0.most)) }?.digits
      ?? [1]
    let stride = max(1, Int((decades / Double(max(count, 1))).rounded(.up)))
    let major = within(digits).filter { $0.exponent.isMultiple(of: stride) }
    guard major.count >= 2 else { return narrow(scale, count: count) }
    let minor = stride > 1 ? within([1]) : within([2, 3, 4, 5, 6, 7, 8, 9])
    let isPlain = digits.count > 1 && major.allSatisfy { (-3...3).contains($0.exponent) }
    return Ticks(
      major: major.map { tick in
        Major(
          value: tick.value,
          label: isPlain
            ? NumberText.fixed(tick.value, decimals: max(0, -tick.exponent))
            : NumberText.power(tick.digit, tick.exponent))
      }, minor: minor.map(\.value))
  }

  /// Less than a decade: as on a linear axis, and laid where the logarithm wants them.
  private static func narrow(_ scale: AxisScale, count: Int) -> Ticks {
    linear(
      AxisScale(lower: scale.lower, upper: scale.upper, isLogarithmic: false),
      count: min(count, 5))
  }
}
