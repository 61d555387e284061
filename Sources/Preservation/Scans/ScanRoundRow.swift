// SPDX-License-Identifier: Apache-2.0
public import Foundation
import GRDB

/// What a scan knew of its accuracy at the end of a round: a row that never changes.
public struct ScanRoundRow: Sendable, Hashable {
  /// From 1, as in proposals.
  public let round: Int
  /// Points with outputs at that time. A retried point that now has outputs makes the same round
  /// be assessed again.
  public let evaluations: Int
  /// Predicted part of the space on the wrong side of a contour, in [0, 1]; nil when there are too
  /// few points to say.
  public let misclassified: Double?
  /// Part of the space that the last results brought to the other side, in [0, 1]; nil when there
  /// are too few points to say.
  public let shift: Double?
  /// When it was assessed; the registry keeps milliseconds.
  public let createdAt: Date

  /// An assessment from its parts.
  public init(
    round: Int, evaluations: Int, misclassified: Double?, shift: Double?,
    createdAt: Date = Date()
  ) {
    self.round = round
    self.evaluations = evaluations
    self.misclassified = misclassified
    self.shift = shift
    self.createdAt = createdAt
  }
}

extension ScanRoundRow {
  static let select = """
    SELECT round, evaluations, misclassified, shift, createdAt
    FROM scanRound WHERE scan = ? ORDER BY round, evaluations
    """

  init(_ row: Row) throws {
    self.init(
      round: row[0], evaluations: row[1], misclassified: row[2], shift: row[3],
      createdAt: try Timestamp.date(row[4]))
  }
}

/// The whole log of a scan as it was at one moment: with the specification, all there is to know.
public struct ScanLog: Sendable, Hashable {
  /// By number.
  public let proposals: [ScanProposalRow]
  /// By number and attempt.
  public let outcomes: [ScanOutcomeRow]
  /// By round and evaluations.
  public let rounds: [ScanRoundRow]

  /// The last attempt at each point that was answered, by its number.
  public var latestOutcomes: [Int: ScanOutcomeRow] {
    // Attempts are in order, so the last one stays.
    Dictionary(outcomes.map { ($0.number, $0) }, uniquingKeysWith: { _, last in last })
  }
}
