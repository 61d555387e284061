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
  /// CLs along the signal strength, ascending; nil unless asked for.
  public let scan: [CLsPoint]?

  private enum CodingKeys: String, CodingKey {
    case observed = "upper_limit_obs"
    case expected = "upper_limit_exp"
    case derivatives = "upper_limit_derivatives"
    case scan
  }
}

extension WorkspaceSource {
  /// The CLs upper limit on the signal strength, also beyond the bounds the workspace suggests for it.
  ///
  /// - Parameter confidenceLevel: in (0, 1).
  /// - Parameter testStatistic: q or q̃.
  /// - Parameter derivatives: also give those of the limits by the nominal yields.
  /// - Parameter scanPoints: also give CLs at so many signal strengths, from 0 to beyond the limits;
  ///   0 for none, else from 2 to 10000.
  public func upperLimit(
    confidenceLevel: Double = 0.95, testStatistic: StatisticChoice = .qtilde,
    derivatives: Bool = false, scanPoints: Int = 0
  ) throws(Failure) -> LimitReport {
    try classifiedWithName {
      guard scanPoints == 0 || (2...10_000).contains(scanPoints) else {
        throw Failure.refused("A scan has from 2 to 10000 points, not \(scanPoints).")
      }
      let model = try model()
      let analyzer = try Analyzer(model)
      let limit = try definedLimit(
        analyzer, confidenceLevel: confidenceLevel, testStatistic: testStatistic,
        derivatives: derivatives)
      return LimitReport(
        observed: limit.observed, expected: limit.expected.values,
        derivatives: try YieldDerivatives(
          observed: limit.yieldDerivatives, expected: limit.expectedYieldDerivatives, of: model),
        scan: scanPoints == 0
          ? nil
          : try scan(
            analyzer, of: model, around: limit, steps: scanPoints, testStatistic: testStatistic))
    }
  }

  /// The limit if it and its band are numbers.
  func definedLimit(
    _ analyzer: Analyzer, confidenceLevel: Double = 0.95, testStatistic: StatisticChoice = .qtilde,
    derivatives: Bool = false
  ) throws -> UpperLimit {
    let limit = try analyzer.upperLimit(
      confidenceLevel: confidenceLevel, testStatistic: testStatistic.testStatistic,
      derivatives: derivatives)
    guard limit.observed.isFinite, limit.expected.values.allSatisfy(\.isFinite) else {
      throw Failure.failed(
        "\(name): the upper limit is not defined: no signal strength reaches it.")
    }
    return limit
  }
}
