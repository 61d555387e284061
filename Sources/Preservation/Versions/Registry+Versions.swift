// SPDX-License-Identifier: Apache-2.0
public import Artifacts
import Foundation
import GRDB
public import Workflow

extension Registry {
  /// Preserves a specification with its files; the same fingerprint is the same version.
  ///
  /// files: path in the analysis' folder → bytes in `store`; they include analysis.yaml, signals,
  /// expected values and README. Throws `refused` when a file isn't in the store.
  public func register(_ analysis: AnalysisSpecification, files: [String: Artifact]) throws
    -> (version: Version, isNew: Bool)
  {
    try register(
      analysis.name, title: analysis.title,
      fingerprint: analysis.fingerprint(files: files), files: files)
  }

  /// The same from the parts that a row holds.
  package func register(
    _ analysis: String, title: String, fingerprint: Fingerprint, files: [String: Artifact]
  ) throws -> (version: Version, isNew: Bool) {
    if let known = try read({ try Self.version(fingerprint, in: $0) }) { return (known, false) }
    for (path, artifact) in files where !store.contains(artifact.digest) {
      throw RegistryError(
        .refused, "\(path) (\(artifact.digest.short)) is not in the store; put it there first")
    }
    return try write(durably: true) { database in
      // Another process may have been quicker.
      if let known = try Self.version(fingerprint, in: database) { return (known, false) }
      try Self.insertVersion(
        of: analysis, title: title, fingerprint: fingerprint, files: files, in: database)
      guard let version = try Self.version(fingerprint, in: database) else {
        throw RegistryError(.corrupt, "version \(fingerprint.short) was not stored")
      }
      return (version, true)
    }
  }

  /// Versions in the order of their registration. Throws `notFound` for an unknown analysis.
  public func versions(of analysis: String? = nil) throws -> [Version] {
    let versions = try read { database in
      try Row.fetchAll(
        database,
        sql: Version.select + " WHERE ? IS NULL OR analysis.name = ? ORDER BY version.id",
        arguments: [analysis, analysis]
      ).map { try Version($0) }
    }
    if let analysis, versions.isEmpty { throw try unknownAnalysis(analysis) }
    return versions
  }

  /// One version; the newest when `number` is nil. Throws `notFound` with the near names.
  public func version(of analysis: String, number: Int? = nil) throws -> Version {
    let versions = try versions(of: analysis)
    guard let number else {
      // versions(of:) never returns an empty list for a name.
      guard let newest = versions.last else { throw try unknownAnalysis(analysis) }
      return newest
    }
    guard let version = versions.first(where: { $0.number == number }) else {
      let numbers = versions.map { String($0.number) }.joined(separator: ", ")
      throw RegistryError(
        .notFound, "\(analysis) has no version \(number) (it has: \(numbers))")
    }
    return version
  }

  /// The files of a version by their path in the analysis' folder.
  public func files(of version: Version) throws -> [String: Artifact] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT path, artifact, byteCount, mediaType
          FROM versionFile JOIN artifact ON artifact.digest = versionFile.artifact
          WHERE version = ?
          """,
        arguments: [version.id])
      return try Dictionary(
        rows.map { ($0[0], try Artifact($0, from: 1)) }, uniquingKeysWith: { first, _ in first })
    }
  }

  private func unknownAnalysis(_ name: String) throws -> RegistryError {
    let known = try read { try String.fetchAll($0, sql: "SELECT name FROM analysis") }
    guard !known.isEmpty else {
      return RegistryError(
        .notFound, "there is no analysis '\(name)': nothing was registered in \(directory.path)")
    }
    let near = NearNames.of(name, among: known).joined(separator: ", ")
    return RegistryError(.notFound, "there is no analysis '\(name)' (near: \(near))")
  }

  private static func version(_ fingerprint: Fingerprint, in database: Database) throws -> Version?
  {
    try Row.fetchOne(
      database, sql: Version.select + " WHERE version.fingerprint = ?",
      arguments: [fingerprint.hex]
    ).map { try Version($0) }
  }

  private static func insertVersion(
    of analysis: String, title: String, fingerprint: Fingerprint, files: [String: Artifact],
    in database: Database
  ) throws {
    try database.execute(
      sql: "INSERT OR IGNORE INTO analysis (name) VALUES (?)", arguments: [analysis])
    try database.execute(
      sql: """
        INSERT INTO version (analysis, number, fingerprint, title, registeredAt)
        SELECT analysis.id, coalesce(max(version.number), 0) + 1, ?, ?, ?
        FROM analysis LEFT JOIN version ON version.analysis = analysis.id
        WHERE analysis.name = ?
        """,
      arguments: [fingerprint.hex, title, Timestamp.text(), analysis])
    let id = database.lastInsertedRowID
    for (path, artifact) in files.sorted(by: { $0.key < $1.key }) {
      try insert(artifact, in: database)
      try database.execute(
        sql: """
          INSERT INTO versionFile (version, path, artifact, mediaType) VALUES (?, ?, ?, ?)
          """,
        arguments: [id, path, artifact.digest.hex, artifact.mediaType])
    }
  }
}
