// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
public import Workflow

extension Registry {
  /// A step's execution begins.
  public func markRunning(_ step: PlannedStep, in run: Run, reason: String) throws {
    try write { try Self.markRunning(step, in: run, reason: reason, database: $0) }
  }

  /// Lease and step row in one transaction, unless there is nothing left to do.
  package func claim(_ step: PlannedStep, in run: Run) throws -> Claim {
    try write { database in
      // Whoever held the lease may have ended since the caller looked.
      if let output = try Self.output(step.fingerprint, in: database), self.isComplete(output) {
        return .finished(output)
      }
      guard let lease = try self.acquireLease(on: step.fingerprint, in: database) else {
        return .held
      }
      let reason = try Self.reasonToRun(
        step, of: run.version.analysis, signal: run.signalName, in: database)
      try Self.markRunning(step, in: run, reason: reason, database: database)
      return .granted(lease, reason: reason)
    }
  }

  /// A step's end: output, artifacts, results, step row, log and lease in one transaction.
  ///
  /// It outlives this process from here on. It is on the disk, and outlives the machine, when this
  /// returns if the step took 50 ms or more, else at the next such end, at the run's, or after a
  /// second: to execute it again is quicker than to wait for the disk.
  ///
  /// Throws `refused`, and nothing is stored, when a result isn't finite, a file isn't in the
  /// store, or the same fingerprint once gave other bytes or numbers.
  public func record(
    _ output: StepOutput, of step: PlannedStep, in run: Run, seconds: Double, log: String,
    releasing lease: Lease?
  ) throws {
    try check(output, of: step)
    let components = String(decoding: try CanonicalJSON.data(step.components), as: UTF8.self)
    try write(durably: Self.isWorthTheWait(seconds)) { database in
      if let earlier = try Self.output(step.fingerprint, in: database) {
        guard earlier == output else { throw Self.isNotReproducible(step) }
      } else {
        try database.executeCached(
          sql: """
            INSERT INTO stepOutput
              (fingerprint, kind, kindVersion, components, seconds, host, engine, log, recordedAt)
            SELECT ?, ?, ?, ?, ?, ?, engine, ?, ? FROM run WHERE id = ?
            """,
          arguments: [
            step.fingerprint.hex, step.kind, step.kindVersion, components, seconds,
            self.holder.host, log, Timestamp.text(), run.id,
          ])
        try Self.insert(output, of: database.lastInsertedRowID, in: database)
      }
      try self.end(step, in: run, as: .succeeded, seconds: seconds, database: database)
      if let lease { try Self.release(lease, in: database) }
    }
  }

  /// A step has an output already. A step that this run executed itself stays `succeeded`.
  public func recordHit(_ step: PlannedStep, in run: Run) throws {
    try recordHits([step], in: run)
  }

  /// The same for many steps in one transaction.
  package func recordHits(_ steps: [PlannedStep], in run: Run) throws {
    try write { database in
      let update = try database.cachedStatement(
        sql: """
          UPDATE stepRun SET status = 'cached', reason = 'same fingerprint', message = NULL,
            seconds = NULL, host = NULL, log = NULL, endedAt = ?
          WHERE run = ? AND step = ? AND status NOT IN ('succeeded', 'cached')
          """)
      let now = Timestamp.text()
      for step in steps {
        try update.execute(arguments: [now, run.id, step.id])
      }
    }
  }

  /// A step's execution ended without output.
  public func recordFailure(
    _ message: String, of step: PlannedStep, in run: Run, seconds: Double, log: String,
    releasing lease: Lease?
  ) throws {
    try write(durably: Self.isWorthTheWait(seconds)) { database in
      try self.end(
        step, in: run, as: .failed, message: message, seconds: seconds, log: log,
        database: database)
      if let lease { try Self.release(lease, in: database) }
    }
  }

  /// A step's execution was stopped, or never begun because the run was.
  package func recordCancellation(
    of step: PlannedStep, in run: Run, log: String = "", releasing lease: Lease? = nil
  ) throws {
    try write { database in
      try self.end(step, in: run, as: .cancelled, log: log, database: database)
      if let lease { try Self.release(lease, in: database) }
    }
  }

  /// Steps that aren't executed because one they depend on failed. reasons: by step id.
  package func recordSkips(_ reasons: [(step: PlannedStep, reason: String)], in run: Run) throws {
    try write { database in
      for (step, reason) in reasons {
        try database.executeCached(
          sql: """
            UPDATE stepRun SET status = 'skipped', reason = ?
            WHERE run = ? AND step = ? AND status NOT IN ('succeeded', 'cached')
            """,
          arguments: [reason, run.id, step.id])
      }
    }
  }

  /// What steps wrote to their logs, in the plan's order; of one step if named.
  ///
  /// A cached step has the log of the execution it comes from. Throws `notFound`.
  public func log(of run: Int64, step: String?) throws -> [(step: String, text: String)] {
    let logs = try read { database in
      _ = try self.run(run, in: database)
      return try Row.fetchAll(
        database,
        sql: """
          SELECT stepRun.step, coalesce(stepRun.log, stepOutput.log, '')
          FROM stepRun LEFT JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
          WHERE stepRun.run = ? ORDER BY stepRun.position
          """,
        arguments: [run]
      ).map { (step: $0[0] as String, text: $0[1] as String) }
    }
    guard let step else { return logs }
    let chosen = logs.filter { $0.step == step }
    guard !chosen.isEmpty else {
      let known = logs.map(\.step).joined(separator: ", ")
      throw RegistryError(.notFound, "run \(run) has no step '\(step)' (it has: \(known))")
    }
    return chosen
  }
}

extension Registry {
  /// Whether to execute a step again would take longer than to wait for the disk.
  private static func isWorthTheWait(_ seconds: Double) -> Bool { seconds >= 0.05 }

  private static func markRunning(
    _ step: PlannedStep, in run: Run, reason: String, database: Database
  ) throws {
    try database.executeCached(
      sql: """
        UPDATE stepRun SET status = 'running', reason = ?, message = NULL, seconds = NULL,
          host = NULL, log = NULL, startedAt = ?, endedAt = NULL
        WHERE run = ? AND step = ?
        """,
      arguments: [reason, Timestamp.text(), run.id, step.id])
    try requireChange(of: step, in: run, database)
  }

  private func end(
    _ step: PlannedStep, in run: Run, as status: StepStatus, message: String? = nil,
    seconds: Double? = nil, log: String? = nil, database: Database
  ) throws {
    try database.executeCached(
      sql: """
        UPDATE stepRun SET status = ?, message = ?, seconds = ?, host = ?, log = ?, endedAt = ?
        WHERE run = ? AND step = ?
        """,
      arguments: [
        status.rawValue, message, seconds, holder.host, log, Timestamp.text(), run.id, step.id,
      ])
    try Self.requireChange(of: step, in: run, database)
  }

  private static func requireChange(of step: PlannedStep, in run: Run, _ database: Database) throws
  {
    guard database.changesCount == 1 else {
      throw RegistryError(.notFound, "run \(run.id) has no step '\(step.id)'")
    }
  }

  private func check(_ output: StepOutput, of step: PlannedStep) throws {
    for result in output.results {
      guard let problem = result.problem else { continue }
      throw RegistryError(
        .refused, "step '\(step.id)' gave a result that can't be kept: \(problem)")
    }
    for (name, artifact) in output.artifacts where !store.containsWhole(artifact) {
      throw RegistryError(
        .refused,
        "step '\(step.id)' gave '\(name)' (\(artifact.digest.short)), which is not in the store")
    }
  }

  private static func isNotReproducible(_ step: PlannedStep) -> RegistryError {
    RegistryError(
      .refused,
      "step '\(step.id)' gave another output than before for the same fingerprint "
        + "\(step.fingerprint.short): kind '\(step.kind)' is not reproducible, or its version "
        + "(\(step.kindVersion)) was not raised when it changed")
  }

  private static func insert(_ output: StepOutput, of id: Int64, in database: Database) throws {
    for (name, artifact) in output.artifacts.sorted(by: { $0.key < $1.key }) {
      try insert(artifact, in: database)
      try database.executeCached(
        sql: """
          INSERT INTO stepArtifact (stepOutput, name, artifact, mediaType) VALUES (?, ?, ?, ?)
          """,
        arguments: [id, name, artifact.digest.hex, artifact.mediaType])
    }
    let insertion = try database.cachedStatement(
      sql: """
        INSERT INTO result
          (stepOutput, quantity, subject, sigma, value, uncertainty, entries, sumW, sumW2, unit)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for result in output.results {
      try insertion.execute(arguments: [
        id, result.quantity.rawValue, result.subject, result.sigma, result.value,
        result.uncertainty, result.entries, result.sumW, result.sumW2, result.unit,
      ])
    }
  }
}
