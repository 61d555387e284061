// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Preservation
import Workflow

extension Reinterpreter {
  /// Runs, the newest last; of one analysis, of one signal, or all.
  public func runs(of analysis: String? = nil, signal: String? = nil) throws(Failure)
    -> [RunSummary]
  {
    try classified {
      try registry().runs(of: analysis, signal: signal).map(RunSummary.init)
    }
  }

  /// A run with its steps.
  public func run(_ id: Int64) throws(Failure) -> RunDescription {
    try classified {
      let registry = try registry()
      return RunDescription(
        summary: RunSummary(try registry.run(id)),
        steps: try registry.stepRuns(of: id).map(RunDescription.Step.init))
    }
  }

  /// What the steps of a run wrote; of one step when it is named.
  public func log(of run: Int64, step: String? = nil) throws(Failure) -> [StepLog] {
    try classified {
      let registry = try registry()
      let steps = try registry.stepRuns(of: registry.run(run).id).map(\.step)
      if let step, !steps.contains(step) {
        let hint = Suggestion.hint(for: step, among: steps, known: "it has")
        throw Failure.refused("run \(run): it has no step '\(step)'\(hint).")
      }
      return try registry.log(of: run, step: step).map { StepLog(step: $0.step, text: $0.text) }
    }
  }
}

extension RunSummary {
  fileprivate init(_ run: Run) {
    self.init(
      run: run.id, analysis: run.version.analysis, version: run.version.number,
      signal: run.signalName, point: run.point, status: run.status.rawValue, message: run.message,
      startedAt: run.startedAt, endedAt: run.endedAt)
  }
}

extension RunDescription.Step {
  fileprivate init(_ step: StepRun) {
    self.init(
      id: step.step, kind: step.kind, status: step.status.rawValue, reason: step.reason,
      message: step.message, seconds: step.seconds, host: step.host,
      fingerprint: step.fingerprint.hex)
  }
}
