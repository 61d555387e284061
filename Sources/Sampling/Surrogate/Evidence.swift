// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation

/// The rows of a Gaussian process and their marginal likelihood as a function of the
/// hyperparameters: logarithms of the amplitude and of the length scales.
package struct Evidence: Sendable {
  /// Added to every variance, in standardised units, so that equal points don't break the factor.
  package static let nugget = 2e-8
  /// Box of log amplitude, and of each log length scale.
  package static let amplitudeRange = -4.0...5.0
  package static let scaleRange = log(0.03)...log(20.0)

  let rows: [Matern.Row]
  /// Standardised values and derivatives.
  let responses: [Double]
  let variances: [Double]

  /// - Parameters:
  ///   - offset: subtracted from the values.
  ///   - scale: divides what is left, and the derivatives.
  package init(_ observations: [Observation], offset: Double, scale: Double) {
    var rows: [Matern.Row] = []
    var responses: [Double] = []
    var variances: [Double] = []
    for observation in observations {
      rows.append((observation.position, nil))
      responses.append((observation.value - offset) / scale)
      variances.append(observation.variance / (scale * scale) + Self.nugget)
      for (axis, slope) in observation.gradient.enumerated() {
        guard let slope else { continue }
        rows.append((observation.position, axis))
        responses.append(slope / scale)
        variances.append(observation.gradientVariance / (scale * scale) + 1e-6)
      }
    }
    (self.rows, self.responses, self.variances) = (rows, responses, variances)
  }

  /// 1 for a value, 0 for a derivative: the constant mean's column.
  var ones: [Double] { rows.map { $0.axis == nil ? 1 : 0 } }

  /// Row i of the covariance of the data, up to its diagonal.
  func covariance(_ kernel: Matern, row i: Int) -> [Double] {
    (0...i).map { kernel.covariance(rows[i], rows[$0]) + ($0 == i ? variances[i] : 0) }
  }

  /// Minus the logarithm of marginal likelihood times priors, less a constant, and its gradient;
  /// nil where the covariance isn't positive definite.
  ///
  /// ½ zᵀK⁻¹z + ½ log|K|, z = y − m with m the generalised least squares mean (Rasmussen and
  /// Williams, eq. 2.30 and 5.9); priors log a ~ N(0, 2²), log l ~ N(log ½, 1).
  package func negativeLogPosterior(at logarithms: [Double]) -> (value: Double, gradient: [Double])?
  {
    let kernel = Matern(logarithms: logarithms)
    guard let factor = Cholesky(rows.indices.map { covariance(kernel, row: $0) }) else {
      return nil
    }
    let (mean, weights) = solution(factor)
    let residual = zip(responses, ones).map { $0 - mean * $1 }
    var value = 0.5 * kernel_dot(residual, weights, weights.count) + factor.halfLogDeterminant
    var gradient = [Double](repeating: 0, count: logarithms.count)
    let inverse = factor.inverse
    for i in rows.indices {
      for j in 0...i {
        let (covariance, slopes) = kernel.covarianceAndGradient(rows[i], rows[j])
        let twice = i == j ? 0.5 : 1
        let weight = twice * (inverse[i][j] - weights[i] * weights[j])
        gradient[0] += weight * covariance
        for (axis, slope) in slopes.enumerated() { gradient[axis + 1] += weight * slope }
      }
    }
    value += logarithms[0] * logarithms[0] / 8
    gradient[0] += logarithms[0] / 4
    for axis in 1..<logarithms.count {
      let distance = logarithms[axis] - log(0.5)
      value += distance * distance / 2
      gradient[axis] += distance
    }
    return (value, gradient)
  }

  /// The generalised least squares mean and K⁻¹(y − m).
  func solution(_ factor: Cholesky) -> (mean: Double, weights: [Double]) {
    let solvedOnes = factor.solve(ones)
    let mean =
      kernel_dot(solvedOnes, responses, rows.count) / kernel_dot(solvedOnes, ones, rows.count)
    return (mean, factor.solve(zip(responses, ones).map { $0 - mean * $1 }))
  }
}
