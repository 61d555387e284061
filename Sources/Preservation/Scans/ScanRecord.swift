// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation
import GRDB

/// Where a scan stands. It moves along a table of legal moves that the schema holds.
public enum ScanStatus: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nothing was proposed yet.
  case created
  /// A process works on it, or died doing so.
  case running
  /// Ended by a person; the reason says how. It can go on.
  case stopped
  /// Ended by one of its own rules; the reason says which.
  case finished
  /// Ended by an error that is not a point's own.
  case failed
}

/// A scan as the registry knows it: many runs over a parameter space, under one name.
public struct ScanRecord: Sendable, Hashable {
  /// Row in this registry.
  public let id: Int64
  /// Its name, which no other scan of the registry has.
  public let name: String
  /// What is reinterpreted at every point.
  public let version: Version
  /// The specification as it was when the scan was created: canonical JSON.
  public let specification: String
  /// The signal family as it was when the scan was created: canonical JSON.
  public let family: String
  /// Digest of version, specification and family.
  public let fingerprint: Fingerprint
  /// Of every random choice.
  public let seed: UInt64
  /// Name and version of the program that created it.
  public let engine: String
  /// Where it stands.
  public let status: ScanStatus
  /// Which rule, person or error ended it, in a sentence; nil before it ended.
  public let reason: String?
  /// When it was created.
  public let createdAt: Date
  /// When the last process began to work on it.
  public let startedAt: Date?
  /// When it last ended; nil while it runs.
  public let endedAt: Date?
  /// Whether it is `running` by a process that died. To resume it goes on where that one was.
  public let isInterrupted: Bool
  /// Points asked for so far.
  public let proposed: Int
  /// Points with outputs.
  public let finished: Int
  /// Points whose last attempt failed.
  public let failed: Int

  /// Points that were asked for and not yet answered.
  public var pending: Int { proposed - finished - failed }
}

extension ScanRecord {
  static let select = """
    SELECT scan.id, scan.name, scan.specification, scan.family, scan.fingerprint, scan.seed,
      scan.engine, scan.status, scan.reason, scan.createdAt, scan.startedAt, scan.endedAt,
      scan.holder,
      (SELECT count(*) FROM scanProposal WHERE scanProposal.scan = scan.id),
      (SELECT count(*) FROM scanOutcome WHERE scanOutcome.scan = scan.id AND status = 'finished'),
      (SELECT count(DISTINCT number) FROM scanOutcome WHERE scanOutcome.scan = scan.id),
      version.id, analysis.name, version.number, version.fingerprint, version.title,
      version.registeredAt
    FROM scan
    JOIN version ON version.id = scan.version
    JOIN analysis ON analysis.id = version.analysis
    """

  /// row: as `select` gives it. observer: this process.
  init(_ row: Row, seenFrom observer: LeaseHolder) throws {
    id = row[0]
    name = row[1]
    specification = row[2]
    family = row[3]
    fingerprint = try Fingerprint(row: row[4])
    let text: String = row[5]
    guard let seed = UInt64(text) else {
      throw RegistryError(.corrupt, "scan '\(name)': seed '\(text)' is not a 64-bit number")
    }
    self.seed = seed
    engine = row[6]
    status = try ScanStatus(column: row[7])
    reason = row[8]
    createdAt = try Timestamp.date(row[9])
    startedAt = try (row[10] as String?).map(Timestamp.date)
    endedAt = try (row[11] as String?).map(Timestamp.date)
    let holder = (row[12] as String?).flatMap { LeaseHolder($0) }
    isInterrupted = status == .running && holder?.isGone(seenFrom: observer) == true
    proposed = row[13]
    finished = row[14]
    // One attempt at most has finished, and it is the last.
    failed = (row[15] as Int) - finished
    version = try Version(row, from: 16)
  }
}
