// SPDX-License-Identifier: Apache-2.0
import Foundation

extension ToyTally {
  /// What the toys say of the tested signal strength.
  ///
  /// - Throws: `InvalidHypothesis` without a toy of either hypothesis, or for `q0`.
  public func test() throws(InvalidHypothesis) -> ToyTest {
    guard plan.statistic != .q0 else {
      throw InvalidHypothesis(
        description: "toys of q0 test no signal strength: ask for their discovery, or make toys of "
          + "another test statistic")
    }
    let counts = try ToyCounts(self)
    let clsb = counts.tested(atLeast: observed)
    let clb = counts.alternative(atLeast: observed)
    let (expected, uncertainties) = counts.expected { counts.ratio(atLeast: $0) }
    return ToyTest(
      clsb: clsb, clb: clb, cls: clb.value > 0 ? clsb.over(clb) : nil, expectedCLs: expected,
      expectedUncertainties: uncertainties, tested: tested.count, alternative: alternative.count,
      failures: failures)
  }

  /// What the toys say of the absence of a signal.
  ///
  /// - Throws: `InvalidHypothesis` without a toy of either hypothesis, or if the test statistic isn't
  ///   `q0`.
  public func discovery() throws(InvalidHypothesis) -> ToyDiscovery {
    guard plan.statistic == .q0 else {
      throw InvalidHypothesis(
        description: "toys of '\(plan.statistic.rawValue)' say nothing of a discovery: make toys "
          + "of 'q0'")
    }
    let counts = try ToyCounts(self)
    let p0 = counts.tested(atLeast: observed)
    let (expected, uncertainties) = counts.expected { counts.tested(atLeast: $0) }
    return ToyDiscovery(
      p0: p0,
      significance: observed > 0 ? p0.significance : ToyEstimate(value: 0, uncertainty: 0),
      expectedP0: expected, expectedUncertainties: uncertainties,
      expectedSignificance: Self.significance(ofMedian: expected.median),
      tested: tested.count, alternative: alternative.count, failures: failures)
  }

  /// A median of 1 is a q0 of 0, whose significance is 0 as that of the data is.
  private static func significance(ofMedian p0: Double) -> Double? {
    guard p0 < 1 else { return 0 }
    return p0 > 0 ? -NormalTail.quantile(logProbability: log(p0)) : nil
  }

  private var failures: Int { tested.failures.count + alternative.failures.count }
}

/// The test statistics of both hypotheses, to count in.
private struct ToyCounts {
  /// Ascending.
  private let tested: [Double], alternative: [Double]

  init(_ tally: ToyTally) throws(InvalidHypothesis) {
    guard tally.tested.count > 0, tally.alternative.count > 0 else {
      throw InvalidHypothesis(
        description: "there are \(tally.tested.count) toys of the tested signal strength and "
          + "\(tally.alternative.count) of the alternative: make some of both")
    }
    tested = tally.tested.statistics.sorted()
    alternative = tally.alternative.statistics.sorted()
  }

  func tested(atLeast value: Double) -> ToyEstimate {
    ToyEstimate(Self.count(atLeast: value, of: tested), of: tested.count)
  }

  func alternative(atLeast value: Double) -> ToyEstimate {
    ToyEstimate(Self.count(atLeast: value, of: alternative), of: alternative.count)
  }

  func ratio(atLeast value: Double) -> ToyEstimate {
    tested(atLeast: value).over(alternative(atLeast: value))
  }

  /// Quantiles at Φ(−2) … Φ(2) of what each toy of the alternative would give, interpolated linearly,
  /// with their standard deviations.
  ///
  /// estimate: falls with the test statistic. A quantile's deviation is that of the share of toys
  /// below it, and that of the estimate there.
  func expected(_ estimate: (Double) -> ToyEstimate) -> (values: Band, uncertainties: Band) {
    // Descending in the statistic is ascending in the estimate, but for noise in a ratio.
    let estimates = alternative.reversed().map(estimate).sorted { $0.value < $1.value }
    let last = Double(estimates.count - 1)
    func value(_ position: Double) -> Double {
      let below = Int(min(max(position, 0), last))
      let above = min(below + 1, estimates.count - 1)
      let part = min(max(position, 0), last) - Double(below)
      return estimates[below].value + part * (estimates[above].value - estimates[below].value)
    }
    let share = { (sigmas: Double) in 0.5 * erfc(-sigmas * 0.5.squareRoot()) }
    return (
      Band { value(share($0) * last) },
      Band { sigmas in
        let position = share(sigmas) * last
        let scatter = (share(sigmas) * (1 - share(sigmas)) * Double(estimates.count)).squareRoot()
        let first = 0.5 * (value(position + scatter) - value(position - scatter))
        let second = estimates[Int(position.rounded())].uncertainty
        return (first * first + second * second).squareRoot()
      }
    )
  }

  /// How many of ascending values are at least `value`, by bisection.
  private static func count(atLeast value: Double, of ascending: [Double]) -> Int {
    var lower = 0
    var upper = ascending.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if ascending[middle] < value { lower = middle + 1 } else { upper = middle }
    }
    return ascending.count - lower
  }
}

extension ToyEstimate {
  /// The share k/n, binomial, with the standard deviation of the posterior for a flat prior,
  /// Beta(k + 1, n − k + 1).
  fileprivate init(_ k: Int, of n: Int) {
    let k = Double(k)
    let n = Double(n)
    value = k / n
    uncertainty = ((k + 1) * (n - k + 1) / ((n + 2) * (n + 2) * (n + 3))).squareRoot()
  }

  /// The ratio of two independent ones, to first order.
  fileprivate func over(_ other: ToyEstimate) -> ToyEstimate {
    let ratio = value / other.value
    let first = uncertainty / other.value
    let second = ratio * other.uncertainty / other.value
    return ToyEstimate(value: ratio, uncertainty: (first * first + second * second).squareRoot())
  }

  /// −Φ⁻¹ of a probability, to first order; nil for 0 and 1.
  fileprivate var significance: ToyEstimate? {
    guard value > 0, value < 1 else { return nil }
    let quantile = NormalTail.quantile(logProbability: log(value))
    let density = exp(-0.5 * quantile * quantile) / (2 * Double.pi).squareRoot()
    return ToyEstimate(value: -quantile, uncertainty: uncertainty / density)
  }
}
