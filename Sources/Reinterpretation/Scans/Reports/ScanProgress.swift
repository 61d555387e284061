// SPDX-License-Identifier: Apache-2.0

/// Where a scan is, told as it goes.
public struct ScanProgress: Sendable, Hashable {
  /// The scan's name.
  public let scan: String
  /// Points with a result.
  public let finished: Int
  /// Points that gave none.
  public let failed: Int
  /// Points being evaluated now.
  public let running: Int
  /// The most evaluations there may be.
  public let evaluations: Int?
  /// Predicted misclassified fraction of the allowed area; nil while too little is known.
  public let misclassified: Double?
  /// The misclassified fraction at which the scan stops; nil for strategies that end by
  /// themselves.
  public let goal: Double?
  /// Seconds until the scan is done at the latest, from its pace so far; nil while unknown.
  public let secondsLeft: Double?
}
