// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation
import GRDB

/// Where a run stands. It moves along a table of legal moves that the schema holds.
public enum RunStatus: String, Sendable, Hashable, Codable, CaseIterable {
  case queued, running, succeeded, failed, cancelled
}

/// Version × signal × seed, executed. The same plan is the same run: `begin` finds it again,
/// whatever became of it.
public struct Run: Sendable, Hashable {
  /// Row in this registry.
  public let id: Int64
  /// What is reinterpreted.
  public let version: Version
  /// Name of the signal.
  public let signalName: String
  /// Parameters of the signal model, units in their names ("m_sq_gev").
  public let point: [String: Double]
  /// Digest of the signal: its point, values and files.
  public let signalFingerprint: Fingerprint
  /// Seed that steps with random numbers were planned with.
  public let seed: UInt64
  /// Where it stands.
  public let status: RunStatus
  /// Digest of the plan.
  public let planFingerprint: Fingerprint
  /// What went wrong, in a sentence.
  public let message: String?
  /// When the last attempt started.
  public let startedAt: Date?
  /// When it ended; nil while it is under way.
  public let endedAt: Date?
  /// Whether it is `running` by a process that died. The same command goes on with it.
  public let isInterrupted: Bool
}

extension Run {
  static let select = """
    SELECT run.id, signal.name, signal.point, signal.fingerprint, run.seed, run.status,
      run.planFingerprint, run.message, run.startedAt, run.endedAt,
      run.holder, version.id, analysis.name, version.number, version.fingerprint, version.title,
      version.registeredAt
    FROM run
    JOIN signal ON signal.id = run.signal
    JOIN version ON version.id = run.version
    JOIN analysis ON analysis.id = version.analysis
    """

  /// row: as `select` gives it. observer: this process.
  init(_ row: Row, seenFrom observer: LeaseHolder) throws {
    id = row[0]
    signalName = row[1]
    point = try PointText.decode(row[2])
    signalFingerprint = try Fingerprint(row: row[3])
    let text: String = row[4]
    guard let seed = UInt64(text) else {
      throw RegistryError(.corrupt, "run \(id): seed '\(text)' is not a 64-bit number")
    }
    self.seed = seed
    status = try RunStatus(column: row[5])
    planFingerprint = try Fingerprint(row: row[6])
    message = row[7]
    startedAt = try (row[8] as String?).map(Timestamp.date)
    endedAt = try (row[9] as String?).map(Timestamp.date)
    let holder = (row[10] as String?).flatMap { LeaseHolder($0) }
    isInterrupted = status == .running && holder?.isGone(seenFrom: observer) == true
    version = try Version(row, from: 11)
  }
}

extension RawRepresentable where RawValue == String {
  /// A case of a closed list that a row holds.
  init(column text: String) throws {
    guard let value = Self(rawValue: text) else {
      throw RegistryError(.corrupt, "'\(text)' is not a \(Self.self) this program knows")
    }
    self = value
  }
}
