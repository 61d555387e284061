// SPDX-License-Identifier: Apache-2.0

/// What a reinterpretation would do, found out without doing any of it.
public struct PlanReport: Sendable, Hashable, Codable {
  /// A step and whether its output is there.
  public struct Step: Sendable, Hashable, Codable {
    /// Whether the step would be executed.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
      /// Its output is there.
      case cached
      /// It would be executed.
      case run
    }

    /// The step's id.
    public let id: String
    /// Its kind.
    public let kind: String
    /// Whether it would be executed.
    public let state: State
    /// Why: what differs from the nearest earlier execution.
    public let reason: String
    /// Whether it depends on the signal.
    public let dependsOnSignal: Bool
    /// The fingerprint of what it makes, 64 hexadecimal digits.
    public let fingerprint: String

    private enum CodingKeys: String, CodingKey {
      case id, kind, state, reason, fingerprint
      case dependsOnSignal = "depends_on_signal"
    }
  }

  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// The signal's name.
  public let signal: String
  /// The plan's fingerprint: the run's identity.
  public let fingerprint: String
  /// Steps in topological order.
  public let steps: [Step]
}
