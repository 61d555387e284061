// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// The test statistic a front end may ask for.
public enum StatisticChoice: String, Sendable, Hashable, Codable, CaseIterable {
  /// q̃μ of arXiv:1007.1727 eq. 16: the signal strength is not negative.
  case qtilde
  /// qμ of arXiv:1007.1727 eq. 14.
  case q

  var testStatistic: TestStatistic { self == .q ? .q : .qTilde }
}

/// An asymptotic CLs test of one signal strength; JSON keys as `pyhf cls` writes them.
public struct HypothesisReport: Sendable, Hashable, Codable {
  /// Observed CLs, in [0, 1].
  public let observedCLs: Double
  /// Expected CLs at −2σ, −1σ, median, +1σ, +2σ, ascending.
  public let expectedCLs: [Double]
  /// The fitted signal strength.
  public let muHat: Double
  /// Of log CLs by the nominal yields; nil unless asked for.
  public let derivatives: YieldDerivatives?

  private enum CodingKeys: String, CodingKey {
    case observedCLs = "CLs_obs"
    case expectedCLs = "CLs_exp"
    case muHat = "mu_hat"
    case derivatives = "log_CLs_derivatives"
  }
}

extension WorkspaceSource {
  /// Tests the signal strength `mu` (arXiv:1007.1727, asymptotic formulae).
  ///
  /// - Parameters:
  ///   - mu: the signal strength.
  ///   - testStatistic: q or q̃.
  ///   - derivatives: also give those of log CLs by the nominal yields.
  public func hypothesisTest(
    mu: Double = 1, testStatistic: StatisticChoice = .qtilde, derivatives: Bool = false
  ) throws(Failure) -> HypothesisReport {
    try classifiedWithName {
      let model = try model()
      return try hypothesisReport(
        Analyzer(model), of: model, mu: mu, testStatistic: testStatistic, derivatives: derivatives)
    }
  }

  func hypothesisReport(
    _ analyzer: Analyzer, of model: Model, mu: Double, testStatistic: StatisticChoice = .qtilde,
    derivatives: Bool = false
  ) throws -> HypothesisReport {
    let test = try analyzer.hypothesisTest(
      mu: mu, testStatistic: testStatistic.testStatistic, derivatives: derivatives)
    let numbers = [test.observedCLs, test.muHat] + test.expectedCLs.values
    guard numbers.allSatisfy(\.isFinite) else {
      throw Failure.failed("\(name): CLs at mu = \(mu) is not defined: the result is not finite.")
    }
    return HypothesisReport(
      observedCLs: test.observedCLs, expectedCLs: test.expectedCLs.values,
      muHat: model.onBound(signalStrength: test.muHat),
      derivatives: try YieldDerivatives(
        observed: test.yieldDerivatives, expected: test.expectedYieldDerivatives, of: model))
  }
}
