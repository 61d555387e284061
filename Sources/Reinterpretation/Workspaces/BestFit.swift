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
  /// Largest derivative of −log L by a free parameter, projected on the bounds.
  public let projectedGradient: Double
  /// Evaluations of the likelihood.
  public let evaluations: Int
  /// Values that ended at a bound, such as `mu` or `gamma[2]`.
  public let parametersAtBounds: [String]
  /// Of the constrained parameters; nil unless asked for.
  public let pulls: [FitPull]?
  /// Nil unless asked for.
  public let correlations: CorrelationTable?
  /// Parameter → ends of its interval of one standard deviation by the profile likelihood (MINOS);
  /// nil unless asked for.
  public let intervals: [String: ProfileInterval]?
  /// The fit by a second minimiser; nil unless asked for.
  public let crossCheck: FitComparison?
  /// Minima that several starting points led to, the best first; nil for one starting point.
  public let minima: [FoundMinimum]?

  private enum CodingKeys: String, CodingKey {
    case twiceNLL = "twice_nll"
    case parameters = "mle_parameters"
    case uncertainties
    case isConverged = "converged"
    case edm
    case projectedGradient = "projected_gradient"
    case evaluations
    case parametersAtBounds = "at_bounds"
    case pulls, correlations
    case intervals = "minos"
    case crossCheck = "cross_check"
    case minima
  }
}

extension WorkspaceSource {
  /// Fits all free parameters.
  public func fit(_ details: FitDetails = FitDetails()) throws(Failure) -> BestFit {
    try classifiedWithName {
      let model = try model()
      guard (1...10_000).contains(details.starts) else {
        throw Failure.refused("A fit has from 1 to 10000 starting points, not \(details.starts).")
      }
      var options = FitOptions()
      options.starts = details.starts
      let analyzer = try Analyzer(model, options: options)
      let result = try analyzer.fit()
      let covariance = try analyzer.covariance(at: result)
      let uncertainties = covariance?.uncertainties
      let numbers = [result.twiceNLL, result.edm] + result.bestFit + (uncertainties ?? [])
      guard result.isConverged, numbers.allSatisfy(\.isFinite) else {
        throw Failure.failed(
          "\(name): the fit did not converge: EDM \(result.edm) after \(result.evaluations) "
            + "evaluations, projected gradient \(result.projectedGradient).")
      }
      return BestFit(
        twiceNLL: result.twiceNLL, parameters: model.named(model.onBounds(result.bestFit)),
        uncertainties: uncertainties.map(model.named), isConverged: result.isConverged,
        edm: result.edm, projectedGradient: result.projectedGradient,
        evaluations: result.evaluations,
        parametersAtBounds: result.parametersAtBounds,
        pulls: details.hasPulls
          ? analyzer.pulls(of: result, covariance: covariance).map(FitPull.init) : nil,
        correlations: details.hasCorrelations
          ? covariance.map { CorrelationTable($0, of: model) } : nil,
        intervals: try intervals(details.profiled, analyzer, result, covariance, model),
        crossCheck: details.hasCrossCheck
          ? FitComparison(
            try analyzer.crossCheck(result), of: result, uncertainties: uncertainties, in: model)
          : nil,
        minima: details.starts > 1
          ? try analyzer.minima(starts: details.starts).map { FoundMinimum($0, of: model) } : nil)
    }
  }

  private func intervals(
    _ names: [String], _ analyzer: Analyzer, _ fit: FitResult, _ covariance: ParameterCovariance?,
    _ model: Model
  ) throws -> [String: ProfileInterval]? {
    guard !names.isEmpty else { return nil }
    var intervals: [String: ProfileInterval] = [:]
    for named in names {
      let index = try model.slot(of: named, in: name)
      let interval = try analyzer.interval(of: index, around: fit, covariance: covariance)
      intervals[named] = ProfileInterval(lower: interval.lower, upper: interval.upper)
    }
    return intervals
  }
}
