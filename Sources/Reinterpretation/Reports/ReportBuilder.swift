// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import HistFactory
import Preservation
import Steps
import Workflow

/// Makes the report of a run from the registry's rows and the run's artifacts.
struct ReportBuilder {
  let registry: Registry
  let preserved: PreservedAnalysis
  let plan: Plan
  let signal: Signal
  let domain: ValidityDomain
  let run: Run
  let journal: RunJournal
  let seconds: Double

  func report() throws -> ReinterpretationReport {
    var filter = ResultFilter()
    filter.run = run.id
    let rows = StepResults(try registry.results(matching: filter))
    let tests = rows.tests(mu: testedMu)
    return ReinterpretationReport(
      analysis: preserved.version.analysis, version: preserved.version.number,
      title: preserved.version.title, signal: signal.name, point: signal.point, run: run.id,
      status: run.status.rawValue, message: run.message, seconds: seconds, steps: steps,
      cutflow: rows.cutflow(), acceptances: rows.acceptances(),
      regions: rows.regions(counts: try channelCounts()), tests: tests,
      limits: rows.limits(), fits: rows.fits(),
      verdict: Verdict(tests, isExtrapolated: domain.isExtrapolated(signal.point)))
  }

  /// The steps in the plan's order, with what this call did about each.
  private var steps: [ReinterpretationReport.Step] {
    plan.steps.map { step in
      switch journal.outcomes[step.id] {
      case .executed(let reason, let seconds):
        .init(step, .executed, reason: reason, seconds: seconds)
      case .cached: .init(step, .cached, reason: "same inputs and parameters as before")
      case .failed(let message): .init(step, .failed, reason: "", message: message)
      case .started(let reason): .init(step, .cancelled, reason: reason)
      case nil where run.status == .cancelled: .init(step, .cancelled, reason: "not begun")
      case nil: .init(step, .skipped, reason: "an earlier step did not succeed")
      }
    }
  }

  /// The signal strength a `cls` step tests: its parameter `mu`, 1 when it has none.
  private func testedMu(_ step: String) -> Double {
    struct Parameters: Decodable { let mu: Double? }
    guard let planned = plan.steps.first(where: { $0.id == step }) else { return 1 }
    // Kinds without a parameter `mu` decode to nil; the bytes were checked at registration.
    return (try? JSONDecoder().decode(Parameters.self, from: planned.parameters))?.mu ?? 1
  }

  /// Observed and background events by channel, from the workspaces that steps of this run made.
  private func channelCounts() throws -> [String: ChannelCount] {
    let made = Dictionary(grouping: try registry.artifacts(of: run.id), by: \.step)
    var counts: [String: ChannelCount] = [:]
    for (step, outputs) in made {
      guard let workspace = outputs.first(where: { $0.name == "workspace" }) else { continue }
      let sample = try outputs.first { $0.name == "signal" }.map {
        try JSONDecoder().decode(SignalSample.self, from: registry.store.data(for: $0.artifact))
      }
      let bytes = try [UInt8](registry.store.data(for: workspace.artifact))
      counts.merge(
        try Workspace(json: bytes, source: "\(step).workspace")
          .counts(without: sample?.sample)
      ) { first, _ in first }
    }
    return counts
  }
}

extension ReinterpretationReport.Step {
  fileprivate init(
    _ step: PlannedStep, _ state: State, reason: String, message: String? = nil,
    seconds: Double? = nil
  ) {
    self.init(
      id: step.id, kind: step.kind, state: state, reason: reason, message: message,
      seconds: seconds)
  }
}
