// SPDX-License-Identifier: Apache-2.0
public import Artifacts
import Foundation
import GRDB

extension Registry {
  /// Writes down what is to be scanned; the same once more is the same scan.
  ///
  /// - Parameters:
  ///   - name: unique in this registry.
  ///   - version: what is reinterpreted at every point.
  ///   - specification: what the scan file says, kept as canonical JSON.
  ///   - family: where signals come from, kept as canonical JSON.
  ///   - seed: of every random choice.
  ///   - files: the family's files in `store`, by their path.
  ///   - engine: name and version of the program, for provenance.
  /// - Throws: `refused` when another scan has that name, or a file isn't in the store.
  public func createScan(
    _ name: String, of version: Version, specification: some Encodable, family: some Encodable,
    seed: UInt64, files: [String: Artifact] = [:], engine: String
  ) throws -> (scan: ScanRecord, isNew: Bool) {
    let specification = try CanonicalJSON.text(specification)
    let family = try CanonicalJSON.text(family)
    let fingerprint = try Fingerprint(ofCanonicalJSON: [
      "version": version.fingerprint.hex, "specification": specification, "family": family,
      "seed": String(seed),
    ])
    let find = { database in try self.known(name, fingerprint, in: database) }
    if let known = try read(find) { return (known, false) }
    for (path, artifact) in files where !store.contains(artifact.digest) {
      throw RegistryError(
        .refused, "\(path) (\(artifact.digest.short)) is not in the store; put it there first")
    }
    return try write(durably: true) { database in
      // Another process may have been quicker.
      if let known = try find(database) { return (known, false) }
      try database.execute(
        sql: """
          INSERT INTO scan (name, version, specification, family, fingerprint, seed, engine,
            status, createdAt)
          VALUES (?, ?, ?, ?, ?, ?, ?, 'created', ?)
          """,
        arguments: [
          name, version.id, specification, family, fingerprint.hex, String(seed), engine,
          Timestamp.text(),
        ])
      try Self.insert(files, of: database.lastInsertedRowID, in: database)
      return (try self.scan(name, in: database), true)
    }
  }

  /// Scans in the order of their creation.
  public func scans() throws -> [ScanRecord] {
    try read { database in
      try Row.fetchAll(database, sql: ScanRecord.select + " ORDER BY scan.id")
        .map { try ScanRecord($0, seenFrom: self.holder) }
    }
  }

  /// One scan. Throws `notFound` with the near names.
  public func scan(_ name: String) throws -> ScanRecord {
    try read { try self.scan(name, in: $0) }
  }

  /// The files of a scan's signal family by their path.
  public func files(of scan: ScanRecord) throws -> [String: Artifact] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT path, artifact, byteCount, mediaType
          FROM scanFile JOIN artifact ON artifact.digest = scanFile.artifact WHERE scan = ?
          """,
        arguments: [scan.id])
      return try Dictionary(
        rows.map { ($0[0], try Artifact($0, from: 1)) }, uniquingKeysWith: { first, _ in first })
    }
  }

  func scan(_ name: String, in database: Database) throws -> ScanRecord {
    let row = try Row.fetchOne(
      database, sql: ScanRecord.select + " WHERE scan.name = ?", arguments: [name])
    guard let row else {
      let known = try String.fetchAll(database, sql: "SELECT name FROM scan")
      guard !known.isEmpty else {
        throw RegistryError(
          .notFound, "there is no scan '\(name)': none was started in \(directory.path)")
      }
      let near = NearNames.of(name, among: known).joined(separator: ", ")
      throw RegistryError(.notFound, "there is no scan '\(name)' (near: \(near))")
    }
    return try ScanRecord(row, seenFrom: holder)
  }

  /// The scan of that name if it is this very one.
  private func known(_ name: String, _ fingerprint: Fingerprint, in database: Database) throws
    -> ScanRecord?
  {
    let exists = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM scan WHERE name = ?)", arguments: [name])
    guard exists == true else { return nil }
    let scan = try scan(name, in: database)
    guard scan.fingerprint == fingerprint else {
      throw RegistryError(
        .refused,
        "there is a scan '\(name)' already, of \(scan.version.analysis)@\(scan.version.number), "
          + "whose file, signal family, seed or version differs; give this one another name")
    }
    return scan
  }

  private static func insert(
    _ files: [String: Artifact], of scan: Int64, in database: Database
  ) throws {
    for (path, artifact) in files.sorted(by: { $0.key < $1.key }) {
      try insert(artifact, in: database)
      try database.execute(
        sql: "INSERT INTO scanFile (scan, path, artifact, mediaType) VALUES (?, ?, ?, ?)",
        arguments: [scan, path, artifact.digest.hex, artifact.mediaType])
    }
  }
}
