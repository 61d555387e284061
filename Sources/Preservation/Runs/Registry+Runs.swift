// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
public import Workflow

extension Registry {
  /// The run of a plan: the one there is, in whatever state, or a new one that is queued.
  ///
  /// engine: name and version of the program, for provenance.
  public func begin(_ plan: Plan, of version: Version, signal: Signal, engine: String) throws -> Run
  {
    let fingerprint = try signal.fingerprint()
    let find = { database in
      try self.run(plan.fingerprint, of: version, signal: fingerprint, in: database)
    }
    // Asking first keeps the same command, given again, free of writes.
    if let known = try read(find) {
      try resume(known, engine: engine)
      return known
    }
    let document = String(decoding: try CanonicalJSON.data(signal), as: UTF8.self)
    let point = try PointText.encode(signal.point)
    return try write { database in
      if let known = try find(database) { return known }
      try Self.insert(
        signal, fingerprint: fingerprint, point: point, document: document, in: database)
      try Self.insertRun(of: plan, version: version, signal: fingerprint, engine, in: database)
      guard let run = try find(database) else {
        throw RegistryError(.corrupt, "the run of plan \(plan.fingerprint.short) was not stored")
      }
      return run
    }
  }

  /// Moves a run to running, whatever it was, and steps that had ended without output to pending.
  public func start(_ run: Run) throws -> Run {
    try write { database in
      try database.executeCached(
        sql: """
          UPDATE run SET status = 'running', message = NULL, holder = ?, startedAt = ?,
            endedAt = NULL
          WHERE id = ?
          """,
        arguments: [self.holder.description, Timestamp.text(), run.id])
      try database.executeCached(
        sql: """
          UPDATE stepRun SET status = 'pending', reason = '', message = NULL, seconds = NULL,
            host = NULL, log = NULL, startedAt = NULL, endedAt = NULL
          WHERE run = ? AND status IN ('failed', 'cancelled', 'skipped')
          """,
        arguments: [run.id])
      return try self.run(run.id, in: database)
    }
  }

  /// Ends a run. message: what went wrong, if anything did.
  ///
  /// durably: the run and all before it are on the disk when this returns; else they are with the
  /// next such write, or with the first one that is a second later than the last wait.
  public func finish(
    _ run: Run, as status: RunStatus, message: String? = nil, durably: Bool = true
  ) throws -> Run {
    try write(durably: durably) { database in
      // Two processes may execute the same run and end it differently, one after the other.
      try database.executeCached(
        sql: "UPDATE run SET status = 'running' WHERE id = ? AND status NOT IN ('running', ?)",
        arguments: [run.id, status.rawValue])
      try database.executeCached(
        sql: "UPDATE run SET status = ?, message = ?, endedAt = ? WHERE id = ?",
        arguments: [status.rawValue, message, Timestamp.text(), run.id])
      return try self.run(run.id, in: database)
    }
  }

  /// Runs in the order of their beginning, of one analysis and one signal if named.
  public func runs(of analysis: String? = nil, signal: String? = nil) throws -> [Run] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: Run.select + """
           WHERE (? IS NULL OR analysis.name = ?) AND (? IS NULL OR signal.name = ?)
          ORDER BY run.id
          """,
        arguments: [analysis, analysis, signal, signal]
      ).map { try Run($0, seenFrom: self.holder) }
    }
  }

  /// One run. Throws `notFound`.
  public func run(_ id: Int64) throws -> Run {
    try read { try self.run(id, in: $0) }
  }

  /// The steps of a run in the plan's order.
  public func stepRuns(of run: Int64) throws -> [StepRun] {
    try read { database in
      _ = try self.run(run, in: database)
      return try Row.fetchAll(
        database, sql: StepRun.select + " WHERE stepRun.run = ? ORDER BY stepRun.position",
        arguments: [run]
      ).map { try StepRun($0) }
    }
  }
}

extension Registry {
  func run(_ id: Int64, in database: Database) throws -> Run {
    guard
      let row = try Row.fetchOne(
        database.cachedStatement(sql: Run.select + " WHERE run.id = ?"), arguments: [id])
    else {
      throw RegistryError(.notFound, "there is no run \(id); list the runs with `status`")
    }
    return try Run(row, seenFrom: holder)
  }

  private func run(
    _ plan: Fingerprint, of version: Version, signal: Fingerprint, in database: Database
  ) throws -> Run? {
    try Row.fetchOne(
      database.cachedStatement(
        sql: Run.select + """
           WHERE run.planFingerprint = ? AND run.version = ? AND signal.fingerprint = ?
          """),
      arguments: [plan.hex, version.id, signal.hex]
    ).map { try Run($0, seenFrom: holder) }
  }

  /// Step outputs tell which engine made them, and that may be another one than began the run.
  private func resume(_ run: Run, engine: String) throws {
    let isOther = try read { database in
      try Bool.fetchOne(
        database, sql: "SELECT engine <> ? FROM run WHERE id = ?", arguments: [engine, run.id])
    }
    guard isOther == true else { return }
    try write { database in
      try database.executeCached(
        sql: "UPDATE run SET engine = ? WHERE id = ?", arguments: [engine, run.id])
    }
  }

  private static func insert(
    _ signal: Signal, fingerprint: Fingerprint, point: String, document: String,
    in database: Database
  ) throws {
    try database.executeCached(
      sql: """
        INSERT INTO signal (fingerprint, name, point, document) VALUES (?, ?, ?, ?)
        ON CONFLICT (fingerprint) DO NOTHING
        """,
      arguments: [fingerprint.hex, signal.name, point, document])
    guard database.changesCount > 0 else { return }
    let id = database.lastInsertedRowID
    for (name, input) in signal.inputs.sorted(by: { $0.key < $1.key }) {
      for (position, artifact) in input.artifacts.enumerated() {
        try insert(artifact, in: database)
        try database.executeCached(
          sql: """
            INSERT INTO signalFile (signal, input, position, artifact, mediaType)
            VALUES (?, ?, ?, ?, ?)
            """,
          arguments: [id, name, position, artifact.digest.hex, artifact.mediaType])
      }
    }
  }

  private static func insertRun(
    of plan: Plan, version: Version, signal: Fingerprint, _ engine: String, in database: Database
  ) throws {
    try database.executeCached(
      sql: """
        INSERT INTO run (version, signal, seed, planFingerprint, engine, status, createdAt)
        SELECT ?, id, ?, ?, ?, 'queued', ? FROM signal WHERE fingerprint = ?
        """,
      arguments: [
        version.id, String(plan.seed), plan.fingerprint.hex, engine, Timestamp.text(), signal.hex,
      ])
    let run = database.lastInsertedRowID
    let insertion = try database.cachedStatement(
      sql: """
        INSERT INTO stepRun (run, position, step, kind, kindVersion, fingerprint, status, reason)
        VALUES (?, ?, ?, ?, ?, ?, 'pending', '')
        """)
    for (position, step) in plan.steps.enumerated() {
      try insertion.execute(arguments: [
        run, position, step.id, step.kind, step.kindVersion, step.fingerprint.hex,
      ])
    }
  }
}
