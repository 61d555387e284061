// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// A maximum-likelihood fit; JSON keys as pyhf's where pyhf has them.
public struct BestFit: Sendable, Hashable, Codable {
  /// −2 log L at the minimum, with all constants.
  public let twiceNLL: Double
  /// Parameter → fitted values.
  public let parameters: [String: [Double]]
  /// Parameter → √diag of the inverse Hessian, 0 where fixed; nil where that isn't positive definite.
  public let uncertainties: [String: [Double]]?
  /// Always true: a fit that did not converge is a ``Failure``.
  public let isConverged: Bool
  /// Estimated distance to the minimum of −log L, below 1e-8.
  public let edm: Double
  /// Evaluations of the likelihood.
  public let evaluations: Int
  /// Values that ended at a bound, such as `mu` or `gamma[2]`.
  public let parametersAtBounds: [String]

  private enum CodingKeys: String, CodingKey {
    case twiceNLL = "twice_nll"
    case parameters = "mle_parameters"
    case uncertainties
    case isConverged = "converged"
    case edm
    case evaluations
    case parametersAtBounds = "at_bounds"
  }
}

extension WorkspaceSource {
  /// Fits all free parameters.
  public func fit() throws(Failure) -> BestFit {
    try classifiedWithName {
      let model = try model()
      let analyzer = try Analyzer(model)
      let result = try analyzer.fit()
      let uncertainties = try analyzer.uncertainties(at: result)
      let numbers = [result.twiceNLL, result.edm] + result.bestFit + (uncertainties ?? [])
      guard result.isConverged, numbers.allSatisfy(\.isFinite) else {
        throw Failure.failed(
          "\(name): the fit did not converge: EDM \(result.edm) after \(result.evaluations) "
            + "evaluations, projected gradient \(result.projectedGradient).")
      }
      return BestFit(
        twiceNLL: result.twiceNLL, parameters: model.named(model.onBounds(result.bestFit)),
        uncertainties: uncertainties.map(model.named), isConverged: result.isConverged,
        edm: result.edm, evaluations: result.evaluations,
        parametersAtBounds: result.parametersAtBounds)
    }
  }
}
