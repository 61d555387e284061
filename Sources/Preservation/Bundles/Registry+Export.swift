// SPDX-License-Identifier: Apache-2.0
import Artifacts
public import Foundation
import GRDB

extension Registry {
  /// Writes one file with a version, its files, and its results with their provenance.
  ///
  /// The file appears whole or not at all. Throws `refused` when there is a file of that name, and
  /// `ArtifactError` when a file of the version is missing or damaged.
  public func export(_ version: Version, to file: URL) throws {
    guard !FileManager.default.fileExists(atPath: file.path) else {
      throw RegistryError(.refused, "\(file.path) exists; remove it or choose another name")
    }
    let files = try files(of: version)
    let results = try exportedResults(of: version)
    let partial = file.deletingLastPathComponent()
      .appendingPathComponent(".\(file.lastPathComponent).\(UUID().uuidString)")
    defer { Self.removeIfThere(partial) }
    try Self.translating(file.path) {
      let bundle = try DatabaseQueue(path: partial.path)
      try bundle.write { database in
        try database.execute(sql: BundleFormat.schema)
        try database.execute(sql: "PRAGMA application_id = \(BundleFormat.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(BundleFormat.number)")
        try Self.insertManifest(of: version, in: database)
        for (path, artifact) in files.sorted(by: { $0.key < $1.key }) {
          try self.insert(artifact, at: path, in: database)
        }
        let places = Array(repeating: "?", count: 22).joined(separator: ", ")
        let insertion = try database.makeStatement(sql: "INSERT INTO result VALUES (\(places))")
        for result in results { try insertion.execute(arguments: result) }
      }
      try bundle.close()
    }
    do {
      try FileManager.default.moveItem(at: partial, to: file)
    } catch {
      throw RegistryError(
        .unwritable, "\(file.path) can't be written: \(error.localizedDescription)")
    }
  }

  private func exportedResults(of version: Version) throws -> [StatementArguments] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT run.id, signal.name, signal.fingerprint, signal.point, run.seed, stepRun.step,
            stepOutput.fingerprint, stepOutput.kind, stepOutput.kindVersion, stepOutput.engine,
            stepOutput.host, stepOutput.recordedAt, stepOutput.seconds, quantity, subject, sigma,
            value, uncertainty, entries, sumW, sumW2, unit
          FROM run
          JOIN signal ON signal.id = run.signal
          JOIN stepRun ON stepRun.run = run.id AND stepRun.status IN ('succeeded', 'cached')
          JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
          JOIN result ON result.stepOutput = stepOutput.id
          WHERE run.version = ? ORDER BY run.id, stepRun.position, result.id
          """,
        arguments: [version.id]
      ).map { StatementArguments($0.databaseValues) }
    }
  }

  private static func insertManifest(of version: Version, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO manifest VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        version.analysis, version.number, version.title, version.fingerprint.hex,
        Timestamp.text(version.registeredAt), Timestamp.text(),
      ])
  }

  private func insert(_ artifact: Artifact, at path: String, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO file VALUES (?, ?, ?, ?)",
      arguments: [path, artifact.digest.hex, artifact.byteCount, artifact.mediaType])
    let isThere = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM chunk WHERE digest = ?)",
      arguments: [artifact.digest.hex])
    // The same bytes may be two files.
    if isThere == true { return }
    let bytes = try FileHandle(forReadingFrom: store.verifiedFile(for: artifact))
    var position = 0
    while let chunk = try bytes.read(upToCount: BundleFormat.chunkSize), !chunk.isEmpty {
      try database.execute(
        sql: "INSERT INTO chunk VALUES (?, ?, ?)",
        arguments: [artifact.digest.hex, position, chunk])
      position += 1
    }
    try bytes.close()
  }

  static func removeIfThere(_ file: URL) {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    do {
      try FileManager.default.removeItem(at: file)
    } catch {
      // Its name says that it is partial, and nothing reads it.
    }
  }
}
