// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Preservation
import Workflow

extension Reinterpreter {
  /// What reinterpreting a signal would execute and what is there already, with the reasons.
  /// Executes nothing and stores nothing.
  public func plan(_ analysis: String, signal path: String) throws(Failure) -> PlanReport {
    try classified {
      let preserved = try preserved(analysis)
      let signal = try SignalFile(path: path).signal(for: preserved.specification)
      return try report(plan(preserved, signal), of: preserved, signal: signal.name)
    }
  }

  func plan(_ preserved: PreservedAnalysis, _ signal: Signal, seed: UInt64 = 0) throws -> Plan {
    try Plan(
      preserved.specification, files: preserved.files, signal: signal, seed: seed,
      catalog: catalog)
  }

  private func report(
    _ plan: Plan, of preserved: PreservedAnalysis, signal: String
  ) throws -> PlanReport {
    let registry = try registry()
    let steps = try plan.steps.map { step in
      let isCached = try registry.output(for: step.fingerprint) != nil
      return PlanReport.Step(
        id: step.id, kind: step.kind, state: isCached ? .cached : .run,
        reason: isCached
          ? "same inputs and parameters as before"
          : try registry.reasonToRun(
            step, of: preserved.version.analysis, signal: signal),
        dependsOnSignal: step.dependsOnSignal, fingerprint: step.fingerprint.hex)
    }
    return PlanReport(
      analysis: preserved.version.analysis, version: preserved.version.number, signal: signal,
      fingerprint: plan.fingerprint.hex, steps: steps)
  }
}
