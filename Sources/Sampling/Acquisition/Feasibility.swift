// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The chance that an evaluation succeeds, from those near by that did and didn't.
///
/// (1 + S) / (1 + S + F), with S = Σ successes' w(0.1) and F = Σ failures' w(0.03) +
/// max(0, Σ failures' w(0.1) − 1), w(width) = exp(−½ (distance/width)²) on the unit cube. A failure
/// that is alone may be an accident and keeps only its closest surroundings free; several in one
/// region mark the region. 1 far from every failure.
package struct Feasibility: Sendable {
  let succeeded: [[Double]]
  let failed: [[Double]]

  /// Positions in the unit cube.
  package init(succeeded: [[Double]], failed: [[Double]]) {
    (self.succeeded, self.failed) = (succeeded, failed)
  }

  package func probability(at position: [Double]) -> Double {
    guard !failed.isEmpty else { return 1 }
    let good = 1 + weight(succeeded, position, width: 0.1)
    let region = weight(failed, position, width: 0.1) - 1
    return good / (good + weight(failed, position, width: 0.03) + max(0, region))
  }

  private func weight(_ points: [[Double]], _ position: [Double], width: Double) -> Double {
    points.reduce(0) { sum, point in
      let square = zip(point, position).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return sum + exp(-square / (2 * width * width))
    }
  }
}
