// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

extension Analyzer {
  /// p0 and significance, observed and expected.
  ///
  /// - Parameter expectedMu: the signal strength of the Asimov data, which are made at the best fit
  ///   with it to the data.
  /// - Throws: `InvalidHypothesis` without a parameter of interest or with an expectedMu that isn't
  ///   finite; `FitFailure`.
  public func discovery(expectedMu: Double = 1) throws -> Discovery {
    let poi = try parameterOfInterest()
    guard expectedMu.isFinite else {
      throw InvalidHypothesis(description: "a signal strength of \(expectedMu) can't be expected")
    }
    let q0 = try statistic(.q0, mu: 0)
    let root = q0.squareRoot()
    let expected = try expectedQ0(mu: expectedMu, poi: poi).squareRoot()
    let logP0 = NormalTail.logCumulative(-root)
    return Discovery(
      muHat: try bestFit(withoutUpperBound: false).point[poi], q0: q0, p0: exp(logP0),
      logP0: logP0, significance: root, expectedMu: expectedMu, expectedSignificance: expected,
      expectedP0: Band { exp(NormalTail.logCumulative($0 - expected)) })
  }

  /// A test statistic of the data for a signal strength; ≥ 0.
  ///
  /// q0 is that of no signal, whatever `mu` is. A signal strength above the parameter's upper bound
  /// lifts that bound in the free fit.
  ///
  /// - Throws: `InvalidHypothesis` without a parameter of interest or with a mu that isn't finite;
  ///   `FitFailure`.
  public func statistic(_ statistic: ProfileStatistic, mu: Double) throws -> Double {
    let poi = try parameterOfInterest()
    let mu = statistic == .q0 ? 0 : mu
    guard mu.isFinite else {
      throw InvalidHypothesis(description: "a signal strength of \(mu) can't be tested")
    }
    let withoutUpperBound = mu > observed.box.upper[poi]
    return try observedStatistic(statistic, at: mu, withoutUpperBound: withoutUpperBound).q
  }

  /// q0 of the Asimov data with a signal.
  private func expectedQ0(mu: Double, poi: Int) throws -> Double {
    let conditional = try conditionalFit(at: mu)
    let fitter = Fitter(engine, data: model.expectedData(conditional.point))
    let free = try fitter.asimovFit(at: conditional.point, poi: poi)
    return try ProfiledStatistic(.q0, mu: 0, free: free, poi: poi) {
      var start = conditional.point
      start[poi] = 0
      return try fitter.minimise(fixing: [poi: 0], neighbours: [start])
    }.q
  }
}
