// SPDX-License-Identifier: Apache-2.0
public import Inference

/// A fit with what is known about it: the content of the output `fit`.
public struct FitReport: Sendable, Hashable, Codable {
  /// A fitted parameter.
  public struct Parameter: Sendable, Hashable, Codable {
    /// Its flat name: `mu`, `gamma[0]`.
    public var name: String
    /// Best-fit value.
    public var value: Double
    /// From the curvature at the best fit; nil where that isn't positive definite.
    public var uncertainty: Double?
    /// Whether it was kept at its value.
    public var isFixed: Bool

    enum CodingKeys: String, CodingKey {
      case name, value, uncertainty
      case isFixed = "fixed"
    }
  }

  /// Parameters in the model's order.
  public var parameters: [Parameter]
  /// −2 log L with all constants.
  public var twiceNLL: Double
  /// Estimated distance to the minimum of −log L.
  public var edm: Double
  /// Largest derivative of −log L by a free parameter, projected on the bounds.
  public var projectedGradient: Double
  /// Number of evaluations of the likelihood.
  public var evaluations: Int
  /// Free parameters that ended at a bound.
  public var atBounds: [String]

  enum CodingKeys: String, CodingKey {
    case parameters, edm, evaluations
    case twiceNLL = "twice_nll"
    case projectedGradient = "projected_gradient"
    case atBounds = "at_bounds"
  }

  /// A report of a fit; names are those of the model.
  public init(_ fit: FitResult, uncertainties: [Double]?, names: [String]) {
    parameters = names.indices.map {
      Parameter(
        name: names[$0], value: fit.bestFit[$0], uncertainty: uncertainties?[$0],
        isFixed: fit.isFixed[$0])
    }
    twiceNLL = fit.twiceNLL
    edm = fit.edm
    projectedGradient = fit.projectedGradient
    evaluations = fit.evaluations
    atBounds = fit.parametersAtBounds
  }
}
