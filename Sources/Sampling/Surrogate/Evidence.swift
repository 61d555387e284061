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
  /// [coefficients][rows] of the trend.
  let columns: [[Double]]
  private let precisions: [Double]

  /// Without a prior.
  ///
  /// - Parameters:
  ///   - offset: subtracted from the values.
  ///   - scale: divides what is left, and the derivatives.
  package init(_ observations: [Observation], offset: Double, scale: Double) {
    self.init(observations, Trend(offset: offset, scale: scale))
  }

  init(_ observations: [Observation], _ trend: Trend) {
    var rows: [Matern.Row] = []
    var responses: [Double] = []
    var variances: [Double] = []
    let unit = trend.scale * trend.scale
    func add(_ row: Matern.Row, _ response: Double, _ variance: Double) {
      rows.append(row)
      responses.append(trend.standardised(response, row))
      variances.append(variance)
    }
    for observation in observations {
      let position = observation.position
      add((position, nil), observation.value, observation.variance / unit + Self.nugget)
      for (axis, slope) in observation.gradient.enumerated() {
        guard let slope else { continue }
        add((position, axis), slope, observation.gradientVariance / unit + 1e-6)
      }
    }
    let columns = rows.map(trend.columns)
    (self.rows, self.responses, self.variances) = (rows, responses, variances)
    precisions = trend.precisions
    self.columns = trend.precisions.indices.map { index in columns.map { $0[index] } }
  }

  /// Row i of the covariance of the data, up to its diagonal.
  func covariance(_ kernel: Matern, row i: Int) -> [Double] {
    (0...i).map { kernel.covariance(rows[i], rows[$0]) + ($0 == i ? variances[i] : 0) }
  }

  /// Minus the logarithm of marginal likelihood times priors, less a constant, and its gradient;
  /// nil where the covariance isn't positive definite.
  ///
  /// ½ zᵀK⁻¹z + ½ βᵀΛβ + ½ log|K|, z = y − Hβ with the generalised least squares β of the trend
  /// (Rasmussen and Williams, eq. 2.30 and 5.9); priors log a ~ N(0, 2²), log l ~ N(log ½, 1).
  package func negativeLogPosterior(at logarithms: [Double]) -> (value: Double, gradient: [Double])?
  {
    let kernel = Matern(logarithms: logarithms)
    guard let factor = Cholesky(rows.indices.map { covariance(kernel, row: $0) }) else {
      return nil
    }
    let (coefficients, weights) = solution(factor)
    let residual = residual(coefficients)
    var value = 0.5 * kernel_dot(residual, weights, weights.count) + factor.halfLogDeterminant
    for (precision, coefficient) in zip(precisions, coefficients) {
      value += 0.5 * precision * coefficient * coefficient
    }
    var gradient = [Double](repeating: 0, count: logarithms.count)
    let inverse = factor.inverse
    for i in rows.indices {
      for j in 0...i {
        let weight = (i == j ? 0.5 : 1) * (inverse[i][j] - weights[i] * weights[j])
        kernel.addGradient(rows[i], rows[j], times: weight, to: &gradient)
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

  /// The generalised least squares coefficients of the trend, with their priors, and K⁻¹(y − Hβ).
  func solution(_ factor: Cholesky) -> (coefficients: [Double], weights: [Double]) {
    let solved = columns.map(factor.solve)
    let count = responses.count
    let right = solved.map { kernel_dot($0, responses, count) }
    let coefficients = normal(solved)?.solve(right) ?? right.map { _ in 0 }
    return (coefficients, factor.solve(residual(coefficients)))
  }

  /// The factor of HᵀK⁻¹H + Λ, from K⁻¹H.
  func normal(_ solved: [[Double]]) -> Cholesky? {
    Cholesky(
      columns.indices.map { i in
        (0...i).map { j in
          kernel_dot(columns[i], solved[j], responses.count) + (i == j ? precisions[i] : 0)
        }
      })
  }

  private func residual(_ coefficients: [Double]) -> [Double] {
    var residual = responses
    for (column, coefficient) in zip(columns, coefficients) {
      kernel_axpy(&residual, -coefficient, column, residual.count)
    }
    return residual
  }
}
