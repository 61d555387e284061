// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Sampling
import Workflow

/// A scan with everything that its points need: what it says, the version, signals, the sampler.
struct PreparedScan: Sendable {
  let specification: ScanSpecification
  let preserved: PreservedAnalysis
  var signals: PointSignals
  let sampler: Sampler

  /// The log as this scan's outputs see it.
  func state(_ log: ScanLog) throws -> ScanState {
    try ScanState(
      log, outputs: specification.outputs, hasNoise: signals.hasIndependentErrors)
  }
}

extension Reinterpreter {
  /// Makes a scan of the registry ready: it is read again from its own rows.
  func prepared(_ record: ScanRecord) throws -> PreparedScan {
    let specification: ScanSpecification = try Self.decoded(record.specification, of: record)
    let family: SignalFamily = try Self.decoded(record.family, of: record)
    let preserved = try preserved("\(record.version.analysis)@\(record.version.number)")
    return try prepared(specification, family, preserved, in: registry().store)
  }

  func prepared(
    _ specification: ScanSpecification, _ family: SignalFamily, _ preserved: PreservedAnalysis,
    in store: ArtifactStore
  ) throws -> PreparedScan {
    let signals = try PointSignals(
      family, for: specification, of: preserved.specification, in: store)
    if let pool = signals.pool, pool.isEmpty {
      throw Failure.refused(
        "the signals of '\(family.name)' have no point inside of the scan's ranges: widen them")
    }
    return PreparedScan(
      specification: specification, preserved: preserved, signals: signals,
      sampler: try specification.sampler(
        pool: signals.pool, priors: priors(of: specification)))
  }

  /// What a cheaper scan found, for each output that it has too.
  private func priors(of specification: ScanSpecification) throws -> [GaussianProcess?] {
    guard let name = specification.warmStart else { return [] }
    let record = try registry().scan(name)
    let cheap: ScanSpecification = try Self.decoded(record.specification, of: record)
    guard record.status == .finished else {
      throw Failure.refused(
        "warm_start: scan '\(name)' is \(record.status.rawValue); finish it first")
    }
    guard cheap.parameters == specification.parameters else {
      throw Failure.refused(
        "warm_start: scan '\(name)' has other parameters, ranges or scales; give both the same")
    }
    let found = try surrogates(of: record)
    return try specification.outputs.map { output in
      guard let index = cheap.outputs.firstIndex(where: { $0.name == output.name }) else {
        return nil
      }
      guard cheap.outputs[index].transform == output.transform else {
        throw Failure.refused(
          "warm_start: output '\(output.name)' of scan '\(name)' has another transform")
      }
      return found[index]
    }
  }

  /// The most points that hyperparameters are found from outside of an active scan.
  private static let fitted = 300

  /// The surrogate of each output.
  func surrogates(of record: ScanRecord) throws -> [GaussianProcess] {
    let scan = try prepared(record)
    return try surrogates(of: scan, scan.state(registry().log(of: record)))
  }

  func surrogates(of scan: PreparedScan, _ state: ScanState) throws -> [GaussianProcess] {
    guard state.finished > 1 else {
      throw Failure.refused(
        "scan '\(scan.specification.name)' has \(state.finished) points with a result; two are "
          + "needed to tell of others")
    }
    let trials = state.trials()
    guard state.finished > Self.fitted else { return try scan.sampler.surrogates(trials) }
    return try scan.sampler.surrogates(
      trials, like: scan.sampler.surrogates(state.evenTrials(Self.fitted)))
  }

  private static func decoded<Value: Decodable>(_ text: String, of record: ScanRecord) throws
    -> Value
  {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw Failure(
        .unexpected, "scan '\(record.name)' can't be read by this version of the program: \(error)")
    }
  }
}
