// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Scheduling
import Synchronization
import Workflow

extension Reinterpreter {
  /// Runs a preserved analysis on new signals, one after the other.
  ///
  /// All signal files are checked before anything is stored or executed. What has been executed
  /// with the same inputs and parameters is not executed again; a run that was interrupted, in
  /// whatever way, goes on where it was.
  ///
  /// - Returns: a report for each signal, in order; look at ``ReinterpretationReport/isSuccess``.
  /// - Throws: ``Failure/Kind/refused`` when any signal is wrong; nothing is changed then.
  public func reinterpret(
    _ analysis: String, signals paths: [String],
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
  ) async throws(Failure) -> [ReinterpretationReport] {
    try await classified {
      let preserved = try preserved(analysis)
      let files = try checkedSignals(paths, for: preserved)
      let store = try registry().store
      let domain = try preserved.validityDomain(in: store)
      var reports: [ReinterpretationReport] = []
      for (index, file) in files.enumerated() {
        let signal = try file.signal(for: preserved.specification, in: store)
        let report = try await reinterpret(preserved, signal, domain) { journal, stepCount in
          progress(
            RunProgress(
              signal: signal.name, signalNumber: index + 1, signalCount: files.count,
              finishedSteps: journal.finishedCount, stepCount: stepCount,
              running: journal.running))
        }
        reports.append(report)
        if report.status == RunStatus.cancelled.rawValue { break }
      }
      return reports
    }
  }

  /// Reads and checks signal files; the problems of all of them are told at once.
  private func checkedSignals(
    _ paths: [String], for preserved: PreservedAnalysis
  ) throws -> [SignalFile] {
    var problems: [String] = []
    var files: [SignalFile] = []
    let known = try registry().store
    for path in paths {
      do {
        let file = try SignalFile(path: path)
        _ = try file.signal(for: preserved.specification)
        try file.checkEvents(against: preserved.specification, known: known)
        files.append(file)
      } catch {
        let failure = Failure(classifying: error)
        guard failure.kind == .refused else { throw failure }
        problems.append(failure.description)
      }
    }
    guard problems.isEmpty else { throw Failure.refused(problems.joined(separator: "\n")) }
    return files
  }

  /// Runs one signal that is in the store.
  func reinterpret(
    _ preserved: PreservedAnalysis, _ signal: Signal, _ domain: ValidityDomain,
    progress: @escaping @Sendable (RunJournal, Int) -> Void = { _, _ in }
  ) async throws -> ReinterpretationReport {
    let begin = ContinuousClock.now
    let registry = try registry()
    let plan = try plan(preserved, signal)
    let run = try registry.begin(
      plan, of: preserved.version, signal: signal, engine: Self.engineVersion)
    let journal = Mutex(RunJournal())
    let scheduler = Scheduler(
      registry: registry, catalog: catalog, executor: executor, width: width)
    let finished = try await scheduler.execute(plan, as: run) { event in
      let current = journal.withLock { journal in
        journal.note(event)
        return journal
      }
      progress(current, plan.steps.count)
    }
    let seconds = (ContinuousClock.now - begin).seconds
    return try ReportBuilder(
      registry: registry, preserved: preserved, plan: plan, signal: signal, domain: domain,
      run: finished,
      journal: journal.withLock { $0 }, seconds: seconds
    ).report()
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
