// SPDX-License-Identifier: Apache-2.0
public import Preservation
public import Workflow

/// One method wide: where a step is performed.
public protocol Executor: Sendable {
  func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext) async throws -> StepOutput
}
public struct LocalExecutor: Executor {
  public init() {}
  public func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext) async throws -> StepOutput { fatalError("contract stub") }
}
/// Refuses to execute anything: for dry runs, and to prove that the cache was used.
public struct NullExecutor: Executor {
  public init() {}
  public func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext) async throws -> StepOutput { fatalError("contract stub") }
}
public enum RunEvent: Sendable {
  case started(step: String, reason: String)
  case cached(step: String)
  case succeeded(step: String, seconds: Double)
  case failed(step: String, message: String)
}
public struct Scheduler: Sendable {
  public init(registry: Registry, catalog: StepCatalog, executor: any Executor = LocalExecutor(), width: Int = 2) { fatalError("contract stub") }
  /// Runs what has no output yet; ends the run as succeeded, failed (throws nothing for a failed step: see the run) or cancelled.
  public func execute(_ plan: Plan, as run: Run, observer: @escaping @Sendable (RunEvent) -> Void = { _ in }) async throws -> Run { fatalError("contract stub") }
}
