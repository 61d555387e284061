// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation

/// A smooth random function conditioned on observations: Matérn-5/2, constant mean, noise and
/// derivatives row by row.
///
/// Values are standardised by their mean and population standard deviation; the constant mean of
/// what is left is found by generalised least squares. With a prior, what a cheaper scan found,
/// it is conditioned on the difference y − ρ y_lo, ρ found with the mean.
public struct GaussianProcess: Sendable {
  /// What it is conditioned on.
  public let observations: [Observation]
  /// Logarithms of the amplitude (a variance, in standardised units) and of the length scale of
  /// each axis (in units of the cube).
  public let hyperparameters: [Double]
  /// Factor on every predicted standard deviation: above 1 when the leave-one-out residuals of
  /// the fit were too large.
  public private(set) var inflation: Double

  private let trend: [Trend]
  private let kernel: Matern
  private let coefficients: [Double]
  private var rows: [Matern.Row]
  private var factor: Cholesky
  private var weights: [Double]

  /// Conditions on observations with given hyperparameters.
  ///
  /// - Throws: `SamplingError` for no observation, positions of different dimensions, numbers
  ///   that aren't finite, hyperparameters of another dimension or for which the covariance isn't
  ///   positive definite, a prior of another dimension.
  public init(
    _ observations: [Observation], hyperparameters: [Double], inflation: Double = 1,
    prior: GaussianProcess? = nil
  ) throws {
    guard inflation >= 1, inflation.isFinite else {
      throw SamplingError("an inflation of \(inflation) isn't a factor of 1 or more")
    }
    try Self.check(observations, prior)
    guard hyperparameters.count == observations[0].position.count + 1,
      hyperparameters.allSatisfy(\.isFinite)
    else {
      throw SamplingError(
        "hyperparameters must be an amplitude and a length scale per axis, all finite logarithms")
    }
    let trend = Trend(observations, prior: prior)
    let evidence = Evidence(observations, trend)
    let kernel = Matern(logarithms: hyperparameters)
    guard
      let factor = Cholesky(evidence.rows.indices.map { evidence.covariance(kernel, row: $0) })
    else {
      throw SamplingError(
        "the covariance of the observations isn't positive definite: give noisy ones a variance")
    }
    (self.observations, self.hyperparameters) = (observations, hyperparameters)
    (self.trend, self.rows) = ([trend], evidence.rows)
    (self.kernel, self.factor, self.inflation) = (kernel, factor, inflation)
    (coefficients, weights) = evidence.solution(factor)
  }

  /// Finds the hyperparameters of largest marginal likelihood times priors, from the default
  /// start and from `start`, and inflates the uncertainty when the rms of the leave-one-out
  /// residuals is above 1.5.
  ///
  /// - Throws: as the other initialiser.
  public init(
    fitting observations: [Observation], from start: [Double]? = nil,
    prior: GaussianProcess? = nil
  ) throws {
    try Self.check(observations, prior)
    let dimension = observations[0].position.count
    let evidence = Evidence(observations, Trend(observations, prior: prior))
    let box =
      [Evidence.amplitudeRange] + Array(repeating: Evidence.scaleRange, count: dimension)
    let standard = [0] + [Double](repeating: log(0.4), count: dimension)
    let warm = start.flatMap { $0.count == dimension + 1 ? $0 : nil }
    let best = [standard, warm].compactMap { $0 }.compactMap {
      BoxedDescent.minimum(of: evidence.negativeLogPosterior(at:), from: $0, in: box)
    }.min { $0.value < $1.value }
    try self.init(observations, hyperparameters: best?.point ?? standard, prior: prior)
    let squares = leaveOneOut().map { $0.residual * $0.residual }
    let rms = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    if rms > 1.5 { inflation = rms }
  }

  /// Number of parameters.
  public var dimension: Int { kernel.lengthScales.count }
  /// What a cheaper scan found.
  public var prior: GaussianProcess? { trend[0].prior }
  /// What the prior is multiplied with, 1 without one.
  public var priorFactor: Double { trend[0].factor(coefficients) }

  /// The mean and standard deviation of the function, without noise, in the response's unit.
  public func prediction(at position: [Double]) -> (mean: Double, deviation: Double) {
    let covariances = covariances(position)
    let whitened = factor.solveLower(covariances)
    let variance = kernel.amplitude - kernel_dot(whitened, whitened, whitened.count)
    return (
      mean(position, covariances), max(variance, 1e-12).squareRoot() * trend[0].scale * inflation
    )
  }

  /// The mean of the function, in the response's unit; cheaper than a whole prediction.
  public func mean(at position: [Double]) -> Double { mean(position, covariances(position)) }

  /// The gradient of the predicted mean by the coordinates of the position.
  public func meanGradient(at position: [Double]) -> [Double] {
    let factor = priorFactor
    let cheap = prior?.meanGradient(at: position)
    return position.indices.map { axis in
      let slopes = rows.map { kernel.covariance((position, axis), $0) }
      return kernel_dot(slopes, weights, weights.count) * trend[0].scale
        + (cheap.map { factor * $0[axis] } ?? 0)
    }
  }

  /// What is predicted for the value of each observation from all other rows, and the residual
  /// (value − mean)/deviation, the noise of the value in the deviation.
  ///
  /// With M = K⁻¹ − K⁻¹H(HᵀK⁻¹H + Λ)⁻¹HᵀK⁻¹, which leaves the trend free, value − mean is
  /// (K⁻¹(y − Hβ))_i / M_ii and its variance 1/M_ii (Dubrule, Math. Geol. 15 (1983) 687).
  public func leaveOneOut() -> [(mean: Double, deviation: Double, residual: Double)] {
    let evidence = Evidence(observations, trend[0])
    let solved = evidence.columns.map(factor.solve)
    let normal = evidence.normal(solved)
    let inverse = factor.inverse
    let values = evidence.rows.indices.filter { evidence.rows[$0].axis == nil }
    return zip(values, observations).map { i, observation in
      let column = solved.map { $0[i] }
      let free = normal.map { zip($0.solve(column), column).reduce(0) { $0 + $1.0 * $1.1 } } ?? 0
      let precision = max(inverse[i][i] - free, 1e-300)
      let scale = trend[0].scale
      return (
        observation.value - weights[i] / precision * scale, scale / precision.squareRoot(),
        weights[i] / precision.squareRoot()
      )
    }
  }

  private func covariances(_ position: [Double]) -> [Double] {
    rows.map { kernel.covariance((position, nil), $0) }
  }

  private func mean(_ position: [Double], _ covariances: [Double]) -> Double {
    let columns = trend[0].columns((position, nil))
    let process =
      zip(coefficients, columns).reduce(0) { $0 + $1.0 * $1.1 }
      + kernel_dot(covariances, weights, weights.count)
    return process * trend[0].scale + trend[0].offset + (prior?.mean(at: position) ?? 0)
  }

  private static func check(_ observations: [Observation], _ prior: GaussianProcess?) throws {
    guard let first = observations.first else {
      throw SamplingError("a Gaussian process needs an observation: evaluate a point first")
    }
    for (index, observation) in observations.enumerated() {
      if let problem = observation.problem {
        throw SamplingError("observation \(index) \(problem)")
      }
      guard observation.position.count == first.position.count, !observation.position.isEmpty else {
        throw SamplingError(
          "observation \(index) has \(observation.position.count) coordinates, "
            + "the first has \(first.position.count)")
      }
    }
    guard prior?.dimension ?? first.position.count == first.position.count else {
      throw SamplingError(
        "a prior of \(prior?.dimension ?? 0) dimensions says nothing of observations with "
          + "\(first.position.count) coordinates")
    }
  }
}

/// What acquisitions that look ahead need.
extension GaussianProcess {
  /// L⁻¹k for a position: the inner product of two is what the data take off their covariance.
  package func whitened(_ position: [Double]) -> [Double] {
    factor.solveLower(covariances(position))
  }

  /// The covariance, given the data, of the function at two positions, in the response's unit.
  package func covariance(
    _ first: [Double], _ firstWhitened: [Double], _ second: [Double], _ secondWhitened: [Double]
  ) -> Double {
    let scale = trend[0].scale * inflation
    return scale * scale
      * (kernel.covariance((first, nil), (second, nil))
        - kernel_dot(firstWhitened, secondWhitened, firstWhitened.count))
  }

  /// Takes what is predicted at a position for the truth, in O(n²): means don't change,
  /// deviations near it shrink. Nothing happens where the factor would break.
  package mutating func believe(_ position: [Double]) {
    let row = covariances(position) + [kernel.amplitude + Evidence.nugget]
    guard factor.append(row) else { return }
    rows.append((position, nil))
    weights.append(0)
  }
}
