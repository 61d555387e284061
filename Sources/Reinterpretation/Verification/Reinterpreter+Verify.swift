// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Workflow

extension Reinterpreter {
  /// Runs every validation signal that is preserved with a version and compares the results with
  /// the expected ones. A run that fails is a failure of the verification, not a gap in it.
  public func verify(
    _ analysis: String, progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
  ) async throws(Failure) -> VerificationReport {
    try await classified {
      let preserved = try preserved(analysis)
      let registry = try registry()
      let signals = try preserved.validationSignals(in: registry.store)
      let expected = Dictionary(
        grouping: try preserved.expectedResults(in: registry.store), by: \.signal)
      guard !signals.isEmpty, !expected.isEmpty else {
        throw Failure.refused(
          "\(preserved.name): there is nothing to verify: no validation signals with expected "
            + "results are preserved with it ('validate:' in analysis.yaml names them).")
      }
      let domain = try preserved.validityDomain(in: registry.store)
      var runs: [VerificationReport.SignalRun] = []
      var rows: [VerificationReport.Row] = []
      for (index, signal) in signals.enumerated() {
        let name = signal.outline.name ?? signal.path
        let outcome = try await run(signal.path, signal.outline, of: preserved, domain) {
          journal, steps in
          progress(
            RunProgress(
              signal: name, signalNumber: index + 1, signalCount: signals.count,
              finishedSteps: journal.finishedCount, stepCount: steps, running: journal.running))
        }
        try Task.checkCancellation()
        let files = expected[name] ?? []
        runs.append(outcome.run(name, expectedResults: files.map(\.values.count).reduce(0, +)))
        let results = try outcome.results(in: registry)
        rows += files.flatMap { file in file.values.map { file.compare($0, with: results) } }
      }
      let isPassed =
        !rows.isEmpty && rows.allSatisfy(\.isPassed)
        && runs.allSatisfy { $0.status == RunStatus.succeeded.rawValue }
      return VerificationReport(
        analysis: preserved.version.analysis, version: preserved.version.number, runs: runs,
        rows: rows, isPassed: isPassed)
    }
  }

  private func run(
    _ path: String, _ outline: SignalOutline, of preserved: PreservedAnalysis,
    _ domain: ValidityDomain, progress: @escaping @Sendable (RunJournal, Int) -> Void
  ) async throws -> ValidationOutcome {
    do {
      let signal = try ScratchFolder.use { folder in
        try preserved.materialise(path, outline, in: folder, from: registry().store)
      }
      return .ended(try await reinterpret(preserved, signal, domain, progress: progress))
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      return .refused(Failure(classifying: error))
    }
  }
}

/// What became of a validation signal.
private enum ValidationOutcome {
  case ended(ReinterpretationReport)
  case refused(Failure)

  func run(_ name: String, expectedResults: Int) -> VerificationReport.SignalRun {
    switch self {
    case .ended(let report):
      .init(
        signal: name, run: report.run, status: report.status, message: report.message,
        expectedResults: expectedResults)
    case .refused(let failure):
      .init(
        signal: name, run: nil, status: "refused", message: failure.description,
        expectedResults: expectedResults)
    }
  }

  /// Results of a run that succeeded; nothing counts from one that did not.
  func results(in registry: Registry) throws -> [ResultRow] {
    guard case .ended(let report) = self, report.isSuccess else { return [] }
    var filter = ResultFilter()
    filter.run = report.run
    return try registry.results(matching: filter)
  }
}

extension PreservedAnalysis {
  /// Lays a preserved signal and its files out in a folder and reads it as a user's signal is read.
  fileprivate func materialise(
    _ path: String, _ outline: SignalOutline, in folder: URL, from store: ArtifactStore
  ) throws -> Signal {
    let parent = FolderPath.parent(of: path)
    for name in [path] + outline.paths.map({ FolderPath.join(parent, $0) }) {
      guard let artifact = files[name] else {
        throw Failure.refused("\(self.name): '\(path)' needs '\(name)', which was not preserved.")
      }
      let place = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: store.verifiedFile(for: artifact), to: place)
    }
    return try SignalFile(file: folder.appendingPathComponent(path), outline: outline)
      .signal(for: specification, in: store)
  }
}

extension ExpectedResults {
  /// Finds the row an expected value speaks of and compares.
  fileprivate func compare(
    _ expected: ExpectedValue, with results: [ResultRow]
  ) -> VerificationReport.Row {
    let value = results.first {
      $0.step == expected.step && $0.result.quantity == expected.quantity
        && $0.result.subject == expected.subject && $0.result.sigma == expected.sigma
    }?.result.value
    let (tolerance, isRelative) =
      switch expected.tolerance {
      case .relative(let bound): (bound, true)
      case .absolute(let bound): (bound, false)
      }
    let scale = isRelative && expected.value != 0 ? abs(expected.value) : 1
    return .init(
      signal: signal, step: expected.step, quantity: expected.quantity.rawValue,
      subject: expected.subject, sigma: expected.sigma, value: value, expected: expected.value,
      deviation: value.map { ($0 - expected.value) / scale }, tolerance: tolerance,
      isRelative: isRelative, isPassed: value.map(expected.accepts) ?? false,
      source: expected.source ?? source)
  }
}
