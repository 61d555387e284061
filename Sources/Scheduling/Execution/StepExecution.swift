// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Logging
import Preservation
import Synchronization
import Workflow

/// How a step of a plan ended.
struct StepEnd: Sendable {
  enum Ending: Sendable {
    case cached(StepOutput)
    case succeeded(StepOutput, seconds: Double)
    case failed(String)
    case cancelled
  }

  let step: String
  let ending: Ending
}

/// One step, from the wait for its lease to the row of its end.
struct StepExecution: Sendable {
  let step: PlannedStep
  /// A failure is the step's, told when it is its turn.
  let inputs: Result<[String: StepInput], any Error>
  let plan: Plan
  let run: Run
  let scheduler: Scheduler
  let observer: @Sendable (RunEvent) -> Void

  private var registry: Registry { scheduler.registry }

  /// Throws only what the registry throws.
  func perform() async throws -> StepEnd {
    var wait = Wait()
    while !Task.isCancelled {
      switch try registry.claim(step, in: run) {
      case .granted(let lease, let reason):
        return try await execute(reason: reason, holding: lease)
      case .finished(let output):
        return try hit(output)
      case .held:
        repeat { await wait.next() } while try isLeased()
      }
    }
    return StepEnd(step: step.id, ending: .cancelled)
  }

  /// A cancelled wait ends at once.
  private func isLeased() throws -> Bool {
    try !Task.isCancelled && registry.hasLiveLease(step.fingerprint)
  }

  private func hit(_ output: StepOutput) throws -> StepEnd {
    try registry.recordHit(step, in: run)
    return StepEnd(step: step.id, ending: .cached(output))
  }

  private func execute(reason: String, holding lease: Lease) async throws -> StepEnd {
    observer(.started(step: step.id, reason: reason))
    scheduler.logger.debug("run \(run.id): step '\(step.id)' begins: \(reason)")
    let log = StepLog()
    let clock = ContinuousClock()
    let start = clock.now
    let ending = await attempt(log)
    let seconds = (clock.now - start) / .seconds(1)
    switch ending {
    case .success(let output):
      do {
        try registry.record(
          output, of: step, in: run, seconds: seconds, log: log.text, releasing: lease)
        return StepEnd(step: step.id, ending: .succeeded(output, seconds: seconds))
      } catch let error as RegistryError where error.code == .refused {
        // The step's own fault: a result that isn't finite, a file that isn't there.
        return try fail(error.description, seconds, log, lease)
      } catch {
        giveBack(lease)
        throw error
      }
    case .failure(let error):
      guard !Task.isCancelled, !(error is CancellationError) else {
        try registry.recordCancellation(of: step, in: run, log: log.text, releasing: lease)
        return StepEnd(step: step.id, ending: .cancelled)
      }
      return try fail("\(error)", seconds, log, lease)
    }
  }

  /// When the registry fails: this process may live on, and others must not wait for it.
  private func giveBack(_ lease: Lease) {
    do {
      try registry.release(lease)
    } catch {
      scheduler.logger.warning("the lease of step '\(step.id)' was not given back: \(error)")
    }
  }

  private func fail(_ message: String, _ seconds: Double, _ log: StepLog, _ lease: Lease) throws
    -> StepEnd
  {
    scheduler.logger.debug("run \(run.id): step '\(step.id)' failed: \(message)")
    try registry.recordFailure(
      message, of: step, in: run, seconds: seconds, log: log.text, releasing: lease)
    return StepEnd(step: step.id, ending: .failed(message))
  }

  private func attempt(_ log: StepLog) async -> Result<StepOutput, any Error> {
    do {
      guard let kind = scheduler.catalog.kinds[step.kind] else {
        let known = scheduler.catalog.kinds.keys.sorted().joined(separator: ", ")
        throw ExecutionError("there is no step kind '\(step.kind)' (known: \(known))")
      }
      let scratch = try Scratch(for: step, in: registry)
      defer { scratch.remove(logger: scheduler.logger) }
      let context = try context(for: kind, scratch: scratch.folder, log)
      return .success(try await scheduler.executor.perform(step, as: kind, in: context))
    } catch {
      return .failure(error)
    }
  }

  private func context(for kind: any StepKind, scratch: URL, _ log: StepLog) throws -> StepContext {
    let type = type(of: kind)
    return StepContext(
      stepID: step.id, inputs: try inputs.get(),
      // What isn't in the fingerprint must not reach the step.
      seed: type.usesSeed ? plan.seed : 0,
      luminosity: type.usesLuminosity ? plan.luminosity : nil,
      store: registry.store, scratch: scratch, programs: scheduler.programs,
      log: { log.append($0) })
  }
}

/// Growing waits for another process: 2 ms at first, 200 ms at most.
private struct Wait {
  private var milliseconds = 2.0

  mutating func next() async {
    // A cancelled sleep ends at once, and so does the loop around it.
    try? await Task.sleep(for: .milliseconds(milliseconds))
    milliseconds = min(200, milliseconds * 1.5)
  }
}

/// Lines that a step writes, from whatever thread.
final class StepLog: Sendable {
  private static let limit = 1 << 20
  private let lines = Mutex(Lines())

  private struct Lines {
    var text = ""
    var isFull = false
  }

  func append(_ line: String) {
    lines.withLock { lines in
      guard !lines.isFull else { return }
      lines.text += line + "\n"
      guard lines.text.utf8.count > Self.limit else { return }
      lines.isFull = true
      lines.text += "[the log ends here: it is longer than \(Self.limit) bytes]\n"
    }
  }

  var text: String { lines.withLock { $0.text } }
}
