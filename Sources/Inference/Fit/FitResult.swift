// SPDX-License-Identifier: Apache-2.0

/// The best fit of a model to data, and how good a minimum it is.
public struct FitResult: Sendable {
  /// In the order of `Model.parameterNames`.
  public let bestFit: [Double]
  /// −2 log L with all its constants.
  public let twiceNLL: Double
  /// True for every fit that is returned; one that didn't converge is a `FitFailure`.
  public let isConverged: Bool
  /// Estimated distance to the minimum of −log L; below 10⁻⁸.
  public let edm: Double
  /// Largest |∂(−log L)| over the parameters that aren't fixed, projected on the bounds.
  public let projectedGradient: Double
  /// Evaluations of −log L with its gradient, over all starting points.
  public let evaluations: Int
  /// Names of the parameters that ended on a bound.
  public let parametersAtBounds: [String]
  /// True where the model or the caller fixed the parameter.
  public let isFixed: [Bool]

  package init(
    bestFit: [Double], twiceNLL: Double, isConverged: Bool, edm: Double, projectedGradient: Double,
    evaluations: Int, parametersAtBounds: [String], isFixed: [Bool]
  ) {
    self.bestFit = bestFit
    self.twiceNLL = twiceNLL
    self.isConverged = isConverged
    self.edm = edm
    self.projectedGradient = projectedGradient
    self.evaluations = evaluations
    self.parametersAtBounds = parametersAtBounds
    self.isFixed = isFixed
  }
}
