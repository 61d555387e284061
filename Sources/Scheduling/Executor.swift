// SPDX-License-Identifier: Apache-2.0
import Foundation
public import Workflow

/// Where a step is performed; one method wide, and without knowledge of caches or rows.
public protocol Executor: Sendable {
  /// What the step makes. Throws what the kind throws, and `CancellationError` when stopped.
  func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext) async throws
    -> StepOutput
}

/// Performs steps in this process; programs that they run are its children.
public struct LocalExecutor: Executor {
  /// An executor without settings.
  public init() {}

  public func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext)
    async throws -> StepOutput
  {
    try await run(step, as: kind, in: context)
  }

  private func run<Kind: StepKind>(_ step: PlannedStep, as kind: Kind, in context: StepContext)
    async throws -> StepOutput
  {
    let parameters: Kind.Parameters
    do {
      parameters = try JSONDecoder().decode(Kind.Parameters.self, from: step.parameters)
    } catch {
      throw ExecutionError(
        "step '\(step.id)': the planned parameters don't fit kind '\(Kind.name)' version "
          + "\(Kind.version) (\(error)); raise the kind's version when its parameters change")
    }
    return try await kind.run(parameters, in: context)
  }
}

/// Refuses to execute anything: for dry runs, and to prove that the cache was used.
public struct NullExecutor: Executor {
  /// An executor without settings.
  public init() {}

  public func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext)
    async throws -> StepOutput
  {
    throw ExecutionError(
      "step '\(step.id)' would have been executed, which this run does not allow")
  }
}

/// Why a step could not be executed, as a sentence.
public struct ExecutionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// An error from its sentence.
  public init(_ description: String) { self.description = description }
}
