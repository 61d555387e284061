// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Analyzer {
  /// Asymptotic CLs of a signal strength, observed and expected.
  ///
  /// A signal strength above the parameter's upper bound lifts that bound in the free fit.
  ///
  /// - Parameters:
  ///   - mu: the signal strength that is tested.
  ///   - testStatistic: q or q̃ (arXiv:1007.1727, equations 14 and 16).
  ///   - derivatives: also fill `yieldDerivatives` and `expectedYieldDerivatives`.
  /// - Throws: `InvalidHypothesis` without a parameter of interest or with a mu that isn't finite;
  ///   `FitFailure`.
  public func hypothesisTest(
    mu: Double, testStatistic: TestStatistic = .qTilde, derivatives: Bool = false
  ) throws -> HypothesisTest {
    let poi = try parameterOfInterest()
    guard mu.isFinite else {
      throw InvalidHypothesis(description: "a signal strength of \(mu) can't be tested")
    }
    let withoutUpperBound = mu > observed.box.upper[poi]
    let observed = try observedStatistic(at: mu, withoutUpperBound: withoutUpperBound)
    let asimov = try asimov().statistic(at: mu)
    let test = AsymptoticTest(q: observed.q, qAsimov: asimov.q, testStatistic: testStatistic)
    let derivatives =
      derivatives ? try yieldDerivatives(of: test, observed: observed, asimov: asimov) : nil
    let expected = Band { AsymptoticTest.expectedLogCLs(qAsimov: asimov.q, sigmas: $0) }
    return HypothesisTest(
      mu: mu, testStatistic: testStatistic, observedCLs: exp(test.logCLs),
      observedCLsb: exp(test.logCLsb), observedCLb: exp(test.logCLb),
      expectedCLs: expected.mapped(exp), observedLogCLs: test.logCLs, expectedLogCLs: expected,
      muHat: observed.free.point[poi], q: observed.q, qAsimov: asimov.q,
      yieldDerivatives: derivatives?.observed, expectedYieldDerivatives: derivatives?.expected)
  }

  /// A test statistic of the data. A conditional fit that is better than the free one shows that the
  /// latter ended in the wrong minimum: it is made again from there.
  ///
  /// - Throws: `FitFailure` where the free fit remains the worse one although mu is within its bounds.
  func observedStatistic(
    _ statistic: ProfileStatistic = .qTilde, at mu: Double, withoutUpperBound: Bool
  ) throws -> ProfiledStatistic {
    let poi = try parameterOfInterest()
    let free = try bestFit(withoutUpperBound: withoutUpperBound)
    let found = try ProfiledStatistic(statistic, mu: mu, free: free, poi: poi) {
      try conditionalFit(at: mu)
    }
    guard found.isContradiction, let conditional = found.conditional else { return found }
    let better = try improveBestFit(
      from: conditional.point, withoutUpperBound: withoutUpperBound)
    let excess = 2 * (better.value - conditional.value)
    guard excess <= 1e-6 || mu < observed.box.lower[poi] else {
      throw FitFailure(
        description: "the best fit lies \(excess) above the fit at a signal strength of \(mu) in "
          + "−2 log L: more starting points may help")
    }
    return ProfiledStatistic(statistic, mu: mu, free: better, poi: poi) { conditional }
  }
}
