// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Preservation
import Workflow

/// The state of one plan while it is executed. One task decides what begins; steps run in others.
struct PlanExecution {
  private let plan: Plan
  private let run: Run
  private let scheduler: Scheduler
  private let observer: @Sendable (RunEvent) -> Void
  private let steps: [String: PlannedStep]
  private let dependents: [String: [String]]
  /// Steps of the same fingerprint as an earlier one of the plan: they wait for it and are hits.
  private let twins: [String: String]

  private var waitingFor: [String: Int] = [:]
  private var ready: [String] = []
  private var outputs: [String: StepOutput] = [:]
  private var failures: [(step: String, message: String)] = []
  private var isCancelled = false

  init(
    _ plan: Plan, run: Run, scheduler: Scheduler,
    observer: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.plan = plan
    self.run = run
    self.scheduler = scheduler
    self.observer = observer
    steps = Dictionary(plan.steps.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var first: [Fingerprint: String] = [:]
    var twins: [String: String] = [:]
    var dependents: [String: [String]] = [:]
    for step in plan.steps {
      var sources = Set(step.predecessors)
      if let twin = first[step.fingerprint] {
        twins[step.id] = twin
        sources.insert(twin)
      } else {
        first[step.fingerprint] = step.id
      }
      waitingFor[step.id] = sources.count
      for source in sources { dependents[source, default: []].append(step.id) }
    }
    self.twins = twins
    self.dependents = dependents
  }

  /// How the run ends.
  var verdict: (status: RunStatus, message: String?) {
    if let first = failures.first {
      let others = failures.count > 1 ? " (and \(failures.count - 1) more)" : ""
      return (.failed, "step '\(first.step)' failed: \(first.message)\(others)")
    }
    return isCancelled ? (.cancelled, "the run was cancelled") : (.succeeded, nil)
  }

  /// Executes the plan. known: outputs by fingerprint as they were at the start.
  mutating func perform(known: [Fingerprint: StepOutput]) async throws {
    try recordHits(known)
    ready = plan.steps.map(\.id).filter { waitingFor[$0] == 0 && outputs[$0] == nil }
    try await withThrowingTaskGroup(of: StepEnd.self) { group in
      var underWay = 0
      while true {
        while underWay < scheduler.width, !ready.isEmpty, !isCancelled {
          guard let execution = try execution(of: ready.removeFirst()) else { continue }
          if underWay == 0, ready.isEmpty {
            // With nothing beside it, a step needs no task: to wake threads costs more than a
            // cheap step.
            settle(try await execution.perform())
          } else {
            group.addTask { try await execution.perform() }
            underWay += 1
          }
        }
        guard underWay > 0, let end = try await group.next() else { break }
        underWay -= 1
        settle(end)
      }
    }
    try recordWhatDidNotBegin()
  }

  /// All that is known at the start, in one transaction.
  private mutating func recordHits(_ known: [Fingerprint: StepOutput]) throws {
    let hits = plan.steps.filter { known[$0.fingerprint] != nil }
    guard !hits.isEmpty else { return }
    try scheduler.registry.recordHits(hits, in: run)
    for step in hits {
      outputs[step.id] = known[step.fingerprint]
      observer(.cached(step: step.id))
    }
    for step in hits { free(step.id) }
  }

  /// nil when the step needs none, because another of the same fingerprint has an output now.
  private mutating func execution(of id: String) throws -> StepExecution? {
    guard let step = steps[id] else { return nil }
    if let twin = twins[id], let output = outputs[twin] {
      try scheduler.registry.recordHit(step, in: run)
      settle(StepEnd(step: id, ending: .cached(output)))
      return nil
    }
    return StepExecution(
      step: step, inputs: Result { try inputs(of: step) }, plan: plan, run: run,
      scheduler: scheduler, observer: observer)
  }

  private mutating func settle(_ end: StepEnd) {
    isCancelled = isCancelled || Task.isCancelled
    switch end.ending {
    case .cached(let output):
      outputs[end.step] = output
      observer(.cached(step: end.step))
      free(end.step)
    case .succeeded(let output, let seconds):
      outputs[end.step] = output
      observer(.succeeded(step: end.step, seconds: seconds))
      free(end.step)
    case .failed(let message):
      failures.append((end.step, message))
      observer(.failed(step: end.step, message: message))
    case .cancelled:
      isCancelled = true
    }
  }

  /// Dependents of a step that has an output wait for one step less.
  private mutating func free(_ id: String) {
    for dependent in dependents[id] ?? [] {
      let left = (waitingFor[dependent] ?? 0) - 1
      waitingFor[dependent] = left
      if left == 0, outputs[dependent] == nil { ready.append(dependent) }
    }
  }

  private func inputs(of step: PlannedStep) throws -> [String: StepInput] {
    try step.inputs.mapValues { input in
      switch input {
      case .resolved(let value):
        return value
      case .output(let source, let name, let value):
        let artifacts = outputs[source]?.artifacts ?? [:]
        guard let artifact = artifacts[name] else {
          let given = artifacts.keys.sorted().joined(separator: ", ")
          throw ExecutionError("step '\(source)' gave no '\(name)' (it gave: \(given))")
        }
        return StepInput(artifacts: [artifact], value: value)
      }
    }
  }

  /// Steps that nobody began are cancelled with the run, or skipped for a failure before them.
  private func recordWhatDidNotBegin() throws {
    let failed = Set(failures.map(\.step))
    let left = plan.steps.filter { outputs[$0.id] == nil && !failed.contains($0.id) }
    var blockers: [String: String] = [:]
    var skips: [(step: PlannedStep, reason: String)] = []
    for step in left {
      let sources = step.predecessors + [twins[step.id]].compactMap { $0 }
      let blocker = sources.lazy.compactMap { failed.contains($0) ? $0 : blockers[$0] }.first
      if let blocker {
        blockers[step.id] = blocker
        skips.append((step, "\(blocker) failed"))
      } else if isCancelled {
        try scheduler.registry.recordCancellation(of: step, in: run)
      }
    }
    if !skips.isEmpty { try scheduler.registry.recordSkips(skips, in: run) }
  }
}
