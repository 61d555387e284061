// SPDX-License-Identifier: Apache-2.0

/// Bounds of what an integer of an expression can be, whatever the numbers are.
///
/// Literals are all that integers come from where there are no events, so every bound is known;
/// arithmetic within them can neither overflow nor divide by zero.
struct IntegerRange: Hashable, Sendable {
  let lower: Int64
  let upper: Int64

  /// The smallest range that holds these; nil for none, or when one of them overflowed.
  private init?(_ ends: [(partialValue: Int64, overflow: Bool)]) {
    let values = ends.map(\.partialValue)
    guard !ends.contains(where: \.overflow), let lower = values.min(), let upper = values.max()
    else { return nil }
    self.lower = lower
    self.upper = upper
  }

  private init(_ lower: Int64, _ upper: Int64) {
    self.lower = lower
    self.upper = upper
  }

  init(_ value: Int64) { self.init(value, value) }

  func union(_ other: IntegerRange) -> IntegerRange {
    IntegerRange(min(lower, other.lower), max(upper, other.upper))
  }

  /// nil when it could overflow; so everywhere below.
  var negated: IntegerRange? {
    IntegerRange([
      Int64(0).subtractingReportingOverflow(lower), Int64(0).subtractingReportingOverflow(upper),
    ])
  }

  var magnitude: IntegerRange? {
    guard let negated else { return nil }
    if lower >= 0 { return self }
    return upper <= 0 ? negated : IntegerRange(0, max(upper, negated.upper))
  }

  func adding(_ other: IntegerRange) -> IntegerRange? {
    IntegerRange([
      lower.addingReportingOverflow(other.lower), upper.addingReportingOverflow(other.upper),
    ])
  }

  func subtracting(_ other: IntegerRange) -> IntegerRange? {
    IntegerRange([
      lower.subtractingReportingOverflow(other.upper),
      upper.subtractingReportingOverflow(other.lower),
    ])
  }

  func multiplied(by other: IntegerRange) -> IntegerRange? {
    IntegerRange(
      [lower, upper].flatMap { factor in
        [other.lower, other.upper].map { factor.multipliedReportingOverflow(by: $0) }
      })
  }

  func minimum(_ other: IntegerRange) -> IntegerRange {
    IntegerRange(min(lower, other.lower), min(upper, other.upper))
  }

  func maximum(_ other: IntegerRange) -> IntegerRange {
    IntegerRange(max(lower, other.lower), max(upper, other.upper))
  }

  /// The remainder has the sign of what is divided and is no larger than it.
  /// - Returns: nil when the divisor could be 0.
  func remainder(dividingBy other: IntegerRange) -> IntegerRange? {
    guard !(other.lower...other.upper).contains(0) else { return nil }
    return IntegerRange(min(lower, 0), max(upper, 0))
  }
}
