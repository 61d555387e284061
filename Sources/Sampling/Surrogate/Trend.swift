// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a Gaussian process subtracts from its data before it is conditioned on them: their scale,
/// and what a cheaper scan predicts.
///
/// y = y_lo + offset + scale (β₀ + β₁ (y_lo − centre)/spread + z), z the process; with β₁ = 0
/// without a prior y_lo. ρ = 1 + β₁ scale/spread is the factor of Kennedy and O'Hagan (Biometrika
/// 87 (2000) 1, eq. 1), with a prior ρ ~ N(1, 0.3²). y_lo counts as known: where it is wrong the
/// difference is what the process learns.
struct Trend: Sendable {
  let prior: GaussianProcess?
  let offset: Double
  let scale: Double
  private let centre: Double
  private let spread: Double

  /// Population mean and standard deviation of the data, of their difference to a prior.
  init(_ observations: [Observation], prior: GaussianProcess?) {
    let cheap = observations.map { prior?.mean(at: $0.position) ?? 0 }
    let (offset, deviation) = Self.moments(zip(observations, cheap).map { $0.value - $1 })
    let (centre, spread) = Self.moments(cheap)
    self.init(
      prior: prior, offset: offset, scale: max(deviation, 1e-6), centre: centre,
      spread: max(spread, 1e-6))
  }

  init(
    prior: GaussianProcess? = nil, offset: Double, scale: Double, centre: Double = 0,
    spread: Double = 1
  ) {
    (self.prior, self.offset, self.scale) = (prior, offset, scale)
    (self.centre, self.spread) = (centre, spread)
  }

  /// Of the prior of each coefficient: none for β₀.
  var precisions: [Double] {
    prior == nil ? [0] : [0, scale * scale / (0.09 * spread * spread)]
  }

  /// What multiplies each coefficient in a row.
  func columns(_ row: Matern.Row) -> [Double] {
    guard let axis = row.axis else {
      guard let prior else { return [1] }
      return [1, (prior.mean(at: row.position) - centre) / spread]
    }
    guard let prior else { return [0] }
    return [0, prior.meanGradient(at: row.position)[axis] / spread]
  }

  /// A value or derivative in the process' unit.
  func standardised(_ response: Double, _ row: Matern.Row) -> Double {
    guard let axis = row.axis else {
      return (response - (prior?.mean(at: row.position) ?? 0) - offset) / scale
    }
    return (response - (prior?.meanGradient(at: row.position)[axis] ?? 0)) / scale
  }

  /// ρ, 1 without a prior.
  func factor(_ coefficients: [Double]) -> Double {
    coefficients.count < 2 ? 1 : 1 + coefficients[1] * scale / spread
  }

  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count)).squareRoot())
  }
}
