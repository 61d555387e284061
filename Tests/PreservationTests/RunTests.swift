// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Testing
import Workflow

@Suite struct RunTests {
  let temporary: TemporaryRegistry
  let version: Version
  var registry: Registry { temporary.registry }

  init() throws {
    temporary = try TemporaryRegistry()
    version = try temporary.register()
  }

  @Test func theSamePlanIsTheSameRun() throws {
    let plan = madeUpPlan([plannedStep("a"), plannedStep("b")], seed: .max)
    let signal = madeUpSignal("point", ["m_sq_gev": 1400, "m_lsp_gev": 0.1])
    let run = try registry.begin(plan, of: version, signal: signal, engine: "tests")
    let again = try temporary.reopened().begin(plan, of: version, signal: signal, engine: "other")
    #expect(run == again)
    #expect(run.status == .queued)
    #expect(run.point == signal.point)
    #expect(run.seed == .max)
    #expect(run.signalFingerprint == (try signal.fingerprint()))
    #expect(run.planFingerprint == plan.fingerprint)
    #expect(run.version == version)
    #expect(run.startedAt == nil && run.endedAt == nil)
    let steps = try registry.stepRuns(of: run.id)
    #expect(steps.map(\.step) == ["a", "b"])
    #expect(steps.allSatisfy { $0.status == .pending && $0.seconds == nil && $0.host == nil })
    let otherPlan = madeUpPlan([plannedStep("a")], seed: 1)
    #expect(
      try registry.begin(otherPlan, of: version, signal: signal, engine: "tests").id != run.id)
  }

  @Test func aRunThatEndedIsFoundAndStartsAgain() throws {
    let step = plannedStep("a")
    let plan = madeUpPlan([step, plannedStep("b")])
    let run = try registry.start(
      registry.begin(plan, of: version, signal: madeUpSignal(), engine: "tests"))
    #expect(run.status == .running && run.startedAt != nil)
    try registry.markRunning(step, in: run, reason: "first execution")
    try registry.recordFailure(
      "no such column", of: step, in: run, seconds: 1, log: "text\n", releasing: nil)
    try registry.recordSkips([(plannedStep("b"), "a failed")], in: run)
    let failed = try registry.finish(run, as: .failed, message: "step 'a' failed")
    #expect(failed.status == .failed && failed.endedAt != nil)
    #expect(failed.message == "step 'a' failed")
    let row = try #require(try registry.stepRuns(of: run.id).first)
    #expect(row.status == .failed && row.message == "no such column" && row.seconds == 1)
    #expect(row.host?.isEmpty == false)

    let found = try registry.begin(plan, of: version, signal: madeUpSignal(), engine: "tests")
    #expect(found == failed)
    let restarted = try registry.start(found)
    #expect(restarted.status == .running)
    #expect(restarted.message == nil && restarted.endedAt == nil)
    #expect(try registry.stepRuns(of: run.id).allSatisfy { $0.status == .pending })
  }

  @Test func endingTwiceKeepsTheLastWord() throws {
    let run = try registry.start(
      registry.begin(
        madeUpPlan([plannedStep("a")]), of: version, signal: madeUpSignal(), engine: "tests"))
    _ = try registry.finish(run, as: .cancelled)
    #expect(try registry.finish(run, as: .succeeded).status == .succeeded)
    #expect(try registry.finish(run, as: .succeeded).status == .succeeded)
  }

  @Test func aRunWhoseProcessDiedIsInterrupted() throws {
    let plan = madeUpPlan([plannedStep("a")])
    let queued = try registry.begin(plan, of: version, signal: madeUpSignal(), engine: "tests")
    #expect(!queued.isInterrupted)
    let run = try registry.start(queued)
    #expect(run.status == .running && !run.isInterrupted)
    #expect(try !temporary.reopened().run(run.id).isInterrupted)
    // A process of that number began at another time.
    let holder = try #require(
      try registry.query("SELECT holder FROM run").rows[0][0].text?.split(separator: "/"))
    let dead = (holder[0...3] + ["1"] + holder[5...]).joined(separator: "/")
    try temporary.database().write {
      try $0.execute(sql: "UPDATE run SET holder = ?", arguments: [dead])
    }
    #expect(try registry.runs().map(\.isInterrupted) == [true])
    #expect(try !registry.start(run).isInterrupted)
  }

  @Test func anOutputTellsTheEngineThatMadeIt() throws {
    let step = plannedStep("a")
    let plan = madeUpPlan([step])
    _ = try registry.begin(plan, of: version, signal: madeUpSignal(), engine: "reprise 1")
    let run = try registry.begin(plan, of: version, signal: madeUpSignal(), engine: "reprise 2")
    try registry.record(
      StepOutput(), of: step, in: registry.start(run), seconds: 1, log: "", releasing: nil)
    #expect(
      try registry.query("SELECT engine FROM stepOutput").rows == [[.text("reprise 2")]])
  }

  @Test func runsAreListedByAnalysisAndSignal() throws {
    let other = try temporary.register("gluinos")
    try temporary.record([], signal: madeUpSignal("s1"), of: version)
    try temporary.record([], signal: madeUpSignal("s2"), of: version)
    try temporary.record([], signal: madeUpSignal("s1"), of: other)
    #expect(try registry.runs().map(\.id) == [1, 2, 3])
    #expect(try registry.runs(of: "squarks").map(\.signalName) == ["s1", "s2"])
    #expect(try registry.runs(signal: "s1").map(\.version.analysis) == ["squarks", "gluinos"])
    let error = #expect(throws: RegistryError.self) { try registry.run(99) }
    #expect(error?.code == .notFound)
  }
}

extension QueryTable.Cell {
  var text: String? { if case .text(let text) = self { text } else { nil } }
}
