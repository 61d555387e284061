// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Scheduling
import Testing
import Workflow

/// Tells what of the plan reached it.
private struct CuriousKind: StepKind {
  struct Parameters: Codable, Sendable { var label = "" }
  static let name = "curious"
  static let version = 1

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    nil
  }
  func ports(for parameters: Parameters) -> Ports { Ports(inputs: [], outputs: []) }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    for _ in 0..<2000 { context.log(String(repeating: "x", count: 1000)) }
    let input = context.inputs["in"]
    let text = try input.map { try $0.artifacts.map { try context.store.data(for: $0) } }
    let beside = input?.value.map {
      ResultValue(.yield, subject: "value", value: Double($0.count))
    }
    return StepOutput(
      results: [beside].compactMap(\.self) + [
        ResultValue(.yield, subject: "seed", value: Double(context.seed)),
        ResultValue(.yield, subject: "luminosity", value: context.luminosity ?? -1),
        ResultValue(.yield, subject: "bytes", value: Double(text?.joined().count ?? 0)),
      ])
  }
}

/// The same, and says that it needs both.
private struct DemandingKind: StepKind {
  typealias Parameters = CuriousKind.Parameters
  static let name = "demanding"
  static let version = 1
  static let usesSeed = true
  static let usesLuminosity = true

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    nil
  }
  func ports(for parameters: Parameters) -> Ports { Ports(inputs: [], outputs: []) }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    try await CuriousKind().run(parameters, in: context)
  }
}

@Suite struct ContextTests {
  private let record = ExecutionRecord()
  private var catalog: StepCatalog {
    StepCatalog([CuriousKind(), DemandingKind(), MadeUpKind(record: record)])
  }

  private func values(of plan: Plan, step: String) async throws -> [String: Double] {
    let scheduled = try ScheduledRegistry()
    let run = try await Scheduler(registry: scheduled.registry, catalog: catalog)
      .execute(plan, as: try scheduled.begin(plan))
    #expect(run.status == .succeeded, "\(run.message ?? "")")
    var filter = ResultFilter()
    filter.step = step
    let results = try scheduled.registry.results(matching: filter).map(\.result)
    return Dictionary(
      results.map { ($0.subject ?? "", $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// MadeUpPlan has seed 7 and 139 fb⁻¹. What isn't in a fingerprint must not reach the step.
  @Test func seedAndLuminosityReachThoseWhoDeclareThem() async throws {
    var made = MadeUpPlan()
    try made.add("a", kind: "curious", json: Data("{\"label\":\"\"}".utf8))
    try made.add("b", kind: "demanding", json: Data("{\"label\":\"\"}".utf8))
    #expect(
      try await values(of: made.plan, step: "a") == ["seed": 0, "luminosity": -1, "bytes": 0])
    #expect(
      try await values(of: made.plan, step: "b") == ["seed": 7, "luminosity": 139, "bytes": 0])
  }

  @Test func outputsReachTheStepsThatNameThem() async throws {
    var made = MadeUpPlan()
    try made.add("source", MadeUpKind.Parameters(label: "source", file: "12345"))
    try made.add(
      "sink", kind: "curious", after: ["source"],
      inputs: ["in": .output(step: "source", name: "file")], json: Data("{\"label\":\"\"}".utf8))
    #expect(try await values(of: made.plan, step: "sink")["bytes"] == 5)
  }

  @Test func aValueReachesTheStepBesideTheOutputItBelongsTo() async throws {
    var made = MadeUpPlan()
    try made.add("source", MadeUpKind.Parameters(label: "source", file: "12345"))
    let input = PlannedInput.output(step: "source", name: "file", value: Data("123".utf8))
    try made.add(
      "sink", kind: "curious", after: ["source"], inputs: ["in": input],
      json: Data("{\"label\":\"\"}".utf8))
    let values = try await values(of: made.plan, step: "sink")
    #expect(values["bytes"] == 5 && values["value"] == 3)
  }

  @Test func aLogIsCutAtAMegabyteWithANote() async throws {
    var made = MadeUpPlan()
    try made.add("a", kind: "curious", json: Data("{\"label\":\"\"}".utf8))
    let scheduled = try ScheduledRegistry()
    let run = try await Scheduler(registry: scheduled.registry, catalog: catalog)
      .execute(made.plan, as: try scheduled.begin(made.plan))
    let log = try #require(try scheduled.registry.log(of: run.id, step: "a").first?.text)
    #expect(log.utf8.count < 1_060_000)
    #expect(log.hasSuffix("[the log ends here: it is longer than 1048576 bytes]\n"))
  }

  @Test func parametersThatNoLongerFitTheKindAreASentence() async throws {
    var made = MadeUpPlan()
    try made.add("a", kind: "curious", json: Data("{\"label\":1}".utf8))
    let scheduled = try ScheduledRegistry()
    let run = try await Scheduler(registry: scheduled.registry, catalog: catalog)
      .execute(made.plan, as: try scheduled.begin(made.plan))
    #expect(
      run.message?.hasPrefix(
        "step 'a' failed: step 'a': the planned parameters don't fit kind 'curious' version 1")
        == true)
  }

  @Test func nothingIsExecutedByTheNullExecutor() async throws {
    var made = MadeUpPlan()
    try made.add("a")
    let scheduled = try ScheduledRegistry()
    let run = try await Scheduler(
      registry: scheduled.registry, catalog: catalog, executor: NullExecutor()
    ).execute(made.plan, as: try scheduled.begin(made.plan))
    #expect(
      run.message
        == "step 'a' failed: step 'a' would have been executed, which this run does not allow")
    #expect(record.executions.isEmpty)
  }

  @Test func whoWaitsForAnotherProcessCanBeCancelled() async throws {
    var made = MadeUpPlan()
    try made.add("a")
    let plan = made.plan
    let scheduled = try ScheduledRegistry()
    let other = try Registry(directory: scheduled.registry.directory, create: false)
    let lease = try #require(try other.acquireLease(on: plan.steps[0].fingerprint))
    let run = try scheduled.begin(plan)
    let scheduler = Scheduler(registry: scheduled.registry, catalog: catalog)
    let task = Task { try await scheduler.execute(plan, as: run) }
    while try scheduled.registry.run(run.id).status != .running { await Task.yield() }
    task.cancel()
    #expect(try await task.value.status == .cancelled)
    #expect(record.executions.isEmpty)

    // When the other gives up, whoever waits takes over.
    let waiting = Task { try await scheduler.execute(plan, as: run) }
    while try scheduled.registry.run(run.id).status != .running { await Task.yield() }
    try other.release(lease)
    #expect(try await waiting.value.status == .succeeded)
    #expect(record.executions == ["a": 1])
  }
}
