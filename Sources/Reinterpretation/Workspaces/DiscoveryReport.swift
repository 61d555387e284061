// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// The asymptotic test of the background-only hypothesis (arXiv:1007.1727, equations 12 and 47–53).
public struct DiscoveryReport: Sendable, Hashable, Codable {
  /// p0 of the data.
  public let observedP0: Double
  /// In standard deviations.
  public let observedSignificance: Double
  /// p0 expected with ``expectedMu``, ascending: for data that fluctuate by +2σ … −2σ.
  public let expectedP0: [Double]
  /// In standard deviations.
  public let expectedSignificance: Double
  /// The signal strength that is expected.
  public let expectedMu: Double
  /// −2 log(L(0)/L(μ̂)), or 0 where μ̂ < 0.
  public let q0: Double
  /// The fitted signal strength.
  public let muHat: Double

  private enum CodingKeys: String, CodingKey {
    case observedP0 = "p0_obs"
    case observedSignificance = "significance_obs"
    case expectedP0 = "p0_exp"
    case expectedSignificance = "significance_exp"
    case expectedMu = "expected_mu"
    case q0
    case muHat = "mu_hat"
  }
}

extension WorkspaceSource {
  /// p0 and significance, observed and expected.
  public func discovery(expectedMu: Double = 1) throws(Failure) -> DiscoveryReport {
    try classifiedWithName { try discoveryReport(model(), expectedMu: expectedMu) }
  }

  func discoveryReport(_ model: Model, expectedMu: Double = 1) throws -> DiscoveryReport {
    let found = try Analyzer(model).discovery(expectedMu: expectedMu)
    let numbers =
      [found.p0, found.significance, found.expectedSignificance, found.q0, found.muHat]
      + found.expectedP0.values
    guard numbers.allSatisfy(\.isFinite) else {
      throw Failure.failed("\(name): the significance is not defined: it is not finite.")
    }
    return DiscoveryReport(
      observedP0: found.p0, observedSignificance: found.significance,
      expectedP0: found.expectedP0.values, expectedSignificance: found.expectedSignificance,
      expectedMu: expectedMu, q0: found.q0, muHat: model.onBound(signalStrength: found.muHat))
  }
}
