// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A run in a list.
public struct RunSummary: Sendable, Hashable, Codable {
  /// The run's number.
  public let run: Int64
  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// The signal's name.
  public let signal: String
  /// The signal's point.
  public let point: [String: Double]
  /// `queued`, `running`, `succeeded`, `failed` or `cancelled`.
  public let status: String
  /// Why it did not succeed.
  public let message: String?
  /// When it was begun.
  public let startedAt: Date?
  /// When it ended.
  public let endedAt: Date?

  private enum CodingKeys: String, CodingKey {
    case run, analysis, version, signal, point, status, message
    case startedAt = "started_at"
    case endedAt = "ended_at"
  }
}

/// A run with its steps.
public struct RunDescription: Sendable, Hashable, Codable {
  /// A step of the run.
  public struct Step: Sendable, Hashable, Codable {
    /// The step's id.
    public let id: String
    /// Its kind.
    public let kind: String
    /// `pending`, `running`, `succeeded`, `cached`, `failed`, `cancelled` or `skipped`.
    public let status: String
    /// Why it was executed or not.
    public let reason: String
    /// Why it failed.
    public let message: String?
    /// Wall seconds of its execution.
    public let seconds: Double?
    /// Where it was executed.
    public let host: String?
    /// Fingerprint of what it makes.
    public let fingerprint: String
  }

  /// The run.
  public let summary: RunSummary
  /// Its steps.
  public let steps: [Step]
}

/// What a step wrote while it was executed.
public struct StepLog: Sendable, Hashable, Codable {
  /// The step's id.
  public let step: String
  /// Its lines.
  public let text: String
}
