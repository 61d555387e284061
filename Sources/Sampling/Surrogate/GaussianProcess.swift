// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation

/// A smooth random function conditioned on observations: Matérn-5/2, constant mean, noise and
/// derivatives row by row.
///
/// Values are standardised by their mean and population standard deviation; the constant mean of
/// what is left is found by generalised least squares.
public struct GaussianProcess: Sendable {
  /// What it is conditioned on.
  public let observations: [Observation]
  /// Logarithms of the amplitude (a variance, in standardised units) and of the length scale of
  /// each axis (in units of the cube).
  public let hyperparameters: [Double]
  /// Factor on every predicted standard deviation: above 1 when the leave-one-out residuals of
  /// the fit were too large.
  public private(set) var inflation: Double

  private let offset: Double
  private let scale: Double
  private let evidence: Evidence
  private let kernel: Matern
  private let factor: Cholesky
  private let mean: Double
  private let weights: [Double]

  /// Conditions on observations with given hyperparameters.
  ///
  /// - Throws: `SamplingError` for no observation, positions of different dimensions, numbers
  ///   that aren't finite, hyperparameters of another dimension or for which the covariance isn't
  ///   positive definite.
  public init(
    _ observations: [Observation], hyperparameters: [Double], inflation: Double = 1
  ) throws {
    guard inflation >= 1, inflation.isFinite else {
      throw SamplingError("an inflation of \(inflation) isn't a factor of 1 or more")
    }
    let (offset, scale) = try Self.standardisation(observations)
    guard hyperparameters.count == observations[0].position.count + 1,
      hyperparameters.allSatisfy(\.isFinite)
    else {
      throw SamplingError(
        "hyperparameters must be an amplitude and a length scale per axis, all finite logarithms")
    }
    let evidence = Evidence(observations, offset: offset, scale: scale)
    let kernel = Matern(logarithms: hyperparameters)
    guard
      let factor = Cholesky(evidence.rows.indices.map { evidence.covariance(kernel, row: $0) })
    else {
      throw SamplingError(
        "the covariance of the observations isn't positive definite: give noisy ones a variance")
    }
    (self.observations, self.hyperparameters) = (observations, hyperparameters)
    (self.offset, self.scale, self.evidence) = (offset, scale, evidence)
    (self.kernel, self.factor, self.inflation) = (kernel, factor, inflation)
    (mean, weights) = evidence.solution(factor)
  }

  /// Finds the hyperparameters of largest marginal likelihood times priors, from the default
  /// start and from `start`, and inflates the uncertainty when the rms of the leave-one-out
  /// residuals is above 1.5.
  ///
  /// - Throws: as the other initialiser.
  public init(fitting observations: [Observation], from start: [Double]? = nil) throws {
    let (offset, scale) = try Self.standardisation(observations)
    let dimension = observations[0].position.count
    let evidence = Evidence(observations, offset: offset, scale: scale)
    let box =
      [Evidence.amplitudeRange] + Array(repeating: Evidence.scaleRange, count: dimension)
    let standard = [0] + [Double](repeating: log(0.4), count: dimension)
    let warm = start.flatMap { $0.count == dimension + 1 ? $0 : nil }
    let best = [standard, warm].compactMap { $0 }.compactMap {
      BoxedDescent.minimum(of: evidence.negativeLogPosterior(at:), from: $0, in: box)
    }.min { $0.value < $1.value }
    try self.init(observations, hyperparameters: best?.point ?? standard)
    let squares = leaveOneOutResiduals().map { $0 * $0 }
    let rms = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    if rms > 1.5 { inflation = rms }
  }

  /// The mean and standard deviation of the function, without noise, in the response's unit.
  public func prediction(at position: [Double]) -> (mean: Double, deviation: Double) {
    let covariances = evidence.rows.map { kernel.covariance((position, nil), $0) }
    let whitened = factor.solveLower(covariances)
    let variance = kernel.amplitude - kernel_dot(whitened, whitened, whitened.count)
    return (
      (mean + kernel_dot(covariances, weights, weights.count)) * scale + offset,
      max(variance, 1e-12).squareRoot() * scale * inflation
    )
  }

  /// The gradient of the predicted mean by the coordinates of the position.
  public func meanGradient(at position: [Double]) -> [Double] {
    position.indices.map { axis in
      let slopes = evidence.rows.map { kernel.covariance((position, axis), $0) }
      return kernel_dot(slopes, weights, weights.count) * scale
    }
  }

  /// (y − prediction from all other rows) / its standard deviation, for each value.
  ///
  /// With M = K⁻¹ − K⁻¹1 1ᵀK⁻¹/(1ᵀK⁻¹1), which leaves the mean free, the residual is
  /// (K⁻¹(y − m))_i / √M_ii (Dubrule, Math. Geol. 15 (1983) 687).
  public func leaveOneOutResiduals() -> [Double] {
    let solvedOnes = factor.solve(evidence.ones)
    let total = kernel_dot(solvedOnes, evidence.ones, evidence.ones.count)
    let inverse = factor.inverse
    return evidence.rows.indices.filter { evidence.rows[$0].axis == nil }.map { i in
      weights[i] / max(inverse[i][i] - solvedOnes[i] * solvedOnes[i] / total, 1e-300).squareRoot()
    }
  }

  private static func standardisation(
    _ observations: [Observation]
  ) throws -> (offset: Double, scale: Double) {
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
    let count = Double(observations.count)
    let offset = observations.reduce(0) { $0 + $1.value } / count
    let squares = observations.reduce(0) { $0 + ($1.value - offset) * ($1.value - offset) }
    return (offset, max((squares / count).squareRoot(), 1e-6))
  }
}
