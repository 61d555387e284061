// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Sampling
import Workflow

extension Reinterpreter {
  /// Starts a scan from its file, or goes on with it when it is the same scan.
  ///
  /// Everything is checked before anything is stored: the scan and its signal family, the outputs,
  /// the constraints. Returns when a stop rule holds, all points are done, the task is cancelled or
  /// ``stopScan(_:)`` was called; a point that fails never ends it.
  ///
  /// - Parameters:
  ///   - path: of `scan.yaml`.
  ///   - progress: told at the start, and whenever a point begins or ends.
  /// - Throws: ``Failure/Kind/refused`` when anything is wrong or another scan has the name;
  ///   ``Failure/Kind/failed`` when another process runs it.
  public func startScan(
    _ path: String, progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) async throws(Failure) -> ScanReport {
    try await classified {
      let file = try ScanFile(path: path, in: self)
      var scan = try checked(file)
      let registry = try registry()
      let family = try file.family(in: registry.store)
      scan.signals = scan.signals.storing(in: registry.store)
      let (record, _) = try registry.createScan(
        file.specification.name, of: file.preserved.version, specification: file.specification,
        family: family, seed: file.specification.seed, files: family.files,
        engine: Self.engineVersion)
      return try await work(on: record, scan, retrying: false, progress)
    }
  }

  /// Goes on with a scan that was stopped, interrupted or killed; it proposes what it would have
  /// proposed.
  public func resumeScan(
    _ name: String, progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) async throws(Failure) -> ScanReport {
    try await classified {
      let record = try registry().scan(name)
      return try await work(on: record, prepared(record), retrying: false, progress)
    }
  }

  /// Evaluates the failed points of a scan again, then goes on with it.
  public func retryScan(
    _ name: String, progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) async throws(Failure) -> ScanReport {
    try await classified {
      let record = try registry().scan(name)
      return try await work(on: record, prepared(record), retrying: true, progress)
    }
  }

  /// Asks whoever runs a scan to propose nothing more and to end when the points under way are
  /// done; a scan that nobody runs is stopped at once.
  public func stopScan(_ name: String) throws(Failure) -> ScanSummary {
    try classified {
      let registry = try registry()
      return ScanSummary(try registry.requestStop(of: registry.scan(name)))
    }
  }

  /// Makes all of it ready in a store that is thrown away, so that a scan which is refused has
  /// left nothing behind.
  private func checked(_ file: ScanFile) throws -> PreparedScan {
    let family = try file.family()
    guard case .efficiencyMap = family.source else {
      return try checkedPoints(
        of: prepared(file.specification, family, file.preserved, in: registry().store))
    }
    return try ScratchFolder.use { folder in
      let store = try ArtifactStore(directory: folder)
      return try checkedPoints(
        of: prepared(file.specification, file.family(in: store), file.preserved, in: store))
    }
  }

  /// There is a point to begin with: constraints may forbid all of them.
  private func checkedPoints(of scan: PreparedScan) throws -> PreparedScan {
    do {
      _ = try scan.sampler.proposals(1, after: [])
      return scan
    } catch let error as SamplingError {
      throw Failure.refused(error.description)
    }
  }

  private func work(
    on record: ScanRecord, _ scan: PreparedScan, retrying: Bool,
    _ progress: @escaping @Sendable (ScanProgress) -> Void
  ) async throws -> ScanReport {
    let registry = try registry()
    let running = try registry.startScan(record)
    let atOnce =
      scan.specification.mode == .async ? scan.specification.acquisition.batch : width
    let evaluation = PointEvaluation(
      registry: registry, catalog: catalog, executor: executor, preserved: scan.preserved,
      signals: scan.signals, outputs: scan.specification.outputs, width: max(1, width / atOnce))
    do {
      var runner = try ScanRunner(running, scan, evaluation, width: width, progress: progress)
      let end = try await runner.run(retrying: retrying)
      let ended = try registry.endScan(running, as: end.status, reason: end.reason)
      return try report(on: ended, scan)
    } catch {
      try end(running, because: error)
      throw error
    }
  }

  /// What stops a scan is written down, unless the registry itself can't be written.
  private func end(_ record: ScanRecord, because error: any Error) throws {
    do {
      _ = try registry().endScan(
        record, as: .failed, reason: Failure(classifying: error).description)
    } catch is RegistryError {
      // The first error says more; the next to resume finds the log as far as it got.
    }
  }
}
