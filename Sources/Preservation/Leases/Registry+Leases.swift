// SPDX-License-Identifier: Apache-2.0
public import Artifacts
package import Foundation
import GRDB
package import Workflow

/// Who executes a step right now, so that nobody else does.
public struct Lease: Sendable, Hashable {
  /// What names the step's output.
  public let fingerprint: Fingerprint
  /// Host, boot, process and its start time. The lease is stale when that process is gone.
  public let holder: String
}

/// What came of asking for a step.
package enum Claim: Sendable {
  /// It is the caller's to execute; why there is no output.
  case granted(Lease, reason: String)
  /// It has an output by now.
  case finished(StepOutput)
  /// Another live process executes it.
  case held
}

extension Registry {
  /// Seconds after which a lease of another machine, whose processes can't be seen from here, is
  /// stale unless it was renewed. The clocks of machines that share a registry must agree to that.
  package static let foreignLeaseLifetime: TimeInterval = 180

  /// The lease on a step, taken over when its holder is gone; nil when a live process holds it.
  public func acquireLease(on fingerprint: Fingerprint) throws -> Lease? {
    // Whoever waits asks often: a question must not take the write lock.
    guard try read({ try !self.isHeld(fingerprint, in: $0) }) else { return nil }
    return try write { try self.acquireLease(on: fingerprint, in: $0) }
  }

  /// Gives a lease back. One that was taken over meanwhile stays with its new holder.
  public func release(_ lease: Lease) throws {
    try write { try Self.release(lease, in: $0) }
  }

  /// Tells other machines that this process is alive; to be called every minute or so.
  package func renewLeases() throws {
    try write { database in
      try database.executeCached(
        sql: "UPDATE lease SET renewedAt = ? WHERE holder = ?",
        arguments: [Timestamp.text(), self.holder.description])
    }
  }

  func acquireLease(on fingerprint: Fingerprint, in database: Database) throws -> Lease? {
    guard try !isHeld(fingerprint, in: database) else { return nil }
    let now = Timestamp.text()
    try database.executeCached(
      sql: """
        INSERT INTO lease (fingerprint, holder, acquiredAt, renewedAt) VALUES (?, ?, ?, ?)
        ON CONFLICT (fingerprint) DO UPDATE SET
          holder = excluded.holder, acquiredAt = excluded.acquiredAt,
          renewedAt = excluded.renewedAt
        """,
      arguments: [fingerprint.hex, holder.description, now, now])
    return Lease(fingerprint: fingerprint, holder: holder.description)
  }

  static func release(_ lease: Lease, in database: Database) throws {
    try database.executeCached(
      sql: "DELETE FROM lease WHERE fingerprint = ? AND holder = ?",
      arguments: [lease.fingerprint.hex, lease.holder])
  }

  /// Whether a living process works on the step. Takes no lock that a writer would wait for.
  package func hasLiveLease(_ fingerprint: Fingerprint) throws -> Bool {
    try read { try self.isHeld(fingerprint, in: $0) }
  }

  private func isHeld(_ fingerprint: Fingerprint, in database: Database) throws -> Bool {
    try heldBy(fingerprint, in: database) != nil
  }

  /// The living process that holds a lease, as far as one can see; nil when there is none.
  func heldBy(_ fingerprint: Fingerprint, in database: Database) throws -> LeaseHolder? {
    guard
      let row = try Row.fetchOne(
        database.cachedStatement(
          sql: "SELECT holder, renewedAt FROM lease WHERE fingerprint = ?"),
        arguments: [fingerprint.hex])
    else { return nil }
    // What this program can't read, no living process of it wrote.
    guard let other = LeaseHolder(row[0]) else { return nil }
    if let isGone = other.isGone(seenFrom: holder) { return isGone ? nil : other }
    let renewed = try Timestamp.date(row[1])
    return Date().timeIntervalSince(renewed) < Self.foreignLeaseLifetime ? other : nil
  }
}
