// SPDX-License-Identifier: Apache-2.0

/// Whether a preserved analysis still gives the numbers it was validated with.
public struct VerificationReport: Sendable, Hashable, Codable {
  /// One expected number and what came out.
  public struct Row: Sendable, Hashable, Codable {
    /// The validation signal.
    public let signal: String
    /// The step.
    public let step: String
    /// The quantity.
    public let quantity: String
    /// Region, cut, channel or bin.
    public let subject: String?
    /// −2…+2 in a band.
    public let sigma: Int?
    /// What came out; nil when there is no such result.
    public let value: Double?
    /// What was expected.
    public let expected: Double
    /// (value − expected)/|expected| for a relative tolerance, value − expected for an absolute one.
    public let deviation: Double?
    /// How far it may be.
    public let tolerance: Double
    /// Whether tolerance and deviation are relative.
    public let isRelative: Bool
    /// Whether it is within the tolerance.
    public let isPassed: Bool
    /// Where the expected number comes from.
    public let source: String

    private enum CodingKeys: String, CodingKey {
      case signal, step, quantity, subject, sigma, value, expected, deviation, tolerance, source
      case isRelative = "relative"
      case isPassed = "passed"
    }
  }

  /// A validation signal's run.
  public struct SignalRun: Sendable, Hashable, Codable {
    /// The signal's name.
    public let signal: String
    /// The run's number; nil when it could not begin.
    public let run: Int64?
    /// `succeeded`, or what became of it.
    public let status: String
    /// Why it did not succeed.
    public let message: String?
    /// How many expected results there are.
    public let expectedResults: Int

    private enum CodingKeys: String, CodingKey {
      case signal, run, status, message
      case expectedResults = "expected_results"
    }
  }

  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// Runs of the validation signals.
  public let runs: [SignalRun]
  /// Expected numbers and what came out.
  public let rows: [Row]
  /// Every run succeeded, every number is within its tolerance, and there is at least one.
  public let isPassed: Bool

  private enum CodingKeys: String, CodingKey {
    case analysis, version, runs, rows
    case isPassed = "passed"
  }
}
