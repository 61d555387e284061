// SPDX-License-Identifier: Apache-2.0

/// When a scan has learnt enough; the first rule that holds is the reason.
public struct StopRule: Hashable, Sendable, Codable {
  /// Why a scan ended.
  public enum Reason: String, Hashable, Sendable, Codable {
    /// The number of evaluations is spent.
    case evaluations
    /// Predicted misclassified area and shift of the contour stayed low.
    case converged
  }

  /// Largest predicted misclassified fraction of the allowed volume.
  public let misclassified: Double
  /// Largest fraction of the volume that changes class between rounds.
  public let shift: Double
  /// For how many rounds in a row both must hold, at least 1.
  public let patience: Int
  /// The most evaluations, failed ones too; nil for no limit.
  public let evaluations: Int?

  /// A rule from its parts; a patience below 1 is taken as 1.
  public init(
    misclassified: Double = 0.01, shift: Double = 0.005, patience: Int = 2,
    evaluations: Int? = nil
  ) {
    (self.misclassified, self.shift) = (misclassified, shift)
    (self.patience, self.evaluations) = (max(patience, 1), evaluations)
  }

  /// The rule that holds after these rounds; nil when the scan should go on.
  ///
  /// - Parameter rounds: in order, one after each round.
  public func reason(after rounds: [Assessment]) -> Reason? {
    if rounds.count > patience,
      (rounds.count - patience..<rounds.count).allSatisfy({ index in
        rounds[index].misclassified <= misclassified
          && rounds[index].shift(from: rounds[index - 1]) <= shift
      })
    {
      return .converged
    }
    if let evaluations, let last = rounds.last, last.evaluations >= evaluations {
      return .evaluations
    }
    return nil
  }
}

/// What the surrogates say of a scan after a round.
public struct Assessment: Hashable, Sendable, Codable {
  /// Finished and failed ones.
  public let evaluations: Int
  /// Mean over the allowed volume of Φ(−|mean − level|/deviation), of the worst target.
  public let misclassified: Double
  /// For each target, whether the mean is above its level at each point of a fixed Sobol' set.
  public let isAbove: [[Bool]]

  /// An assessment from its parts.
  public init(evaluations: Int, misclassified: Double, isAbove: [[Bool]]) {
    (self.evaluations, self.misclassified) = (evaluations, misclassified)
    self.isAbove = isAbove
  }

  /// The largest fraction, over targets, of points that changed side; 1 if not comparable.
  public func shift(from other: Assessment) -> Double {
    guard isAbove.map(\.count) == other.isAbove.map(\.count) else { return 1 }
    return zip(isAbove, other.isAbove).map { now, before in
      Double(zip(now, before).count { $0 != $1 }) / Double(max(now.count, 1))
    }.max() ?? 1
  }
}

extension Sampler {
  /// Integrates what the surrogates of the log predict over the allowed part of 2048 Sobol' points,
  /// or of the pool.
  ///
  /// - Throws: as `surrogates(_:)`, and `SamplingError` when the constraint allows none of the
  ///   points.
  public func assessment(_ log: [Trial]) throws -> Assessment {
    let sobol = Sobol(dimension: space.dimension, seed: CounterRandom.bits(seed, 0))
    let positions = (pool ?? (0..<2048).map { sobol[$0] }).filter(space.contains)
    guard !positions.isEmpty else {
      throw SamplingError("the constraints allow none of the scan's points: loosen them")
    }
    var worst = 0.0
    var isAbove: [[Bool]] = []
    for (surrogate, target) in zip(try surrogates(log), targets) {
      let predictions = positions.map(surrogate.prediction(at:))
      let sum = predictions.reduce(0) {
        $0 + Acquisition.misclassification($1, level: target.level)
      }
      worst = max(worst, sum / Double(positions.count))
      isAbove.append(predictions.map { $0.mean > target.level })
    }
    return Assessment(
      evaluations: log.count { $0.outcome != .pending }, misclassified: worst, isAbove: isAbove)
  }
}
