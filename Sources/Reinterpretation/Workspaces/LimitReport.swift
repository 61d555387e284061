// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// An upper limit on the signal strength.
public struct LimitReport: Sendable, Hashable, Codable {
  /// The signal strength at which the observed CLs is 1 − confidence level.
  public let observed: Double
  /// The same for the expected CLs at −2σ, −1σ, median, +1σ, +2σ, ascending.
  public let expected: [Double]
  /// Of the limits by the nominal yields; nil unless asked for.
  public let derivatives: YieldDerivatives?

  private enum CodingKeys: String, CodingKey {
    case observed = "upper_limit_obs"
    case expected = "upper_limit_exp"
    case derivatives = "upper_limit_derivatives"
  }
}

extension WorkspaceSource {
  /// The CLs upper limit on the signal strength, also beyond the bounds the workspace suggests for it.
  ///
  /// - Parameter confidenceLevel: in (0, 1).
  /// - Parameter testStatistic: q or q̃.
  /// - Parameter derivatives: also give those of the limits by the nominal yields.
  public func upperLimit(
    confidenceLevel: Double = 0.95, testStatistic: StatisticChoice = .qtilde,
    derivatives: Bool = false
  ) throws(Failure) -> LimitReport {
    try classifiedWithName {
      let model = try model()
      let limit = try Analyzer(model).upperLimit(
        confidenceLevel: confidenceLevel, testStatistic: testStatistic.testStatistic,
        derivatives: derivatives)
      guard limit.observed.isFinite, limit.expected.values.allSatisfy(\.isFinite) else {
        throw Failure.failed(
          "\(name): the upper limit is not defined: no signal strength reaches it.")
      }
      return LimitReport(
        observed: limit.observed, expected: limit.expected.values,
        derivatives: try YieldDerivatives(
          observed: limit.yieldDerivatives, expected: limit.expectedYieldDerivatives, of: model))
    }
  }
}
