// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Scheduling
import Workflow

/// Turns a point into outputs: signal, plan, run, results.
struct PointEvaluation: Sendable {
  /// How an attempt ended.
  enum Ending: Sendable {
    case finished(run: Int64, outputs: [String: ScanOutputValue])
    case failed(run: Int64?, message: String)
    /// Without an answer: the point stays pending.
    case cancelled
  }

  let registry: Registry
  let catalog: StepCatalog
  let executor: any Executor
  let preserved: PreservedAnalysis
  let signals: PointSignals
  let outputs: [ScanOutput]
  /// Steps of a run at a time.
  let width: Int

  /// A failure of the point is an ending.
  ///
  /// - Throws: what the registry throws.
  func perform(_ proposal: ScanProposalRow) async throws -> Ending {
    var run: Int64?
    do {
      let signal = try signals.signal(at: proposal.point)
      let plan = try Plan(
        preserved.specification, files: preserved.files, signal: signal,
        seed: signals.seed(of: proposal.number), catalog: catalog)
      let begun = try registry.begin(
        plan, of: preserved.version, signal: signal, engine: Reinterpreter.engineVersion)
      run = begun.id
      let scheduler = Scheduler(
        registry: registry, catalog: catalog, executor: executor, width: width,
        syncsRuns: false)
      let ended = try await scheduler.execute(plan, as: begun)
      switch ended.status {
      case .succeeded: return .finished(run: ended.id, outputs: try outputs(of: plan))
      case .cancelled: return .cancelled
      case .queued, .running, .failed:
        return .failed(run: ended.id, message: ended.message ?? "the run failed")
      }
    } catch let error as RegistryError where error.code != .refused {
      throw error
    } catch is CancellationError {
      return .cancelled
    } catch {
      return .failed(run: run, message: Failure(classifying: error).description)
    }
  }

  private func outputs(of plan: Plan) throws -> [String: ScanOutputValue] {
    var results: [String: [ResultValue]] = [:]
    var values: [String: ScanOutputValue] = [:]
    for output in outputs {
      if results[output.step] == nil {
        let step = plan.steps.first { $0.id == output.step }
        results[output.step] =
          try step.flatMap { try registry.output(for: $0.fingerprint) }?
          .results ?? []
      }
      let result = results[output.step]?.first {
        $0.quantity == output.quantity && $0.sigma == output.sigma && $0.subject == output.subject
      }
      guard let result else {
        let details =
          (output.sigma.map { [" at \($0) sigma"] } ?? [])
          + (output.subject.map { [" of '\($0)'"] } ?? [])
        throw Failure.failed("the run gave no \(output.valueName)\(details.joined())")
      }
      let value = ScanOutputValue(result.value, uncertainty: result.uncertainty)
      // What has no transform is no result of the scan.
      _ = try output.response(of: value)
      values[output.name] = value
    }
    return values
  }
}
