// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import HistFactory
import Inference

/// CLs at one signal strength; keys as `pyhf cls` writes them.
public struct CLsPoint: Sendable, Hashable, Codable {
  /// The signal strength.
  public let mu: Double
  /// Observed CLs.
  public let observedCLs: Double
  /// Expected CLs at −2σ … +2σ, ascending.
  public let expectedCLs: [Double]

  private enum CodingKeys: String, CodingKey {
    case mu
    case observedCLs = "CLs_obs"
    case expectedCLs = "CLs_exp"
  }
}

extension WorkspaceSource {
  /// CLs in equal steps from no signal to a tenth beyond the largest of the limits.
  func scan(
    _ analyzer: Analyzer, of model: Model, around limit: UpperLimit, steps: Int,
    testStatistic: StatisticChoice
  ) throws -> [CLsPoint] {
    let end = 1.1 * max(limit.observed, limit.expected.values.max() ?? limit.observed)
    return try (0..<steps).map { step in
      let mu = end * Double(step) / Double(steps - 1)
      let test = try hypothesisReport(analyzer, of: model, mu: mu, testStatistic: testStatistic)
      return CLsPoint(mu: mu, observedCLs: test.observedCLs, expectedCLs: test.expectedCLs)
    }
  }
}

extension LimitReport {
  /// CLs along the signal strength with the expected bands and the limits, as SVG.
  ///
  /// - Parameters:
  ///   - title: stands above it.
  ///   - confidenceLevel: that of the limits.
  /// - Throws: a limit that wasn't asked for its scan.
  public func figure(
    title: String = "", confidenceLevel: Double = 0.95
  ) throws(Failure) -> String {
    try classified {
      var figure = BrazilFigure(
        title: title, x: FigureAxis("\\mu", from: 0), y: FigureAxis("CL_{s}", from: 0, to: 1.05),
        points: (scan ?? []).map {
          .init(x: $0.mu, observed: $0.observedCLs, expected: $0.expectedCLs)
        })
      figure.level = .init(
        1 - confidenceLevel, String(format: "%g%% CL", 100 * confidenceLevel))
      figure.marks = [
        .init(observed, .observed, "Observed limit"),
        .init(expected[2], .expected, "Expected limit"),
      ]
      return try figure.svg()
    }
  }
}
