// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB

extension Registry {
  /// Moves a scan to running, by this process and no other, until `endScan` or its death.
  ///
  /// Throws `busy`, and tells who, when another living process works on it.
  public func startScan(_ scan: ScanRecord) throws -> ScanRecord {
    try write { database in
      guard try self.acquireLease(on: scan.leaseName, in: database) != nil else {
        throw try self.isHeldByAnother(scan, in: database)
      }
      try database.execute(
        sql: """
          UPDATE scan SET status = 'running', reason = NULL, holder = ?, startedAt = ?,
            stopRequestedAt = NULL, endedAt = NULL
          WHERE id = ?
          """,
        arguments: [self.holder.description, Timestamp.text(), scan.id])
      return try self.scan(scan.name, in: database)
    }
  }

  /// Ends a scan that this process works on; from then on another may go on with it.
  ///
  /// - Parameters:
  ///   - scan: one that this process works on.
  ///   - status: stopped, finished or failed.
  ///   - reason: which rule, person or error ended it, in a sentence.
  /// - Throws: `refused` when another process has taken it over.
  public func endScan(_ scan: ScanRecord, as status: ScanStatus, reason: String) throws
    -> ScanRecord
  {
    try write(durably: true) { database in
      try self.requireLease(on: scan, in: database)
      try database.execute(
        sql: "UPDATE scan SET status = ?, reason = ?, endedAt = ? WHERE id = ?",
        arguments: [status.rawValue, reason, Timestamp.text(), scan.id])
      try Self.release(
        Lease(fingerprint: scan.leaseName, holder: self.holder.description), in: database)
      return try self.scan(scan.name, in: database)
    }
  }

  /// Asks the process that works on a scan to end it; when there is none, it is stopped at once.
  ///
  /// What has ended already stays as it is.
  public func requestStop(of scan: ScanRecord) throws -> ScanRecord {
    try write { database in
      let current = try self.scan(scan.name, in: database)
      switch current.status {
      case .stopped, .finished, .failed: return current
      case .created, .running: break
      }
      let now = Timestamp.text()
      if try self.heldBy(scan.leaseName, in: database) != nil {
        try database.execute(
          sql: "UPDATE scan SET stopRequestedAt = ? WHERE id = ?", arguments: [now, scan.id])
      } else {
        try database.execute(
          sql: "UPDATE scan SET status = 'stopped', reason = ?, endedAt = ? WHERE id = ?",
          arguments: ["stopped on request", now, scan.id])
      }
      return try self.scan(scan.name, in: database)
    }
  }

  /// Whether somebody asked the process that works on a scan to end it. Takes no write lock.
  public func isStopRequested(of scan: ScanRecord) throws -> Bool {
    try read { database in
      try Bool.fetchOne(
        database.cachedStatement(
          sql: "SELECT stopRequestedAt IS NOT NULL FROM scan WHERE id = ?"),
        arguments: [scan.id]) == true
    }
  }

  /// Refuses to write for a scan that another process has taken over; else tells other machines
  /// that this one is alive.
  func requireLease(on scan: ScanRecord, in database: Database) throws {
    try database.cachedStatement(
      sql: "UPDATE lease SET renewedAt = ? WHERE fingerprint = ? AND holder = ?"
    ).execute(arguments: [Timestamp.text(), scan.leaseName.hex, holder.description])
    guard database.changesCount == 1 else {
      guard try heldBy(scan.leaseName, in: database) != nil else {
        throw RegistryError(
          .refused, "scan '\(scan.name)' is not run by this process; start or resume it first")
      }
      throw try isHeldByAnother(scan, in: database)
    }
  }

  private func isHeldByAnother(_ scan: ScanRecord, in database: Database) throws -> RegistryError {
    let other = try heldBy(scan.leaseName, in: database)
    let told = other.map { "process \($0.processID) on \($0.host)" } ?? "another process"
    return RegistryError(
      .busy, "scan '\(scan.name)' is run by \(told); wait for its end, or stop it")
  }
}

extension ScanRecord {
  /// What names the lease of whoever works on it, as a fingerprint names a step's.
  var leaseName: Fingerprint { Fingerprint(of: Data("scan \(name)".utf8)) }
}
