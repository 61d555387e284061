// SPDX-License-Identifier: Apache-2.0

/// What became of one signal: everything a physicist asks first, from cutflow to verdict.
public struct ReinterpretationReport: Sendable, Hashable, Codable {
  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// The analysis' title.
  public let title: String
  /// The signal's name.
  public let signal: String
  /// The signal's point: parameter → value, units in the names.
  public let point: [String: Double]
  /// The run's number.
  public let run: Int64
  /// `succeeded`, `failed` or `cancelled`.
  public let status: String
  /// Why the run did not succeed.
  public let message: String?
  /// Wall seconds of this call.
  public let seconds: Double
  /// The steps in topological order.
  public let steps: [Step]
  /// Rows of all cutflows, in order.
  public let cutflow: [CutflowRow]
  /// Acceptance times efficiency of each region that a selection reports.
  public let acceptances: [Acceptance]
  /// Signal regions with the signal's yields.
  public let regions: [Region]
  /// Tests of a signal strength.
  public let tests: [Test]
  /// Upper limits.
  public let limits: [Limit]
  /// Maximum-likelihood fits.
  public let fits: [Fit]
  /// What it all says.
  public let verdict: Verdict
}

extension ReinterpretationReport {
  private enum CodingKeys: String, CodingKey {
    case analysis, version, title, signal, point, run, status, message, seconds, steps, cutflow
    case regions, tests, limits, fits, verdict
    case acceptances = "acceptance_times_efficiency"
  }

  /// Whether the run succeeded.
  public var isSuccess: Bool { status == "succeeded" }
  /// Steps that were not executed because their output was there.
  public var cachedCount: Int { steps.count { $0.state == .cached } }

  /// A step of the run.
  public struct Step: Sendable, Hashable, Codable {
    /// How it came by its output.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
      /// It was executed by this call.
      case executed
      /// Its output was there.
      case cached
      /// Its execution failed.
      case failed
      /// A step it depends on failed.
      case skipped
      /// It was stopped, or not begun because the run was.
      case cancelled
    }

    /// The step's id.
    public let id: String
    /// Its kind.
    public let kind: String
    /// How it came by its output.
    public let state: State
    /// Why it was executed or not.
    public let reason: String
    /// Why it failed.
    public let message: String?
    /// Wall seconds of its execution; nil when it was not executed.
    public let seconds: Double?
  }
}
