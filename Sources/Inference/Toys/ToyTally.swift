// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Toys made so far: may be stored, resumed and merged with others of the same plan.
public struct ToyTally: Sendable, Hashable, Codable {
  /// What they are made for.
  public let plan: ToyPlan
  /// The test statistic of the data.
  public let observed: Double
  /// Toys of the tested signal strength.
  public internal(set) var tested = ToySample()
  /// Toys of the alternative: no signal, for `q0` a signal.
  public internal(set) var alternative = ToySample()

  package init(plan: ToyPlan, observed: Double) {
    self.plan = plan
    self.observed = observed
  }

  /// Adds the toys of another tally; those that both have count once.
  ///
  /// - Throws: `InvalidHypothesis` if the plans differ.
  public mutating func merge(_ other: ToyTally) throws(InvalidHypothesis) {
    guard other.plan == plan else {
      throw InvalidHypothesis(
        description: "toys of different plans can't be merged: signal strength, test statistic, "
          + "seed and model must be the same (\(plan) and \(other.plan))")
    }
    tested.add(other.tested)
    alternative.add(other.alternative)
  }
}

/// p-values from toys, with their statistical uncertainties.
public struct ToyTest: Sendable, Hashable, Codable {
  /// A probability from counting.
  public struct Probability: Sendable, Hashable, Codable {
    /// The share of toys, or a ratio of shares.
    public let value: Double
    /// Standard deviation; not 0 where no toy was counted.
    public let uncertainty: Double
  }

  /// The probability of the observed test statistic or a larger one if the tested signal strength is
  /// the true one: CLsb, for `q0` p0.
  public let clsb: Probability
  /// The same if the alternative is true.
  public let clb: Probability
  /// CLsb/CLb; nil for `q0`, or where no toy of the alternative counts.
  public let cls: Probability?
  /// Expected CLs, for `q0` p0: quantiles over the toys of the alternative; nil where some have none.
  public let expected: Band?
  /// Toys that count.
  public let tested: Int, alternative: Int
  /// Toys that failed, of both hypotheses.
  public let failures: Int
}

extension ToyTally {
  /// What the toys say.
  ///
  /// - Throws: `InvalidHypothesis` without any toy of either hypothesis.
  public func test() throws(InvalidHypothesis) -> ToyTest {
    guard tested.count > 0, alternative.count > 0 else {
      throw InvalidHypothesis(
        description: "there are \(tested.count) toys of the tested signal strength and "
          + "\(alternative.count) of the alternative: make some of both")
    }
    let sortedTested = tested.statistics.sorted()
    let sortedAlternative = alternative.statistics.sorted()
    let clsb = Self.share(atLeast: observed, of: sortedTested)
    let clb = Self.share(atLeast: observed, of: sortedAlternative)
    return ToyTest(
      clsb: Self.probability(clsb, of: tested.count),
      clb: Self.probability(clb, of: alternative.count),
      cls: plan.statistic == .q0 || clb == 0
        ? nil : Self.ratio(clsb, tested.count, clb, alternative.count),
      expected: expected(sortedTested, sortedAlternative), tested: tested.count,
      alternative: alternative.count,
      failures: tested.failures.count + alternative.failures.count)
  }

  /// Quantiles at Φ(−2) … Φ(2) of what each toy of the alternative would give, interpolated linearly.
  private func expected(_ tested: [Double], _ alternative: [Double]) -> Band? {
    // Descending in the statistic is ascending in CLs and in p0.
    let values = alternative.reversed().map { statistic in
      let clsb = Double(Self.share(atLeast: statistic, of: tested)) / Double(tested.count)
      guard plan.statistic != .q0 else { return clsb }
      let clb = Self.share(atLeast: statistic, of: alternative)
      return clsb * Double(alternative.count) / Double(clb)
    }.sorted()
    guard values.allSatisfy(\.isFinite) else { return nil }
    return Band { sigmas in
      let position = 0.5 * erfc(-sigmas * 0.5.squareRoot()) * Double(values.count - 1)
      let below = Int(position)
      let above = min(below + 1, values.count - 1)
      return values[below] + (position - Double(below)) * (values[above] - values[below])
    }
  }

  /// How many of ascending values are at least `value`, by bisection.
  private static func share(atLeast value: Double, of ascending: [Double]) -> Int {
    var lower = 0
    var upper = ascending.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if ascending[middle] < value { lower = middle + 1 } else { upper = middle }
    }
    return ascending.count - lower
  }

  /// With the standard deviation of the posterior for a flat prior, Beta(k + 1, n − k + 1).
  private static func probability(_ k: Int, of n: Int) -> ToyTest.Probability {
    let k = Double(k)
    let n = Double(n)
    let variance = (k + 1) * (n - k + 1) / ((n + 2) * (n + 2) * (n + 3))
    return ToyTest.Probability(value: k / n, uncertainty: variance.squareRoot())
  }

  private static func ratio(_ k: Int, _ n: Int, _ alternativeK: Int, _ alternativeN: Int)
    -> ToyTest.Probability
  {
    let clsb = probability(k, of: n)
    let clb = probability(alternativeK, of: alternativeN)
    let value = clsb.value / clb.value
    let first = clsb.uncertainty / clb.value
    let second = value * clb.uncertainty / clb.value
    return ToyTest.Probability(
      value: value, uncertainty: (first * first + second * second).squareRoot())
  }
}
