// SPDX-License-Identifier: Apache-2.0

/// A quantity expected in the absence of a signal: its median and its values when the data
/// fluctuate by ±1σ and ±2σ.
public struct Band: Sendable, Hashable, Codable {
  /// Ascending: `minus2` belongs to the downward fluctuation by 2σ, the smallest value.
  public var minus2: Double, minus1: Double, median: Double, plus1: Double, plus2: Double

  /// The five values, −2σ … +2σ.
  public var values: [Double] { [minus2, minus1, median, plus1, plus2] }

  /// A band from its values, ascending.
  public init(minus2: Double, minus1: Double, median: Double, plus1: Double, plus2: Double) {
    self.minus2 = minus2
    self.minus1 = minus1
    self.median = median
    self.plus1 = plus1
    self.plus2 = plus2
  }

  /// The values of a function of the number of standard deviations, −2 … +2.
  package init<Failure>(_ value: (Double) throws(Failure) -> Double) throws(Failure) {
    minus2 = try value(-2)
    minus1 = try value(-1)
    median = try value(0)
    plus1 = try value(1)
    plus2 = try value(2)
  }
}

extension Band {
  /// The band of a function of the five values.
  package func mapped(_ transform: (Double) -> Double) -> Band {
    Band(
      minus2: transform(minus2), minus1: transform(minus1), median: transform(median),
      plus1: transform(plus1), plus2: transform(plus2))
  }
}
