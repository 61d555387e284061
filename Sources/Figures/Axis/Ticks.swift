// SPDX-License-Identifier: Apache-2.0

/// Where an axis is marked.
struct Ticks: Hashable, Sendable {
  /// A long mark with a label.
  struct Major: Hashable, Sendable {
    let value: Double
    /// Empty for none.
    let label: String
  }

  var major: [Major]
  var minor: [Double] = []
  /// By how much all labels are to be multiplied, such as `10^{-6}`; empty for nothing.
  var factor = ""
  /// Names of rows and columns have none.
  var hasMarks = true

  /// Marks that suit a scale.
  ///
  /// - Parameter count: how many labels there is room for.
  init(_ scale: AxisScale, count: Int) {
    self = scale.isLogarithmic ? .logarithmic(scale, count: count) : .linear(scale, count: count)
  }

  init(major: [Major], minor: [Double] = [], factor: String = "") {
    (self.major, self.minor, self.factor) = (major, minor, factor)
  }

  /// Names at the values 0, 1, 2 …
  init(names: [String]) {
    major = names.enumerated().map { Major(value: Double($0.offset), label: $0.element) }
    hasMarks = false
  }
}
