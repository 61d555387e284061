// SPDX-License-Identifier: Apache-2.0

/// Where a minimiser ended, and how good that is.
package struct Minimum: Sendable {
  package var point: [Double] = []
  package var value = Double.infinity
  /// Gradient at the point.
  package var gradient: [Double] = []
  /// Estimated distance to the minimum: ½ gᵀH⁻¹g over the free parameters.
  package var edm = Double.infinity
  /// Largest gradient component that a step inside the box could follow.
  package var projectedGradient = Double.infinity
  /// Where that component is; nil when all are 0.
  package var steepestParameter: Int?
  package var isConverged = false
  /// Evaluations of value and gradient, with or without curvature.
  package var evaluations = 0
  /// The exact curvature wasn't positive definite somewhere on the way.
  package var metIndefiniteCurvature = false
  /// The exact curvature isn't positive definite at the end: a saddle, or a flat direction.
  package var endsIndefinite = false

  /// ∂point/∂(the parameter that was asked for), for starts of neighbouring problems.
  package var tangent: [Double]?

  package init() {}

  /// A converged minimum beats one that isn't; among equals the lower value wins, by more than
  /// rounding.
  func isBetter(than other: Minimum) -> Bool {
    if isConverged != other.isConverged { return isConverged }
    if !other.value.isFinite { return value.isFinite || point.count > other.point.count }
    return value < other.value - 1e-11 * max(1, abs(value))
  }
}
