// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The chance that an evaluation succeeds, from those near by that did and didn't.
///
/// (1 + Σ successes' w) / (1 + Σ all w) with w = exp(−½ (distance/0.1)²) on the unit cube: 1 far
/// from every failure.
struct Feasibility: Sendable {
  let succeeded: [[Double]]
  let failed: [[Double]]

  func probability(at position: [Double]) -> Double {
    guard !failed.isEmpty else { return 1 }
    let good = 1 + weight(succeeded, position)
    return good / (good + weight(failed, position))
  }

  private func weight(_ points: [[Double]], _ position: [Double]) -> Double {
    points.reduce(0) { sum, point in
      let square = zip(point, position).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return sum + exp(-50 * square)
    }
  }
}
