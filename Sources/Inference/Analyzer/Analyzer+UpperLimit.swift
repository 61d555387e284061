// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Analyzer {
  /// The signal strength at which CLs falls to 1 − confidenceLevel, observed and expected.
  ///
  /// The parameter's upper bound doesn't count: a limit may lie beyond it, and so may the best fit it
  /// refers to. The expected limits need the fits to the Asimov data only. Accurate to about 10⁻⁹,
  /// as far as the fits are.
  ///
  /// - Parameters:
  ///   - confidenceLevel: between 0 and 1.
  ///   - testStatistic: q or q̃ (arXiv:1007.1727, equations 14 and 16).
  ///   - derivatives: also fill `yieldDerivatives` and `expectedYieldDerivatives`.
  /// - Throws: `InvalidHypothesis` without a parameter of interest, for a confidence level outside
  ///   (0, 1), when no signal strength is excluded or all are, or when the search ends nowhere;
  ///   `FitFailure`.
  public func upperLimit(
    confidenceLevel: Double = 0.95, testStatistic: TestStatistic = .qTilde,
    derivatives: Bool = false
  ) throws -> UpperLimit {
    _ = try parameterOfInterest()
    guard confidenceLevel > 0, confidenceLevel < 1 else {
      throw InvalidHypothesis(
        description: "a confidence level of \(confidenceLevel) isn't between 0 and 1; the usual "
          + "one is 0.95")
    }
    let expected = try expectedLimits(confidenceLevel: confidenceLevel)
    let observed = try observedLimit(
      confidenceLevel: confidenceLevel, testStatistic: testStatistic, guess: expected.median)
    return UpperLimit(
      observed: observed, expected: expected, confidenceLevel: confidenceLevel,
      yieldDerivatives: derivatives
        ? try yieldDerivatives(ofObservedLimit: observed, testStatistic: testStatistic) : nil,
      expectedYieldDerivatives: derivatives
        ? try expected.values.map(yieldDerivatives(ofExpectedLimit:)) : nil)
  }

  /// √qA is nearly proportional to mu, so a few points of it lead close to all five limits.
  private func expectedLimits(confidenceLevel: Double) throws -> Band {
    let asimov = try asimov()
    let uncertainty = asimov.signalStrengthUncertainty()
    var curve = InverseCurve()
    curve.add(0, value: 0, derivative: 1 / uncertainty)
    func limit(_ sigmas: Double) throws -> Double {
      let target = AsymptoticTest.rootQAsimov(confidenceLevel: confidenceLevel, sigmas: sigmas)
      let guess = curve.variable(at: target) ?? target * uncertainty
      let outcome = try IncreasingRoot().solve(target: target, guess: guess) { mu in
        let statistic = try asimov.statistic(at: mu)
        let root = statistic.q.squareRoot()
        let derivative = root > 0 ? 0.5 * statistic.derivative / root : 0
        curve.add(mu, value: root, derivative: derivative)
        return (root, derivative)
      }
      return try self.limit(outcome, confidenceLevel, "expected")
    }
    let median = try limit(0)
    let plus2 = try limit(2)
    let minus2 = try limit(-2)
    return Band(
      minus2: minus2, minus1: try limit(-1), median: median, plus1: try limit(1), plus2: plus2)
  }

  /// √(−2 log CLs) is nearly linear in mu where it matters.
  private func observedLimit(
    confidenceLevel: Double, testStatistic: TestStatistic, guess: Double
  ) throws -> Double {
    let poi = try parameterOfInterest()
    let asimov = try asimov()
    let free = try bestFit(withoutUpperBound: true)
    let target = (-2 * log1p(-confidenceLevel)).squareRoot()
    let outcome = try IncreasingRoot().solve(
      target: target, guess: guess + max(0, free.point[poi])
    ) { mu in
      let observed = try observedStatistic(at: mu, withoutUpperBound: true)
      let expected = try asimov.statistic(at: mu)
      let test = AsymptoticTest(q: observed.q, qAsimov: expected.q, testStatistic: testStatistic)
      let root = (-2 * test.logCLs).squareRoot()
      let derivative =
        test.derivativeQ * observed.derivative + test.derivativeQAsimov * expected.derivative
      return (root, root > 0 ? -derivative / root : 0)
    }
    return try limit(outcome, confidenceLevel, "observed")
  }

  /// The root, or why there is none.
  private func limit(
    _ outcome: IncreasingRoot.Outcome, _ confidenceLevel: Double, _ kind: String
  ) throws(InvalidHypothesis) -> Double {
    let reason: String
    switch outcome {
    case .found(let root): return root
    case .staysBelow:
      reason =
        "no signal strength is excluded at \(confidenceLevel): the signal changes no bin's "
        + "expectation enough; check the signal sample's yields and its 'normfactor'"
    case .staysAbove:
      reason =
        "every positive signal strength is excluded at \(confidenceLevel), however small: check "
        + "the signal sample's yields, which may be far too large, and the background's, which may "
        + "be 0"
    case .undefined(let mu):
      reason =
        "the search for the \(kind) limit came to a signal strength of \(mu), where CLs isn't a "
        + "number: some bin may expect a negative yield there; check the templates"
    case .notConverged(let lower, let upper):
      reason =
        "the search for the \(kind) limit didn't converge: it lies between \(lower) and \(upper), "
        + "where CLs jumps; more starting points of the fits may help"
    }
    throw InvalidHypothesis(description: reason)
  }
}
