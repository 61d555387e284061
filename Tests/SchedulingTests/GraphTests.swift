// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Scheduling
import Testing
import Workflow

/// A small generator (Steele, Lea and Flood, OOPSLA 2014), so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Fails some steps; which is no part of a step, so that they can succeed the next time.
private struct FaultyExecutor: Executor {
  let faulty: Set<String>

  func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext) async throws
    -> StepOutput
  {
    let output = try await LocalExecutor().perform(step, as: kind, in: context)
    if faulty.contains(step.id) { throw ExecutionError("a fault in \(step.id)") }
    return output
  }
}

/// Random graphs with random faults: what must hold for every plan.
@Suite struct GraphTests {
  private struct Case {
    let plan: Plan
    let faulty: Set<String>
    let width: Int
    let predecessors: [String: [String]]

    init(seed: UInt64) throws {
      var random = SplitMix(state: seed)
      var made = MadeUpPlan()
      var predecessors: [String: [String]] = [:]
      var faulty: Set<String> = []
      let count = Int.random(in: 1...14, using: &random)
      for index in 0..<count {
        let chance = Double.random(in: 0...0.5, using: &random)
        let sources = (0..<index).map { "s\($0)" }
          .filter { _ in Double.random(in: 0...1, using: &random) < chance }
        let id = "s\(index)"
        predecessors[id] = sources
        let pause = Int.random(in: 0...3, using: &random)
        try made.add(
          id, after: sources,
          MadeUpKind.Parameters(label: id, milliseconds: pause, value: Double(index)))
        if Int.random(in: 0..<6, using: &random) == 0 { faulty.insert(id) }
      }
      plan = made.plan
      self.faulty = faulty
      width = Int.random(in: 1...4, using: &random)
      self.predecessors = predecessors
    }

    /// Steps that depend on a faulty one, however far.
    var blocked: Set<String> {
      var blocked: Set<String> = []
      for step in plan.steps {
        let sources = predecessors[step.id] ?? []
        if sources.contains(where: { faulty.contains($0) || blocked.contains($0) }) {
          blocked.insert(step.id)
        }
      }
      return blocked
    }
  }

  private func expectOrder(_ record: ExecutionRecord, _ graph: Case) {
    var ended: Set<String> = []
    for moment in record.all {
      switch moment {
      case .begin(let id):
        #expect(ended.isSuperset(of: graph.predecessors[id] ?? []), "\(id) began too early")
      case .end(let id):
        ended.insert(id)
      }
    }
  }

  @Test(arguments: UInt64(1)...40) func aPlanIsExecutedOnceInOrderAndFaultsStayLocal(seed: UInt64)
    async throws
  {
    let graph = try Case(seed: seed)
    let scheduled = try ScheduledRegistry()
    let record = ExecutionRecord()
    let catalog = StepCatalog([MadeUpKind(record: record)])
    let run = try await Scheduler(
      registry: scheduled.registry, catalog: catalog,
      executor: FaultyExecutor(faulty: graph.faulty), width: graph.width
    ).execute(graph.plan, as: try scheduled.begin(graph.plan))

    let executed = Set(graph.plan.steps.map(\.id)).subtracting(graph.blocked)
    #expect(record.executions == Dictionary(uniqueKeysWithValues: executed.map { ($0, 1) }))
    #expect(record.largestWidth <= graph.width)
    expectOrder(record, graph)
    let effective = graph.faulty.subtracting(graph.blocked)
    #expect(run.status == (effective.isEmpty ? .succeeded : .failed))
    for (step, status) in try scheduled.statuses(of: run) {
      let expected: StepStatus =
        graph.blocked.contains(step) ? .skipped : effective.contains(step) ? .failed : .succeeded
      #expect(status == expected, "\(step)")
    }

    // The same plan again, without faults: only what has no output is executed.
    let second = ExecutionRecord()
    let resumed = try await Scheduler(
      registry: scheduled.registry, catalog: StepCatalog([MadeUpKind(record: second)]),
      width: graph.width
    ).execute(graph.plan, as: try scheduled.begin(graph.plan))
    #expect(resumed.status == .succeeded && resumed.id == run.id)
    let left = graph.blocked.union(effective)
    #expect(second.executions == Dictionary(uniqueKeysWithValues: left.map { ($0, 1) }))
    let values = try scheduled.registry.results(matching: ResultFilter()).map(\.result.value)
    #expect(values == graph.plan.steps.indices.map(Double.init))
    #expect(try scheduled.registry.unreferenced().isEmpty)
  }

  /// Two registries on one folder are what two processes have.
  @Test(arguments: UInt64(101)...112) func twoWhoDoTheSameExecuteEachStepOnce(seed: UInt64)
    async throws
  {
    let graph = try Case(seed: seed)
    let scheduled = try ScheduledRegistry()
    let other = try Registry(directory: scheduled.registry.directory, create: false)
    let record = ExecutionRecord()
    let catalog = StepCatalog([MadeUpKind(record: record)])
    let run = try scheduled.begin(graph.plan)
    let runs = try await withThrowingTaskGroup(of: Run.self) { group in
      for registry in [scheduled.registry, other] {
        group.addTask {
          try await Scheduler(registry: registry, catalog: catalog, width: graph.width)
            .execute(graph.plan, as: run)
        }
      }
      return try await group.reduce(into: [Run]()) { $0.append($1) }
    }
    #expect(runs.allSatisfy { $0.status == .succeeded && $0.id == run.id })
    let once = graph.plan.steps.map { ($0.id, 1) }
    #expect(record.executions == Dictionary(uniqueKeysWithValues: once))
    #expect(try scheduled.statuses(of: run).values.allSatisfy { $0 == .succeeded })
    #expect(try scheduled.registry.unreferenced().isEmpty)
  }
}
