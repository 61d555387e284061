// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What one more evaluation is expected to do for a contour, integrated over points of the space.
package struct Lookahead {
  /// A point near enough to the contour to be on the wrong side of it.
  private struct Node {
    let position: [Double]
    let whitened: [Double]
    let distance: Double
    let variance: Double
    let misclassification: Double
  }

  private let acquisition: Acquisition
  private let surrogate: GaussianProcess
  private let target: Target
  private let nodes: [Node]
  private let count: Int

  /// Points that are wrong with less than this probability are left out of the integral.
  private static let threshold = 1e-4
  /// Of the Gauss-Hermite rule for the weight e^(−x²/2)/√(2π): half of its symmetric nodes.
  private static let rule: [(node: Double, weight: Double)] = [
    (0, 0.457142857142857), (1.154405394739968, 0.240123178605013),
    (2.366759410734541, 0.030757123967586), (3.750439717725742, 0.000548268855972),
  ]

  /// - Parameters:
  ///   - points: uniform in the allowed space, or those of a pool.
  ///   - target: what the surrogate is of.
  package init(
    _ acquisition: Acquisition, _ surrogate: GaussianProcess, _ target: Target,
    over points: [[Double]]
  ) {
    (self.acquisition, self.surrogate, self.target) = (acquisition, surrogate, target)
    count = points.count
    nodes = points.compactMap { position in
      let prediction = surrogate.prediction(at: position)
      let wrong = Acquisition.misclassification(prediction, level: target.level)
      guard wrong > Self.threshold else { return nil }
      return Node(
        position: position, whitened: surrogate.whitened(position),
        distance: prediction.mean - target.level,
        variance: prediction.deviation * prediction.deviation, misclassification: wrong)
    }
  }

  /// The target's weight times the mean over the points of what an exact evaluation at the
  /// position takes off.
  package func value(at position: [Double]) -> Double {
    let whitened = surrogate.whitened(position)
    let variance = surrogate.covariance(position, whitened, position, whitened)
    guard variance > 0 else { return 0 }
    let sum = nodes.reduce(0) { sum, node in
      let covariance = surrogate.covariance(position, whitened, node.position, node.whitened)
      return sum + gain(node, min(covariance * covariance / variance, node.variance))
    }
    return target.weight * sum / Double(max(count, 1))
  }

  /// - Parameter removed: the variance at the node that the evaluation takes off.
  private func gain(_ node: Node, _ removed: Double) -> Double {
    switch acquisition {
    case .entropy, .randomisedStraddle: return 0
    case .targetedVariance:
      let density = exp(-node.distance * node.distance / (2 * node.variance))
      return removed * density / (2 * .pi * node.variance).squareRoot()
    case .stepwiseReduction:
      guard removed > 1e-6 * node.variance else { return 0 }
      let (step, left) = (removed.squareRoot(), (node.variance - removed).squareRoot())
      let after = Self.rule.reduce(0) { sum, rule in
        let signs: [Double] = rule.node > 0 ? [-1, 1] : [1]
        return sum
          + signs.reduce(0) { part, sign in
            let mean = node.distance + sign * rule.node * step
            return part
              + rule.weight
              * Acquisition.misclassification((mean, max(left, 1e-12)), level: 0)
          }
      }
      return node.misclassification - after
    }
  }
}
