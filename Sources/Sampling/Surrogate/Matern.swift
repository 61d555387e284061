// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The Matérn-5/2 covariance with one length scale per axis, and its derivatives.
///
/// k = a (1 + u + u²/3) e^-u with u = √5 r, r² = Σ d_i²/l_i², d = x − x'
/// (Rasmussen and Williams, Gaussian Processes for Machine Learning, eq. 4.17).
package struct Matern: Sendable {
  /// What a row of the data is: a value, or the derivative along an axis.
  package typealias Row = (position: [Double], axis: Int?)

  package let amplitude: Double
  /// One per axis, in units of the cube.
  package let lengthScales: [Double]
  /// 1/l²
  private let inverseSquares: [Double]

  /// - Parameter logarithms: of the amplitude, then of each length scale.
  package init(logarithms: [Double]) {
    amplitude = exp(logarithms[0])
    lengthScales = logarithms.dropFirst().map { exp($0) }
    inverseSquares = logarithms.dropFirst().map { exp(-2 * $0) }
  }

  /// The covariance of two rows, k, ∂k/∂x_i, ∂k/∂x'_j or ∂²k/∂x_i∂x'_j.
  package func covariance(_ a: Row, _ b: Row) -> Double {
    covariance(a, b, block(a, b))
  }

  private func covariance(_ a: Row, _ b: Row, _ block: Block) -> Double {
    switch (a.axis, b.axis) {
    case (nil, nil): block.value
    case (nil, let j?): block.first * slope(a, b, j)
    case (let i?, nil): -block.first * slope(a, b, i)
    case (let i?, let j?):
      (i == j ? block.first * inverseSquares[i] : 0)
        - block.second * slope(a, b, i) * slope(a, b, j)
    }
  }

  /// Adds `weight` times the derivatives of the covariance by the logarithms of amplitude and
  /// length scales; ∂(r²) = −2 d_p²/l_p², ∂(d_p/l_p²) = −2 d_p/l_p².
  package func addGradient(
    _ a: Row, _ b: Row, times weight: Double, to gradient: inout [Double]
  ) {
    let block = block(a, b)
    for p in inverseSquares.indices {
      let distance = a.position[p] - b.position[p]
      let square = distance * distance * inverseSquares[p]
      let derivative: Double
      switch (a.axis, b.axis) {
      case (nil, nil): derivative = block.first * square
      case (nil, let j?):
        derivative =
          slope(a, b, j) * (block.second * square - (j == p ? 2 * block.first : 0))
      case (let i?, nil):
        derivative =
          -slope(a, b, i) * (block.second * square - (i == p ? 2 * block.first : 0))
      case (let i?, let j?):
        let count = (i == p ? 1.0 : 0) + (j == p ? 1.0 : 0)
        let diagonal =
          i == j
          ? (block.second * square - (i == p ? 2 * block.first : 0)) * inverseSquares[i] : 0
        derivative =
          diagonal + (2 * block.second * count - block.third * square) * slope(a, b, i)
          * slope(a, b, j)
      }
      gradient[p + 1] += weight * derivative
    }
    gradient[0] += weight * covariance(a, b, block)
  }

  /// d_i / l_i²
  private func slope(_ a: Row, _ b: Row, _ i: Int) -> Double {
    (a.position[i] - b.position[i]) * inverseSquares[i]
  }

  /// k, −2 ∂k/∂(r²) = (5/3) a (1 + u) e^-u, and −2 times the derivative of that, (25/3) a e^-u,
  /// and of that, (125/3) a e^-u/u.
  private typealias Block = (value: Double, first: Double, second: Double, third: Double)

  private func block(_ a: Row, _ b: Row) -> Block {
    var square = 0.0
    for axis in inverseSquares.indices {
      let distance = a.position[axis] - b.position[axis]
      square += distance * distance * inverseSquares[axis]
    }
    let u = (5 * square).squareRoot()
    let decay = amplitude * exp(-u)
    // The last is multiplied with d_p², which makes it vanish with u.
    return (
      decay * (1 + u + u * u / 3), decay * (5.0 / 3) * (1 + u), decay * (25.0 / 3),
      u > 0 ? decay * (125.0 / 3) / u : 0
    )
  }
}
