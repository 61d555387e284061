// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import HistFactory
import Preservation
import Workflow

/// Makes the report of a run from the registry's rows and the run's artifacts.
struct ReportBuilder {
  let registry: Registry
  let preserved: PreservedAnalysis
  let plan: Plan
  let signal: Signal
  let run: Run
  let journal: RunJournal
  let seconds: Double

  func report() throws -> ReinterpretationReport {
    var filter = ResultFilter()
    filter.run = run.id
    let rows = StepResults(try registry.results(matching: filter))
    let tests = rows.tests(mu: testedMu)
    let domain = ValidityDomain(validated: try preserved.validatedPoints(in: registry.store))
    return ReinterpretationReport(
      analysis: preserved.version.analysis, version: preserved.version.number,
      title: preserved.version.title, signal: signal.name, point: signal.point, run: run.id,
      status: run.status.rawValue, message: run.message, seconds: seconds, steps: steps,
      cutflow: rows.cutflow(), regions: rows.regions(counts: try channelCounts()), tests: tests,
      limits: rows.limits(), fits: rows.fits(),
      verdict: Verdict(tests, isExtrapolated: domain.isExtrapolated(signal.point)))
  }

  /// The steps in the plan's order, with what this call did about each.
  private var steps: [ReinterpretationReport.Step] {
    plan.steps.map { step in
      let (state, reason, message, seconds):
        (ReinterpretationReport.Step.State, String, String?, Double?) =
          switch journal.outcomes[step.id] {
          case .executed(let reason, let seconds): (.executed, reason, nil, seconds)
          case .cached: (.cached, "same inputs and parameters as before", nil, nil)
          case .failed(let message): (.failed, "", message, nil)
          case .started(let reason): (.cancelled, reason, nil, nil)
          case nil:
            (
              run.status == .cancelled ? .cancelled : .skipped, "an earlier step did not succeed",
              nil, nil
            )
          }
      return .init(
        id: step.id, kind: step.kind, state: state, reason: reason, message: message,
        seconds: seconds)
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
    struct Parameters: Decodable { let sample: String? }
    var counts: [String: ChannelCount] = [:]
    for (step, name, artifact) in try registry.artifacts(of: run.id) where name == "workspace" {
      let planned = plan.steps.first { $0.id == step }
      let parameters = try planned.map {
        try JSONDecoder().decode(Parameters.self, from: $0.parameters)
      }
      let bytes = try [UInt8](registry.store.data(for: artifact))
      let workspace = try Workspace(json: bytes, source: "\(step).workspace")
      counts.merge(workspace.counts(without: parameters?.sample)) { first, _ in first }
    }
    return counts
  }
}

/// Events of a channel, its bins added up.
struct ChannelCount: Sendable, Hashable {
  let observed: Double
  /// Nominal yields of all samples but the signal's.
  let background: Double
}

extension Workspace {
  /// Observed and background events by channel; a sample of the given name is not background.
  func counts(without signal: String?) -> [String: ChannelCount] {
    let observed = Dictionary(
      observations.map { ($0.name, $0.data.reduce(0, +)) }, uniquingKeysWith: { first, _ in first })
    var counts: [String: ChannelCount] = [:]
    for channel in channels {
      guard let events = observed[channel.name] else { continue }
      let background = channel.samples.filter { $0.name != signal }.flatMap(\.data).reduce(0, +)
      counts[channel.name] = ChannelCount(observed: events, background: background)
    }
    return counts
  }
}
