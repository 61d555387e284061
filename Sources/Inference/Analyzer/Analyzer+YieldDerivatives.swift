// SPDX-License-Identifier: Apache-2.0
import HistFactory

// All data are held fixed, and modifiers' absolute templates too. The fits are at their minima, so q
// and qA change only through what depends on the yields explicitly (envelope theorem).
extension Analyzer {
  /// ∂q/∂(nominal yield) of the data; 0 where q is 0.
  func yieldDerivatives(ofObserved statistic: ProfiledStatistic) -> [Double] {
    let likelihood = observed.likelihood
    guard statistic.q > 0, let conditional = statistic.conditional else {
      return zeroYieldDerivatives
    }
    return zip(
      likelihood.yieldGradient(conditional.point), likelihood.yieldGradient(statistic.free.point)
    ).map { 2 * ($0 - $1) }
  }

  /// ∂qA/∂(nominal yield) of the Asimov data, which change with the yields directly and through the
  /// conditional fit they are made at; 0 where qA is 0.
  func yieldDerivatives(ofAsimov statistic: ProfiledStatistic) throws -> [Double] {
    let background = try asimov()
    guard statistic.q > 0, let conditional = statistic.conditional else {
      return zeroYieldDerivatives
    }
    let likelihood = background.fitter.likelihood
    let explicit = zip(
      likelihood.yieldGradient(conditional.point), likelihood.yieldGradient(statistic.free.point)
    ).map { $0 - $1 }
    let throughData = try asimovResponse().throughData(
      free: statistic.free.point, conditional: conditional.point)
    return zip(explicit, throughData).map { 2 * ($0 + $1) }
  }

  private var zeroYieldDerivatives: [Double] {
    [Double](repeating: 0, count: model.yields.count)
  }
}

// MARK: - Hypothesis tests

extension Analyzer {
  /// ∂ log CLs/∂(nominal yield), observed and of the five expected.
  func yieldDerivatives(
    of test: AsymptoticTest, observed: ProfiledStatistic, asimov: ProfiledStatistic
  ) throws -> (observed: [Double], expected: [[Double]]) {
    let byYield = yieldDerivatives(ofObserved: observed)
    let asimovByYield = try yieldDerivatives(ofAsimov: asimov)
    let combined = zip(byYield, asimovByYield).map {
      term(test.derivativeQ, $0) + term(test.derivativeQAsimov, $1)
    }
    let expected = (-2...2).map { sigmas in
      let slope = AsymptoticTest.expectedDerivative(qAsimov: asimov.q, sigmas: Double(sigmas))
      return asimovByYield.map { term(slope, $0) }
    }
    return (combined, expected)
  }

  /// A product in which a factor of 0 wins over one that isn't a number.
  private func term(_ slope: Double, _ derivative: Double) -> Double {
    slope == 0 ? 0 : slope * derivative
  }
}

// MARK: - Limits

extension Analyzer {
  /// ∂μ/∂(nominal yield) of the observed limit μ: −(∂ log CLs/∂y)/(∂ log CLs/∂μ).
  func yieldDerivatives(ofObservedLimit mu: Double, testStatistic: TestStatistic) throws
    -> [Double]
  {
    let observed = try observedStatistic(at: mu, withoutUpperBound: true)
    let asimov = try asimov().statistic(at: mu)
    let test = AsymptoticTest(q: observed.q, qAsimov: asimov.q, testStatistic: testStatistic)
    let slope =
      test.derivativeQ * observed.derivative + test.derivativeQAsimov * asimov.derivative
    return try yieldDerivatives(of: test, observed: observed, asimov: asimov).observed
      .map { -$0 / slope }
  }

  /// ∂μ/∂(nominal yield) of an expected limit μ, which is where qA takes a given value:
  /// −(∂qA/∂y)/(∂qA/∂μ).
  func yieldDerivatives(ofExpectedLimit mu: Double) throws -> [Double] {
    let statistic = try asimov().statistic(at: mu)
    return try yieldDerivatives(ofAsimov: statistic).map { -$0 / statistic.derivative }
  }
}
