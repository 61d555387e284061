// SPDX-License-Identifier: Apache-2.0
import Inference

/// How well the best fit describes the data, measured against the saturated model.
public struct GoodnessReport: Sendable, Hashable, Codable {
  /// −2 log(L of the best fit/L of the saturated model).
  public let chiSquared: Double
  /// Bins less free parameters without a constraint.
  public let degreesOfFreedom: Int
  /// The probability of a worse fit; nil without degrees of freedom.
  public let pValue: Double?
  /// −2 log L of the best fit, with all constants.
  public let twiceNLL: Double

  private enum CodingKeys: String, CodingKey {
    case chiSquared = "chi2"
    case degreesOfFreedom = "ndof"
    case pValue = "p_value"
    case twiceNLL = "twice_nll"
  }
}

extension WorkspaceSource {
  /// Fits all free parameters and compares with the saturated model.
  public func goodnessOfFit() throws(Failure) -> GoodnessReport {
    try classifiedWithName {
      let analyzer = try Analyzer(model())
      let fit = try analyzer.fit()
      let goodness = try analyzer.goodnessOfFit(fit)
      return GoodnessReport(
        chiSquared: goodness.chiSquared, degreesOfFreedom: goodness.degreesOfFreedom,
        pValue: goodness.pValue, twiceNLL: fit.twiceNLL)
    }
  }
}
