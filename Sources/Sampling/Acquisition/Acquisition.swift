// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation

/// A contour that a scan looks for: where one output crosses a level.
public struct Target: Hashable, Sendable, Codable {
  /// Index of the output among those of every result.
  public let output: Int
  /// In the output's unit: 0 for log10 of an upper limit on mu.
  public let level: Double
  /// Relative to the other contours of the scan, above zero.
  public let weight: Double

  /// A contour from its parts; `Sampler` checks them.
  public init(output: Int = 0, level: Double = 0, weight: Double = 1) {
    (self.output, self.level, self.weight) = (output, level, weight)
  }

  /// With deviations that grow with the distance from the level, 0.02 of it for a value and 3 of
  /// it for a derivative by a whole axis: what the response does far from the contour, where it
  /// may have cliffs and kinks, must not shape the surrogate near it.
  func loosened(_ observation: Observation) -> Observation {
    let distance = observation.value - level
    return Observation(
      observation.position, value: observation.value,
      variance: observation.variance + 4e-4 * distance * distance,
      gradient: observation.gradient,
      gradientVariance: observation.gradientVariance + 9 * distance * distance)
  }
}

/// How much is learnt of the contours by an evaluation.
public enum Acquisition: String, Hashable, Sendable, Codable {
  /// Σ weight H₂(Φ((mean − level)/deviation)): the entropy of which side of each contour the
  /// point is on.
  case entropy = "mes-sum"
  /// max √β deviation − |mean − level|, β drawn from χ²₂ for each proposal (arXiv:2408.03144).
  case randomisedStraddle = "randomised-straddle"
  /// Targeted integrated variance: Σ weight ∫ (variance that the evaluation takes off)
  /// N(level; mean, variance) (Picheny et al., J. Mech. Des. 132 (2010) 071008).
  case targetedVariance = "timse"
  /// Stepwise uncertainty reduction: Σ weight ∫ (misclassification now − expected one after the
  /// evaluation) (Bect et al., Stat. Comput. 22 (2012) 773, arXiv:1009.5177).
  case stepwiseReduction = "sur"

  /// Whether the value is an integral over the space, which `Lookahead` knows.
  var looksAhead: Bool { self == .targetedVariance || self == .stepwiseReduction }

  /// The value of one that doesn't look ahead; of one that does, what its candidates are chosen
  /// by.
  ///
  /// - Parameters:
  ///   - predictions: for each target, the surrogate's mean and deviation.
  ///   - uniform: the draw that β comes from, in [0, 1).
  package func value(
    _ predictions: [(mean: Double, deviation: Double)], _ targets: [Target], uniform: Double
  ) -> Double {
    switch self {
    case .entropy, .targetedVariance, .stepwiseReduction:
      zip(predictions, targets).reduce(0) { sum, pair in
        let p = Self.misclassification(pair.0, level: pair.1.level)
        guard p > 0 else { return sum }
        return sum - pair.1.weight * (p * log(p) + (1 - p) * log1p(-p))
      }
    case .randomisedStraddle:
      zip(predictions, targets).map {
        (-2 * log1p(-uniform)).squareRoot() * $0.deviation - abs($0.mean - $1.level)
      }.max() ?? 0
    }
  }

  /// Φ(−|mean − level|/deviation): the probability that the surrogate takes the wrong side.
  package static func misclassification(
    _ prediction: (mean: Double, deviation: Double), level: Double
  ) -> Double {
    exp(kernel_log_normal_cdf(-abs(prediction.mean - level) / prediction.deviation))
  }
}
