// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation
public import Workflow

public struct Version: Sendable, Hashable { public let id: Int64, analysis: String, number: Int, fingerprint: Fingerprint, title: String, registeredAt: Date }
public struct RegistryError: Error, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable { case notFound, busy, corrupt, unwritable, newerSchema, invalidQuery, refused }
  public let code: Code
  public let description: String
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
public enum RunStatus: String, Sendable, Hashable, Codable, CaseIterable { case queued, running, succeeded, failed, cancelled }
/// Version × signal × seed. The same plan is the same run: begin() finds it again, whatever became of it.
public struct Run: Sendable, Hashable { public let id: Int64, version: Version, signalName: String, point: [String: Double], signalFingerprint: Fingerprint, seed: UInt64, status: RunStatus, planFingerprint: Fingerprint, message: String?, startedAt: Date?, endedAt: Date? }
public enum StepStatus: String, Sendable, Hashable, Codable, CaseIterable { case pending, running, succeeded, cached, failed, cancelled, skipped }
public struct StepRun: Sendable, Hashable { public let run: Int64, step: String, kind: String, fingerprint: Fingerprint, status: StepStatus, reason: String, message: String?, seconds: Double?, host: String? }
/// A result with everything one queries by.
public struct ResultRow: Sendable, Hashable { public let analysis: String, version: Int, run: Int64, signal: String, point: [String: Double], step: String, result: ResultValue }
public struct ResultFilter: Sendable, Hashable {
  public var analysis: String?, version: Int?, signal: String?, run: Int64?, quantity: Quantity?, step: String?
  /// A comparison over point parameters and columns: "m_sq_gev > 1000 and m_lsp_gev < 500". Parsed, never pasted into SQL.
  public var condition: String?
  public init() {}
}
/// A table as text columns and typed cells, for --sql.
public struct QueryTable: Sendable { public enum Cell: Sendable, Hashable { case null, integer(Int64), real(Double), text(String), blob(Data) }
  public let columns: [String]
  public let rows: [[Cell]]
  public init(columns: [String], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }
}
/// Who works on a step right now: host, boot id, process and its start time. Stale when that process is gone.
public struct Lease: Sendable, Hashable { public let fingerprint: Fingerprint, holder: String }
public final class Registry: Sendable {
  public let directory: URL
  public let store: ArtifactStore
  /// Opens, creating it when `create`; migrates under SQLite's lock.
  public init(directory: URL, create: Bool = true) throws { fatalError("contract stub") }
  /// Idempotent: the same fingerprint is the same version. files include analysis.yaml, signals, expected, README.
  public func register(_ analysis: AnalysisSpecification, files: [String: Artifact]) throws -> (version: Version, isNew: Bool) { fatalError("contract stub") }
  public func versions(of analysis: String? = nil) throws -> [Version] { fatalError("contract stub") }
  /// number nil: the newest. Unknown: RegistryError.notFound with the near names.
  public func version(of analysis: String, number: Int? = nil) throws -> Version { fatalError("contract stub") }
  public func files(of version: Version) throws -> [String: Artifact] { fatalError("contract stub") }
  public func begin(_ plan: Plan, of version: Version, signal: Signal, engine: String) throws -> Run { fatalError("contract stub") }
  public func runs(of analysis: String? = nil, signal: String? = nil) throws -> [Run] { fatalError("contract stub") }
  public func run(_ id: Int64) throws -> Run { fatalError("contract stub") }
  public func stepRuns(of run: Int64) throws -> [StepRun] { fatalError("contract stub") }
  /// What an earlier execution with this fingerprint made, if its artifacts are still there.
  public func output(for fingerprint: Fingerprint) throws -> StepOutput? { fatalError("contract stub") }
  /// Why there is no output for this step: first execution, or the component that differs from the nearest earlier one of the same analysis and step.
  public func reasonToRun(_ step: PlannedStep, of analysis: String) throws -> String { fatalError("contract stub") }
  /// nil when another live process holds it.
  public func acquireLease(on fingerprint: Fingerprint) throws -> Lease? { fatalError("contract stub") }
  public func release(_ lease: Lease) throws { fatalError("contract stub") }
  public func markRunning(_ step: PlannedStep, in run: Run, reason: String) throws { fatalError("contract stub") }
  /// Step row, artifacts, results, log, lease: one transaction.
  public func record(_ output: StepOutput, of step: PlannedStep, in run: Run, seconds: Double, log: String, releasing lease: Lease?) throws { fatalError("contract stub") }
  public func recordHit(_ step: PlannedStep, in run: Run) throws { fatalError("contract stub") }
  public func recordFailure(_ message: String, of step: PlannedStep, in run: Run, seconds: Double, log: String, releasing lease: Lease?) throws { fatalError("contract stub") }
  public func finish(_ run: Run, as status: RunStatus, message: String? = nil) throws -> Run { fatalError("contract stub") }
  public func log(of run: Int64, step: String?) throws -> [(step: String, text: String)] { fatalError("contract stub") }
  public func results(matching filter: ResultFilter) throws -> [ResultRow] { fatalError("contract stub") }
  public func artifacts(of run: Int64) throws -> [(step: String, name: String, artifact: Artifact)] { fatalError("contract stub") }
  /// One SELECT on a read-only connection; anything else is refused.
  public func query(_ sql: String) throws -> QueryTable { fatalError("contract stub") }
  /// One file with a version, its files and (with runs) its results; import checks every digest.
  public func export(_ version: Version, to file: URL) throws { fatalError("contract stub") }
  public func importBundle(_ file: URL, catalog: StepCatalog) throws -> (version: Version, isNew: Bool) { fatalError("contract stub") }
}
