// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A scan in a list.
public struct ScanSummary: Sendable, Hashable, Codable {
  /// The scan's name.
  public let scan: String
  /// The analysis, as `NAME@3`.
  public let analysis: String
  /// `created`, `running`, `interrupted`, `stopped`, `finished` or `failed`; `interrupted` is a
  /// running scan whose process is gone.
  public let status: String
  /// Which rule ended it, or why it stopped.
  public let reason: String?
  /// Points with a result.
  public let finished: Int
  /// Points that gave none.
  public let failed: Int
  /// Points that were asked for and are not answered.
  public let pending: Int
  /// When it was first started.
  public let createdAt: Date
  /// When it ended; nil while it has not.
  public let endedAt: Date?

  private enum CodingKeys: String, CodingKey {
    case scan, analysis, status, reason, finished, failed, pending
    case createdAt = "created_at"
    case endedAt = "ended_at"
  }
}
