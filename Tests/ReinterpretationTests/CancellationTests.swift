// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Scheduling
import Synchronization
import Testing
import Workflow

/// A cancelled reinterpretation says so, begins nothing more, and is continued by the same call.
@Suite struct CancellationTests {
  /// Holds every step of one id until the task is cancelled.
  private struct HoldingExecutor: Executor {
    let held: String
    let reached: AsyncStream<Void>.Continuation

    func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext)
      async throws -> StepOutput
    {
      if step.id == held {
        reached.yield()
        try await Task.sleep(for: .seconds(600))
      }
      return try await LocalExecutor().perform(step, as: kind, in: context)
    }
  }

  @Test func cancelledRunIsContinued() async throws {
    try await TemporaryFolder.use { folder in
      let analysis = try TestAnalysis(in: folder.appendingPathComponent("toy"))
      let registry = folder.appendingPathComponent("registry")
      let (reached, continuation) = AsyncStream<Void>.makeStream()
      let holding = Reinterpreter(
        registry: registry, catalog: .test,
        executor: HoldingExecutor(held: "test", reached: continuation))
      _ = try holding.register(analysis.folder.path)
      let signals = try [
        analysis.signal("one", yields: "[5, 5]"), analysis.signal("two", yields: "[6, 5]"),
      ]

      let task = Task { try await holding.reinterpret("toy", signals: signals) }
      for await _ in reached { break }
      task.cancel()
      let reports = try await task.value
      #expect(reports.map(\.signal) == ["one"])  // the second was not begun
      #expect(reports.map(\.status) == ["cancelled"])
      #expect(reports[0].steps.map(\.state) == [.executed, .cancelled])
      #expect(reports[0].verdict.conclusion == .untested)
      #expect(try holding.runs().map(\.status) == ["cancelled"])

      let executor = CountingExecutor()
      let again = Reinterpreter(registry: registry, catalog: .test, executor: executor)
      let continued = try await again.reinterpret("toy", signals: signals)
      #expect(continued.map(\.status) == ["succeeded", "succeeded"])
      #expect(executor.take() == ["test", "test"])
      #expect(try again.runs().map(\.status) == ["succeeded", "succeeded"])
    }
  }

  @Test func progressIsToldInOrder() async throws {
    try await TemporaryFolder.use { folder in
      let analysis = try TestAnalysis(in: folder.appendingPathComponent("toy"))
      let reinterpreter = Reinterpreter(
        registry: folder.appendingPathComponent("registry"), catalog: .test)
      _ = try reinterpreter.register(analysis.folder.path)
      let signals = try [
        analysis.signal("one", yields: "[5, 5]"), analysis.signal("two", yields: "[6, 5]"),
      ]
      let told = Mutex<[RunProgress]>([])
      _ = try await reinterpreter.reinterpret("toy", signals: signals) { progress in
        told.withLock { $0.append(progress) }
      }
      let progress = told.withLock { $0 }
      #expect(progress.map(\.signalNumber) == progress.map(\.signalNumber).sorted())
      #expect(Set(progress.map(\.signal)) == ["one", "two"])
      #expect(progress.allSatisfy { $0.signalCount == 2 && $0.stepCount == 2 })
      #expect(progress.last?.finishedSteps == 2)
      #expect(progress.last?.running == [])
      #expect(progress.contains { $0.running == ["background"] && $0.finishedSteps == 0 })
    }
  }
}
