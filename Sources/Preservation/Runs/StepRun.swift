// SPDX-License-Identifier: Apache-2.0
public import Artifacts
import GRDB

/// Where a step of a run stands.
public enum StepStatus: String, Sendable, Hashable, Codable, CaseIterable {
  /// Not begun.
  case pending
  /// Executed now, or by a process that died.
  case running
  /// Executed by this run.
  case succeeded
  /// Had been executed before, by another run.
  case cached
  /// Executed without success; the message says why.
  case failed
  /// Stopped by a person.
  case cancelled
  /// Not executed because a step it depends on failed.
  case skipped
}

/// A step of a run: what became of it and why.
public struct StepRun: Sendable, Hashable {
  /// Row of the run.
  public let run: Int64
  /// Id of the step within the analysis.
  public let step: String
  /// Its kind.
  public let kind: String
  /// What names its output.
  public let fingerprint: Fingerprint
  /// Where it stands.
  public let status: StepStatus
  /// Why it was executed or not: "first execution", "input.events changed" …; empty while pending.
  public let reason: String
  /// What went wrong.
  public let message: String?
  /// Wall time of its execution, wherever that was; nil when there was none yet.
  public let seconds: Double?
  /// Machine that executed it.
  public let host: String?
}

extension StepRun {
  static let select = """
    SELECT stepRun.run, stepRun.step, stepRun.kind, stepRun.fingerprint, stepRun.status,
      stepRun.reason, stepRun.message, coalesce(stepRun.seconds, stepOutput.seconds),
      coalesce(stepRun.host, stepOutput.host)
    FROM stepRun LEFT JOIN stepOutput
      ON stepOutput.fingerprint = stepRun.fingerprint AND stepRun.status IN ('succeeded', 'cached')
    """

  init(_ row: Row) throws {
    run = row[0]
    step = row[1]
    kind = row[2]
    fingerprint = try Fingerprint(row: row[3])
    status = try StepStatus(column: row[4])
    reason = row[5]
    message = row[6]
    seconds = row[7]
    host = row[8]
  }
}
