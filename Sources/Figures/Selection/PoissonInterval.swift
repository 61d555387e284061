// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The central 68.27% interval of a Poisson mean, given a count (Garwood 1936).
enum PoissonInterval {
  /// Probability in each tail outside of one standard deviation.
  private static let tail = 0.15865525393145707
  /// Above, Wilson and Hilferty's cube root is good to 2e-6 of the value.
  private static let largestExact = 500.0

  /// Distances from the count, both at least zero.
  static func distances(_ count: Double) -> (down: Double, up: Double) {
    guard count <= largestExact else {
      let lower = cubeRoot(count, -1)
      return (count - lower, cubeRoot(count + 1, 1) - count)
    }
    // P(N ≥ count | lower) and P(N ≤ count | upper) are the tail.
    let lower =
      count < 1
      ? 0 : root(between: 0, and: count) { 1 - cumulative(count - 1, $0) < tail }
    let upper = root(between: count, and: 3 * count + 10) { cumulative(count, $0) > tail }
    return (count - lower, upper - count)
  }

  /// Quantile of a gamma distribution whose shape is large.
  private static func cubeRoot(_ shape: Double, _ deviations: Double) -> Double {
    let width = 1 / (9 * shape)
    return shape * pow(1 - width + deviations * width.squareRoot(), 3)
  }

  private static func cumulative(_ count: Double, _ mean: Double) -> Double {
    var term = exp(-mean)
    var sum = term
    var number = 1.0
    while number <= count {
      term *= mean / number
      sum += term
      number += 1
    }
    return sum
  }

  /// Where a condition that holds at the lower end ceases to hold.
  private static func root(
    between lower: Double, and upper: Double, _ holds: (Double) -> Bool
  ) -> Double {
    var (lower, upper) = (lower, upper)
    for _ in 0..<60 {
      let middle = (lower + upper) / 2
      if holds(middle) { lower = middle } else { upper = middle }
    }
    return (lower + upper) / 2
  }
}
