// SPDX-License-Identifier: Apache-2.0
import Scheduling
import Synchronization
import Workflow

/// Executes as the local executor does and remembers which steps.
final class CountingExecutor: Executor {
  private let performed = Mutex<[String]>([])

  /// Ids of the steps executed since the last call.
  func take() -> [String] {
    performed.withLock { steps in
      defer { steps = [] }
      return steps.sorted()
    }
  }

  func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext) async throws
    -> StepOutput
  {
    performed.withLock { $0.append(step.id) }
    return try await LocalExecutor().perform(step, as: kind, in: context)
  }
}
