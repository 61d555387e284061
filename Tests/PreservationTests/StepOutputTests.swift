// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Testing
import Workflow

@Suite struct StepOutputTests {
  let temporary: TemporaryRegistry
  let version: Version
  let step = plannedStep("select")
  var registry: Registry { temporary.registry }

  init() throws {
    temporary = try TemporaryRegistry()
    version = try temporary.register()
  }

  private func begin(_ signal: String = "s") throws -> Run {
    try registry.start(
      registry.begin(
        madeUpPlan([step]), of: version, signal: madeUpSignal(signal), engine: "tests 1"))
  }

  private func claim(_ run: Run) throws -> Lease {
    guard case .granted(let lease, "first execution") = try registry.claim(step, in: run)
    else { throw RegistryError(.busy, "the lease was not granted") }
    return lease
  }

  private func output() throws -> StepOutput {
    StepOutput(
      artifacts: ["yields": try registry.store.put(Data("{}".utf8), mediaType: "application/json")],
      results: [
        ResultValue(
          .yield, subject: "SR", value: 12.5, uncertainty: 0.25, entries: 100, sumW: 1.5,
          sumW2: 0.1, unit: "events"),
        ResultValue(.cls_expected, sigma: -2, value: 1e-300),
        ResultValue(.cls_expected, sigma: 0, value: -0.0),
        ResultValue(.cutflow, subject: "met > 300", value: 0.1 + 0.2),
      ])
  }

  @Test func anOutputComesBackBitForBit() throws {
    let run = try begin()
    let output = try output()
    let lease = try claim(run)
    #expect(try registry.stepRuns(of: run.id)[0].status == .running)
    try registry.record(output, of: step, in: run, seconds: 2.5, log: "hello\n", releasing: lease)
    #expect(try temporary.reopened().output(for: step.fingerprint) == output)
    let row = try registry.stepRuns(of: run.id)[0]
    #expect(row.status == .succeeded && row.seconds == 2.5 && row.reason == "first execution")
    #expect(try registry.log(of: run.id, step: nil).map(\.text) == ["hello\n"])
    #expect(try registry.artifacts(of: run.id).map(\.name) == ["yields"])
    #expect(try registry.artifacts(of: run.id)[0].artifact == output.artifacts["yields"])
    guard case .finished(let known) = try registry.claim(step, in: run),
      known == output
    else {
      Issue.record("a step with an output was to be executed again")
      return
    }
    #expect(try registry.stepRuns(of: run.id)[0].status == .succeeded)
    // The lease is gone with the same transaction.
    #expect(try registry.acquireLease(on: step.fingerprint) != nil)
  }

  @Test func aHitSharesTheOutputAndItsLog() throws {
    let run = try begin("s1")
    try registry.record(output(), of: step, in: run, seconds: 2, log: "hello\n", releasing: nil)
    let other = try begin("s2")
    try registry.recordHit(step, in: other)
    let row = try registry.stepRuns(of: other.id)[0]
    #expect(row.status == .cached && row.reason == "same fingerprint" && row.seconds == 2)
    #expect(try registry.log(of: other.id, step: "select").map(\.text) == ["hello\n"])
    #expect(try registry.results(matching: ResultFilter()).count == 8)
    #expect(try registry.query("SELECT count(*) FROM result").rows == [[.integer(4)]])
    // In the run that executed it, it stays so.
    try registry.recordHit(step, in: run)
    #expect(try registry.stepRuns(of: run.id)[0].status == .succeeded)
  }

  @Test(arguments: [
    (ResultValue(.cls, value: .nan), "cls is nan"),
    (ResultValue(.upper_limit, value: .infinity), "upper_limit is inf"),
    (
      ResultValue(.yield, subject: "SR", value: 1, uncertainty: -1),
      "uncertainty of yield of SR is -1.0"
    ),
    (ResultValue(.yield, value: 1, sumW: -.infinity), "sumW of yield is -inf"),
    (ResultValue(.yield, value: 1, sumW2: -2), "sumW2 of yield is -2.0"),
    (ResultValue(.cls_expected, sigma: 3, value: 1), "sigma of cls_expected is 3"),
  ])
  func aResultThatIsNoNumberIsRefusedWhole(result: ResultValue, problem: String) throws {
    let run = try begin()
    let output = StepOutput(results: [ResultValue(.p0, value: 0.5), result])
    let error = #expect(throws: RegistryError.self) {
      try registry.record(output, of: step, in: run, seconds: 1, log: "", releasing: nil)
    }
    #expect(error?.code == .refused)
    #expect(error?.description == "step 'select' gave a result that can't be kept: \(problem)")
    #expect(try registry.output(for: step.fingerprint) == nil)
    #expect(try registry.query("SELECT * FROM result").rows.isEmpty)
  }

  @Test func theSameResultTwiceIsRefusedWhole() throws {
    let run = try begin()
    let twice = Array(repeating: ResultValue(.cls, value: 0.5), count: 2)
    let lease = try claim(run)
    let error = #expect(throws: RegistryError.self) {
      try registry.record(
        StepOutput(results: twice), of: step, in: run, seconds: 1, log: "", releasing: lease)
    }
    #expect(error?.code == .refused)
    #expect(try registry.output(for: step.fingerprint) == nil)
    #expect(try registry.stepRuns(of: run.id)[0].status == .running)
    // Nothing of the transaction happened: the lease is held still.
    #expect(try registry.acquireLease(on: step.fingerprint) == nil)
  }

  @Test func anArtifactThatIsNotInTheStoreIsRefused() throws {
    let run = try begin()
    let lost = Artifact(digest: digest("lost"), byteCount: 4, mediaType: "text/plain")
    let error = #expect(throws: RegistryError.self) {
      try registry.record(
        StepOutput(artifacts: ["a": lost]), of: step, in: run, seconds: 1, log: "", releasing: nil)
    }
    #expect(error?.code == .refused)
    #expect(try registry.output(for: step.fingerprint) == nil)
  }

  @Test func anOutputWhoseFileIsGoneIsMadeAgain() throws {
    let run = try begin()
    let output = try output()
    try registry.record(output, of: step, in: run, seconds: 1, log: "", releasing: nil)
    let file = try registry.store.verifiedFile(for: #require(output.artifacts["yields"]))
    try FileManager.default.removeItem(at: file)
    #expect(try registry.output(for: step.fingerprint) == nil)
    #expect(
      try registry.reasonToRun(step, of: "squarks") == "files of the earlier output are missing")
    let again = try self.output()
    try registry.record(again, of: step, in: run, seconds: 9, log: "", releasing: nil)
    #expect(try registry.output(for: step.fingerprint) == output)
  }

  /// As a power cut leaves a file whose bytes were not on the disk yet.
  @Test func anOutputWhoseFileIsCutShortIsMadeAgain() throws {
    let run = try begin()
    let output = try output()
    try registry.record(output, of: step, in: run, seconds: 0, log: "", releasing: nil)
    let artifact = try #require(output.artifacts["yields"])
    let file = try registry.store.verifiedFile(for: artifact)
    try FileManager.default.removeItem(at: file)
    try Data().write(to: file)
    #expect(try registry.output(for: step.fingerprint) == nil)
    let error = #expect(throws: RegistryError.self) {
      try registry.record(output, of: step, in: run, seconds: 0, log: "", releasing: nil)
    }
    #expect(error?.code == .refused)
    let again = try self.output()
    try registry.record(again, of: step, in: run, seconds: 0, log: "", releasing: nil)
    #expect(try registry.output(for: step.fingerprint) == output)
    #expect(try registry.store.data(for: artifact).count == artifact.byteCount)
  }

  @Test func whatIsNotWaitedForIsThereAllTheSame() throws {
    let run = try begin()
    try registry.record(output(), of: step, in: run, seconds: 0, log: "", releasing: nil)
    _ = try registry.finish(run, as: .succeeded, durably: false)
    let other = try temporary.reopened()
    #expect(try other.run(run.id).status == .succeeded)
    #expect(try other.output(for: step.fingerprint) == (try output()))
  }

  @Test func anotherOutputOfTheSameFingerprintIsRefused() throws {
    let run = try begin()
    try registry.record(output(), of: step, in: run, seconds: 1, log: "", releasing: nil)
    let error = #expect(throws: RegistryError.self) {
      try registry.record(
        StepOutput(results: [ResultValue(.p0, value: 1)]), of: step, in: run, seconds: 1, log: "",
        releasing: nil)
    }
    #expect(error?.description.contains("is not reproducible") == true)
  }

  @Test func aStepThatIsNotOfTheRunIsToldSo() throws {
    let run = try begin()
    let stranger = plannedStep("stranger")
    #expect(throws: RegistryError.self) {
      try registry.markRunning(stranger, in: run, reason: "")
    }
    let error = #expect(throws: RegistryError.self) {
      try registry.log(of: run.id, step: "stranger")
    }
    #expect(error?.description == "run \(run.id) has no step 'stranger' (it has: select)")
  }
}

@Suite struct ReasonTests {
  let temporary: TemporaryRegistry
  let version: Version

  init() throws {
    temporary = try TemporaryRegistry()
    version = try temporary.register()
  }

  private func execute(_ step: PlannedStep, _ signal: String = "sq_1000_100") throws {
    let registry = temporary.registry
    let run = try registry.start(
      registry.begin(
        madeUpPlan([step]), of: version, signal: madeUpSignal(signal), engine: "tests"))
    try registry.record(StepOutput(), of: step, in: run, seconds: 1, log: "", releasing: nil)
  }

  private func step(
    version: Int = 1, parameters: String = "p", events: String = "e", model: String = "m"
  ) -> PlannedStep {
    plannedStep(
      "test", parameters, version: version,
      components: ["input.events": events, "input.workspace": model],
      inputs: [
        "events": .resolved(StepInput()),
        "workspace": .output(step: "model", name: "workspace"),
      ])
  }

  @Test func theFirstExecutionIsToldSo() throws {
    #expect(try temporary.registry.reasonToRun(step(), of: "squarks") == "first execution")
  }

  @Test func whatDiffersIsTold() throws {
    try execute(step())
    func reason(_ step: PlannedStep, _ analysis: String = "squarks") throws -> String {
      try temporary.registry.reasonToRun(step, of: analysis)
    }
    #expect(try reason(step(version: 2)) == "kind version 1 → 2")
    #expect(try reason(step(parameters: "other")) == "parameters changed")
    #expect(try reason(step(events: "other")) == "input.events changed")
    #expect(try reason(step(model: "other")) == "depends on model")
    #expect(
      try reason(step(version: 3, events: "x", model: "y"))
        == "kind version 1 → 3, input.events changed, depends on model")
    // Another analysis' step of that name has nothing to do with it.
    #expect(try reason(step(), "gluinos") == "first execution")
  }

  @Test func theNearestIsComparedWith() throws {
    try execute(step(parameters: "near"))
    try execute(step(parameters: "far", events: "far", model: "far"))
    #expect(
      try temporary.registry.reasonToRun(
        step(parameters: "near", events: "new"), of: "squarks") == "input.events changed")
  }

  /// What a person wants to know is what changed since the last time with this signal.
  @Test func theSameSignalIsComparedWithFirst() throws {
    for index in 0..<30 { try execute(step(events: "\(index)"), "signal \(index)") }
    for index in 0..<30 {
      func reason(_ step: PlannedStep, _ signal: String) throws -> String {
        try temporary.registry.reasonToRun(step, of: "squarks", signal: signal)
      }
      let changed = step(parameters: "new", events: "\(index)")
      #expect(try reason(changed, "signal \(index)") == "parameters changed")
      #expect(
        try reason(step(parameters: index > 0 ? "new" : "p", events: "x"), "another")
          == "input.events changed")
      try execute(changed, "signal \(index)")
      #expect(
        try reason(step(parameters: "new", events: "x"), "signal \(index)")
          == "input.events changed")
    }
  }

  /// A scan has thousands of outputs, all alike.
  @Test func theLastOfManyIsComparedWith() throws {
    for index in 0..<30 { try execute(step(events: "\(index)", model: "\(index)")) }
    #expect(
      try temporary.registry.reasonToRun(step(events: "29", model: "x"), of: "squarks")
        == "depends on model")
    #expect(
      try temporary.registry.reasonToRun(step(events: "x", model: "x"), of: "squarks")
        == "input.events changed, depends on model")
  }
}
