// SPDX-License-Identifier: Apache-2.0
package import HistFactory

/// Where a minimiser may go: an interval for each parameter, and those that stay where they start.
package struct Box: Sendable, Hashable {
  /// Inclusive; −∞ and +∞ are allowed.
  package var lower: [Double], upper: [Double]
  /// A fixed parameter keeps its starting value, even one outside its interval.
  package var isFixed: [Bool]

  package init(lower: [Double], upper: [Double], isFixed: [Bool]) {
    self.lower = lower
    self.upper = upper
    self.isFixed = isFixed
  }

  /// The bounds and the fixed parameters of a model.
  package init(_ model: Model) {
    self.init(
      lower: model.bounds.map(\.lowerBound), upper: model.bounds.map(\.upperBound),
      isFixed: model.isFixed)
  }

  /// Brings the parameters that aren't fixed into their intervals.
  package func clamp(_ point: inout [Double]) {
    for i in point.indices where !isFixed[i] { point[i] = clamp(point[i], at: i) }
  }

  func clamp(_ value: Double, at index: Int) -> Double {
    min(max(value, lower[index]), upper[index])
  }

  /// A distance within which a parameter counts as lying on its bound.
  private func margin(_ bound: Double) -> Double { 1e-9 * max(1, abs(bound)) }

  func isAtLower(_ value: Double, _ index: Int) -> Bool {
    value <= lower[index] + margin(lower[index])
  }

  func isAtUpper(_ value: Double, _ index: Int) -> Bool {
    value >= upper[index] - margin(upper[index])
  }

  func isAtBound(_ value: Double, _ index: Int) -> Bool {
    isAtLower(value, index) || isAtUpper(value, index)
  }

  /// True where a parameter lies on a bound and a step of this sign would leave the box.
  func blocks(_ value: Double, at index: Int, step: Double) -> Bool {
    (step < 0 && isAtLower(value, index)) || (step > 0 && isAtUpper(value, index))
  }
}
