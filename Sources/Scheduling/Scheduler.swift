// SPDX-License-Identifier: Apache-2.0
public import Logging
public import Preservation
public import Workflow

/// Executes plans: order, width, cache, leases, failure, cancellation.
///
/// A step's end is in the registry before anything that depends on it begins, so that a plan that
/// was cut short at any moment goes on from its last whole step.
public struct Scheduler: Sendable {
  let registry: Registry
  let catalog: StepCatalog
  let executor: any Executor
  let width: Int
  let programs: any ProgramRunner
  let logger: Logger
  let syncsRuns: Bool

  /// width: steps that are executed at the same time, at least 1.
  /// logger: told of every step at debug level; nil is silent.
  /// syncsRuns: a run that has ended is on the disk. For scans false will do: runs of cheap points
  /// then don't wait for the disk each, and after a power cut the last second of them is repeated.
  public init(
    registry: Registry, catalog: StepCatalog, executor: any Executor = LocalExecutor(),
    width: Int = 2, programs: any ProgramRunner = LocalProgramRunner(), logger: Logger? = nil,
    syncsRuns: Bool = true
  ) {
    self.registry = registry
    self.catalog = catalog
    self.executor = executor
    self.width = max(1, width)
    self.programs = programs
    self.syncsRuns = syncsRuns
    self.logger = logger ?? Logger(label: "scheduling") { _ in SwiftLogNoOpLogHandler() }
  }

  /// Executes what has no output yet, each step once, and ends the run.
  ///
  /// A step that fails makes the run `failed` and what depends on it `skipped`; other branches go
  /// on, and nothing is thrown. A cancelled task gives a `cancelled` run, its programs ended. Throws
  /// `RegistryError` when the registry itself fails: then the run is left as it is, to be resumed.
  public func execute(
    _ plan: Plan, as run: Run, observer: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws -> Run {
    let outputs = try registry.outputs(for: plan.steps.map(\.fingerprint))
    if run.status == .succeeded, plan.steps.allSatisfy({ outputs[$0.fingerprint] != nil }) {
      // Everything is known already: nothing is written.
      for step in plan.steps { observer(.cached(step: step.id)) }
      return run
    }
    let started = try registry.start(run)
    let renewal = LeaseRenewal(registry, logger)
    defer { renewal.stop() }
    var execution = PlanExecution(plan, run: started, scheduler: self, observer: observer)
    try await execution.perform(known: outputs)
    let verdict = execution.verdict
    logger.debug("run \(run.id) \(verdict.status.rawValue)")
    return try registry.finish(
      started, as: verdict.status, message: verdict.message, durably: syncsRuns)
  }
}
