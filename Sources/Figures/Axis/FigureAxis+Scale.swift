// SPDX-License-Identifier: Apache-2.0
import Foundation

extension FigureAxis {
  /// The scale that shows the values, or the range that was asked for.
  ///
  /// - Parameters:
  ///   - values: what has to be seen.
  ///   - margin: added on each side of the values, as a fraction of what they span.
  /// - Throws: `FigureError` for values or limits that aren't finite, an empty range, or one that
  ///   isn't positive on a logarithmic axis.
  func axisScale(showing values: [Double], margin: Double) throws(FigureError) -> AxisScale {
    guard let isFinite = values.first(where: { !$0.isFinite }) else {
      return try checkedScale(values, margin)
    }
    throw FigureError("\(name) can't show the value \(isFinite): leave its point out")
  }

  var name: String { label.isEmpty ? "an axis" : "the axis '\(label)'" }

  private func checkedScale(_ values: [Double], _ margin: Double) throws(FigureError) -> AxisScale {
    let isLogarithmic = scale == .log
    let candidates = values + [lower, upper].compactMap { $0 }
    if isLogarithmic, let wrong = candidates.first(where: { $0 <= 0 }) {
      throw FigureError(
        "\(name) is logarithmic and can't show \(wrong): make it linear or leave the value out")
    }
    guard let least = lower ?? values.min(), let greatest = upper ?? values.max() else {
      throw FigureError("\(name) has neither values nor a range: there is nothing to draw")
    }
    guard least.isFinite, greatest.isFinite, least <= greatest, least < greatest || lower == nil
    else {
      throw FigureError(
        "\(name) ranges from \(least) to \(greatest): give two finite numbers, the smaller first")
    }
    let bare = AxisScale(lower: least, upper: greatest, isLogarithmic: isLogarithmic)
    let ends = bare.widened(by: margin)
    let padded = AxisScale(
      lower: lower ?? ends.lower, upper: upper ?? ends.upper, isLogarithmic: isLogarithmic)
    guard padded.lower.isFinite, padded.upper.isFinite, padded.isResolved else {
      throw FigureError(
        "\(name) can't range from \(padded.lower) to \(padded.upper): its ends are too close "
          + "or too far for the numbers of a computer")
    }
    return padded
  }
}

extension AxisScale {
  /// Room on both sides; a single value gets some of its own size.
  fileprivate func widened(by margin: Double) -> (lower: Double, upper: Double) {
    if isLogarithmic {
      let room = lower < upper ? pow(upper / lower, margin) : 2
      return (lower / room, upper * room)
    }
    let room = lower < upper ? (upper - lower) * margin : (lower == 0 ? 1 : abs(lower) * 0.1)
    return (lower - room, upper + room)
  }

  /// Whether its ends are far enough apart for numbers of 53 bits, and not too far.
  fileprivate var isResolved: Bool {
    guard lower < upper, abs(lower) < 1e300, abs(upper) < 1e300 else { return false }
    return isLogarithmic
      ? upper / lower > 1 + 1e-9 && upper / lower < 1e150
      : upper - lower > 1e-9 * max(abs(lower), abs(upper)) && upper - lower > 1e-300
  }
}
