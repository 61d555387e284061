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
  /// Largest shift, a fraction of the volume.
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
    if rounds.count >= patience,
      (rounds.count - patience..<rounds.count).allSatisfy({ index in
        rounds[index].misclassified <= misclassified && rounds[index].shift <= shift
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
