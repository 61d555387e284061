// SPDX-License-Identifier: Apache-2.0

/// When a scan is finished: when both shares have been small for a number of rounds, or when one
/// of the budgets is used up.
public struct ScanStop: Sendable, Hashable, Codable {
  /// Largest predicted share of the area on the wrong side, in (0, 1).
  public let misclassified: Double
  /// Largest share of the area that the last seventh of the results, at least four, brings to
  /// the other side, in (0, 1).
  public let contourShift: Double
  /// Number of rounds in a row that fulfil both.
  public let patience: Int
  /// Largest number of points, at least 1.
  public let evaluations: Int
  /// Longest time in seconds; nil for no limit.
  public let wallTime: Double?

  /// A rule from its parts.
  public init(
    misclassified: Double = 0.01, contourShift: Double = 0.005, patience: Int = 2,
    evaluations: Int = 200, wallTime: Double? = nil
  ) {
    self.misclassified = misclassified
    self.contourShift = contourShift
    self.patience = patience
    self.evaluations = evaluations
    self.wallTime = wallTime
  }
}

/// What becomes of points whose runs fail.
public struct ScanFailures: Sendable, Hashable, Codable {
  /// How often a failed run is repeated, with the same seed.
  public let retries: Int
  /// Whether the surrogate learns where runs fail and avoids it.
  public let usesClassifier: Bool

  /// A rule from its parts.
  public init(retries: Int = 0, usesClassifier: Bool = true) {
    self.retries = retries
    self.usesClassifier = usesClassifier
  }
}
