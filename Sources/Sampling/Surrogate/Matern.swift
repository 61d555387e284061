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

  /// - Parameter logarithms: of the amplitude, then of each length scale.
  package init(logarithms: [Double]) {
    amplitude = exp(logarithms[0])
    lengthScales = logarithms.dropFirst().map { exp($0) }
  }

  /// The covariance of two rows, k, ∂k/∂x_i, ∂k/∂x'_j or ∂²k/∂x_i∂x'_j.
  package func covariance(_ a: Row, _ b: Row) -> Double {
    guard a.axis == nil, b.axis == nil else { return pair(a, b).covariance(a.axis, b.axis) }
    // Most calls are for two values: no arrays for them.
    var square = 0.0
    for axis in lengthScales.indices {
      let distance = (a.position[axis] - b.position[axis]) / lengthScales[axis]
      square += distance * distance
    }
    let u = (5 * square).squareRoot()
    return amplitude * exp(-u) * (1 + u + u * u / 3)
  }

  /// The covariance and its derivatives in the logarithms of the length scales.
  package func covarianceAndGradient(_ a: Row, _ b: Row) -> (Double, [Double]) {
    let pair = pair(a, b)
    return (
      pair.covariance(a.axis, b.axis),
      lengthScales.indices.map { pair.derivative($0, a.axis, b.axis) }
    )
  }

  private func pair(_ a: Row, _ b: Row) -> Pair {
    Pair(amplitude: amplitude, lengthScales: lengthScales, a: a.position, b: b.position)
  }
}

/// What all blocks of two points share.
private struct Pair {
  let scales: [Double]
  let u: Double
  /// k
  let value: Double
  /// −2 ∂k/∂(r²) = (5/3) a (1 + u) e^-u
  let first: Double
  /// −2 ∂first/∂(r²) = (25/3) a e^-u
  let second: Double
  /// d_i / l_i²
  let slopes: [Double]
  /// d_i² / l_i²
  let squares: [Double]

  init(amplitude: Double, lengthScales: [Double], a: [Double], b: [Double]) {
    scales = lengthScales
    slopes = lengthScales.indices.map { (a[$0] - b[$0]) / (lengthScales[$0] * lengthScales[$0]) }
    var squares = slopes
    for i in squares.indices { squares[i] *= a[i] - b[i] }
    self.squares = squares
    u = (5 * squares.reduce(0, +)).squareRoot()
    let decay = amplitude * exp(-u)
    value = decay * (1 + u + u * u / 3)
    first = decay * (5.0 / 3) * (1 + u)
    second = decay * (25.0 / 3)
  }

  func covariance(_ i: Int?, _ j: Int?) -> Double {
    switch (i, j) {
    case (nil, nil): value
    case (nil, let j?): first * slopes[j]
    case (let i?, nil): -first * slopes[i]
    case (let i?, let j?):
      (i == j ? first / (scales[i] * scales[i]) : 0) - second * slopes[i] * slopes[j]
    }
  }

  /// By the logarithm of length scale p: ∂(r²) = −2 d_p²/l_p², ∂(d_p/l_p²) = −2 d_p/l_p².
  func derivative(_ p: Int, _ i: Int?, _ j: Int?) -> Double {
    let square = squares[p]
    switch (i, j) {
    case (nil, nil): return first * square
    case (nil, let j?): return slopes[j] * (second * square - (j == p ? 2 * first : 0))
    case (let i?, nil): return -slopes[i] * (second * square - (i == p ? 2 * first : 0))
    case (let i?, let j?):
      let count = (i == p ? 1.0 : 0) + (j == p ? 1.0 : 0)
      // d_p²/u goes to zero with u.
      let third = u > 0 ? second * 5 / u * square : 0
      let diagonal =
        i == j ? (second * square - (i == p ? 2 * first : 0)) / (scales[i] * scales[i]) : 0
      return diagonal + (2 * second * count - third) * slopes[i] * slopes[j]
    }
  }
}
