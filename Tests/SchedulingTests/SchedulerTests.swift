// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Scheduling
import Synchronization
import Testing
import Workflow

@Suite struct SchedulerTests {
  let record = ExecutionRecord()
  var catalog: StepCatalog { StepCatalog([MadeUpKind(record: record)]) }

  private func chain() throws -> Plan {
    var plan = MadeUpPlan()
    try plan.add("select")
    try plan.add("model", after: ["select"])
    try plan.add("test", after: ["model"])
    try plan.add("limit", after: ["model"])
    return plan.plan
  }

  @Test(arguments: [true, false])
  func eachStepIsExecutedOnceInOrderAndIsCachedThen(syncsRuns: Bool) async throws {
    let scheduled = try ScheduledRegistry()
    let plan = try chain()
    let scheduler = Scheduler(
      registry: scheduled.registry, catalog: catalog, syncsRuns: syncsRuns)
    let run = try await scheduler.execute(plan, as: try scheduled.begin(plan))
    #expect(run.status == .succeeded)
    #expect(run.message == nil)
    #expect(record.executions == ["select": 1, "model": 1, "test": 1, "limit": 1])
    let steps = try scheduled.registry.stepRuns(of: run.id)
    #expect(steps.allSatisfy { $0.status == .succeeded && $0.reason == "first execution" })
    #expect(try scheduled.registry.log(of: run.id, step: "test").map(\.text) == ["test speaks\n"])

    let events = Mutex<[RunEvent]>([])
    let again = try await Scheduler(
      registry: scheduled.registry, catalog: catalog, executor: NullExecutor()
    ).execute(plan, as: try scheduled.begin(plan)) { event in events.withLock { $0.append(event) } }
    #expect(again.id == run.id)
    #expect(again.status == .succeeded)
    #expect(
      events.withLock { $0 } == ["select", "model", "test", "limit"].map { .cached(step: $0) })
  }

  @Test func anotherRunUsesTheOutputsAndSaysSo() async throws {
    let scheduled = try ScheduledRegistry()
    let plan = try chain()
    let scheduler = Scheduler(registry: scheduled.registry, catalog: catalog)
    _ = try await scheduler.execute(plan, as: try scheduled.begin(plan))
    let other = try await scheduler.execute(plan, as: try scheduled.begin(plan, signal: "other"))
    let steps = try scheduled.registry.stepRuns(of: other.id)
    #expect(steps.allSatisfy { $0.status == .cached && $0.reason == "same fingerprint" })
    #expect(record.executions.values.allSatisfy { $0 == 1 })
    var filter = ResultFilter()
    filter.run = other.id
    #expect(try scheduled.registry.results(matching: filter).count == 4)
  }

  @Test func aFailureSkipsWhatDependsOnItAndNothingElse() async throws {
    let scheduled = try ScheduledRegistry()
    var made = MadeUpPlan()
    try made.add("good")
    try made.add("bad", MadeUpKind.Parameters(label: "bad", fault: "no columns"))
    try made.add("after-bad", after: ["bad", "good"])
    try made.add("after-that", after: ["after-bad"])
    try made.add("after-good", after: ["good"])
    let plan = made.plan
    let run = try await Scheduler(registry: scheduled.registry, catalog: catalog)
      .execute(plan, as: try scheduled.begin(plan))
    #expect(run.status == .failed)
    #expect(run.message == "step 'bad' failed: no columns")
    #expect(
      try scheduled.statuses(of: run) == [
        "good": .succeeded, "bad": .failed, "after-bad": .skipped, "after-that": .skipped,
        "after-good": .succeeded,
      ])
    let steps = try scheduled.registry.stepRuns(of: run.id)
    #expect(steps.first { $0.step == "after-that" }?.reason == "bad failed")
    #expect(steps.first { $0.step == "bad" }?.message == "no columns")
    #expect(try scheduled.registry.log(of: run.id, step: "bad").first?.text == "bad speaks\n")
  }

  @Test func aFailedRunIsResumedFromItsWholeSteps() async throws {
    let scheduled = try ScheduledRegistry()
    let plan = try chain()
    struct Broken: Executor {
      func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext)
        async throws -> StepOutput
      {
        if step.id == "model" { throw ExecutionError("disk on fire") }
        return try await LocalExecutor().perform(step, as: kind, in: context)
      }
    }
    let failed = try await Scheduler(
      registry: scheduled.registry, catalog: catalog, executor: Broken()
    ).execute(plan, as: try scheduled.begin(plan))
    #expect(failed.status == .failed)
    let run = try await Scheduler(registry: scheduled.registry, catalog: catalog)
      .execute(plan, as: try scheduled.begin(plan))
    #expect(run.id == failed.id)
    #expect(run.status == .succeeded)
    #expect(run.message == nil)
    #expect(record.executions == ["select": 1, "model": 1, "test": 1, "limit": 1])
    #expect(try scheduled.statuses(of: run).values.allSatisfy { $0 == .succeeded })
  }

  @Test func stepsOfTheSameFingerprintAreExecutedOnce() async throws {
    let scheduled = try ScheduledRegistry()
    var made = MadeUpPlan()
    let same = MadeUpKind.Parameters(label: "same", milliseconds: 20)
    for id in ["one", "two", "three"] { try made.add(id, same) }
    try made.add("last", after: ["three"])
    let plan = made.plan
    let run = try await Scheduler(registry: scheduled.registry, catalog: catalog, width: 4)
      .execute(plan, as: try scheduled.begin(plan))
    #expect(record.executions == ["same": 1, "last": 1])
    #expect(
      try scheduled.statuses(of: run) == [
        "one": .succeeded, "two": .cached, "three": .cached, "last": .succeeded,
      ])
  }

  @Test(arguments: [1, 2, 3]) func noMoreStepsThanTheWidthAreUnderWay(width: Int) async throws {
    let scheduled = try ScheduledRegistry()
    var made = MadeUpPlan()
    for index in 0..<12 {
      try made.add("s\(index)", MadeUpKind.Parameters(label: "s\(index)", milliseconds: 5))
    }
    let plan = made.plan
    _ = try await Scheduler(registry: scheduled.registry, catalog: catalog, width: width)
      .execute(plan, as: try scheduled.begin(plan))
    #expect(record.largestWidth == width)
  }

  @Test func whatAStepGivesThatCannotBeKeptIsItsFailure() async throws {
    let scheduled = try ScheduledRegistry()
    struct Infinite: Executor {
      func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext)
        async throws -> StepOutput
      { StepOutput(results: [ResultValue(.upper_limit, value: .infinity)]) }
    }
    let plan = try chain()
    let run = try await Scheduler(
      registry: scheduled.registry, catalog: catalog, executor: Infinite()
    ).execute(plan, as: try scheduled.begin(plan))
    #expect(run.status == .failed)
    #expect(
      run.message == "step 'select' failed: step 'select' gave a result that can't be kept: "
        + "upper_limit is inf")
    #expect(try scheduled.registry.output(for: plan.steps[0].fingerprint) == nil)
  }

  @Test func anUnknownKindAndAMissingOutputAreSentences() async throws {
    let scheduled = try ScheduledRegistry()
    var made = MadeUpPlan()
    try made.add("odd", kind: "unheard-of")
    try made.add("source", MadeUpKind.Parameters(label: "source", file: "text"))
    try made.add(
      "sink", after: ["source"], inputs: ["in": .output(step: "source", name: "nothing")])
    let plan = made.plan
    let run = try await Scheduler(registry: scheduled.registry, catalog: catalog)
      .execute(plan, as: try scheduled.begin(plan))
    let messages = try scheduled.registry.stepRuns(of: run.id).map(\.message)
    #expect(messages[0] == "there is no step kind 'unheard-of' (known: made-up)")
    #expect(messages[2] == "step 'source' gave no 'nothing' (it gave: file)")
  }

  @Test func aCancelledTaskGivesACancelledRunThatCanBeResumed() async throws {
    let scheduled = try ScheduledRegistry()
    var made = MadeUpPlan()
    try made.add("long", MadeUpKind.Parameters(label: "long", milliseconds: 60_000))
    try made.add("after", after: ["long"])
    let plan = made.plan
    let run = try scheduled.begin(plan)
    let scheduler = Scheduler(registry: scheduled.registry, catalog: catalog)
    let (begun, continuation) = AsyncStream.makeStream(of: RunEvent.self)
    let task = Task { try await scheduler.execute(plan, as: run) { continuation.yield($0) } }
    for await _ in begun { break }
    task.cancel()
    let cancelled = try await task.value
    #expect(cancelled.status == .cancelled)
    #expect(try scheduled.statuses(of: cancelled) == ["long": .cancelled, "after": .cancelled])
    #expect(try scheduled.registry.acquireLease(on: plan.steps[0].fingerprint) != nil)
  }

  /// The end of a step can't be written: nothing is half there, and it can go on afterwards.
  @Test func aRegistryThatFailsIsThrownAndLeavesNoLease() async throws {
    struct Sabotage: Executor {
      let file: String
      let sql: String
      func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext)
        async throws -> StepOutput
      {
        try await DatabaseQueue(path: file).write { try $0.execute(sql: sql) }
        return try await LocalExecutor().perform(step, as: kind, in: context)
      }
    }
    let scheduled = try ScheduledRegistry()
    let file = scheduled.registry.directory.appendingPathComponent("registry.sqlite").path
    let plan = try chain()
    let run = try scheduled.begin(plan)
    let error = await #expect(throws: RegistryError.self) {
      try await Scheduler(
        registry: scheduled.registry, catalog: catalog,
        executor: Sabotage(file: file, sql: "ALTER TABLE result RENAME TO gone")
      ).execute(plan, as: run)
    }
    #expect(error?.code == .corrupt)
    try await DatabaseQueue(path: file).write {
      try $0.execute(sql: "ALTER TABLE gone RENAME TO result")
    }
    #expect(try scheduled.registry.output(for: plan.steps[0].fingerprint) == nil)
    let resumed = try await Scheduler(registry: scheduled.registry, catalog: catalog)
      .execute(plan, as: try scheduled.begin(plan))
    #expect(resumed.status == .succeeded && resumed.id == run.id)
    #expect(try scheduled.registry.query("SELECT * FROM lease").rows.isEmpty)
  }

  @Test func scratchFoldersAreEmptyAtFirstAndRemoved() async throws {
    let scheduled = try ScheduledRegistry()
    let plan = try chain()
    // What a process that died left behind.
    let left = scheduled.registry.workDirectory.appendingPathComponent(
      plan.steps[0].fingerprint.hex)
    try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
    try Data("old".utf8).write(to: left.appendingPathComponent("old"))
    struct Looking: Executor {
      func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext)
        async throws -> StepOutput
      {
        let found = try FileManager.default.contentsOfDirectory(atPath: context.scratch.path)
        try Data("new".utf8).write(to: context.scratch.appendingPathComponent("new"))
        return StepOutput(results: [ResultValue(.yield, value: Double(found.count))])
      }
    }
    #expect(try scheduled.registry.unreferenced().map(\.sort) == [.scratch])
    let run = try await Scheduler(
      registry: scheduled.registry, catalog: catalog, executor: Looking()
    ).execute(plan, as: try scheduled.begin(plan))
    #expect(run.status == .succeeded)
    let results = try scheduled.registry.results(matching: ResultFilter())
    #expect(results.map(\.result.value) == [0, 0, 0, 0])
    #expect(try scheduled.registry.unreferenced().isEmpty)
  }
}
