// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB

/// Reads a bundle that came from outside: nothing in it is believed before it was checked.
struct BundleReader {
  /// Digest of the version that the bundle says it holds.
  let fingerprint: String
  /// Files by path as the bundle lists them.
  let files: [String: Artifact]
  private let file: URL
  private let queue: DatabaseQueue

  /// Throws `corrupt` for what isn't a bundle, `newerSchema`, and `refused` for paths that leave
  /// the folder and for too many files.
  init(_ file: URL) throws {
    self.file = file
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw RegistryError(.notFound, "there is no file \(file.path)")
    }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.prepareDatabase { database in
      // Views and triggers of a stranger's file run nothing of ours.
      try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }
    do {
      queue = try DatabaseQueue(path: file.path, configuration: configuration)
      (fingerprint, files) = try queue.read { database in
        try Self.checkFormat(of: database, file)
        let rows = try Row.fetchAll(
          database, sql: "SELECT fingerprint FROM manifest LIMIT 2")
        guard rows.count == 1, let fingerprint: String = rows[0][0] else {
          throw RegistryError(.corrupt, "\(file.path) has no manifest; export the version again")
        }
        return (fingerprint, try Self.files(in: database, file))
      }
    } catch let error as DatabaseError {
      throw Self.isDamaged(file, error)
    }
  }

  /// Writes the bytes of a file and checks their digest.
  func extract(_ artifact: Artifact, to target: URL) throws {
    guard FileManager.default.createFile(atPath: target.path, contents: nil) else {
      throw RegistryError(.unwritable, "\(target.path) can't be written")
    }
    let handle = try FileHandle(forWritingTo: target)
    var byteCount = 0
    do {
      try queue.read { database in
        let chunks = try Data.fetchCursor(
          database, sql: "SELECT bytes FROM chunk WHERE digest = ? ORDER BY position",
          arguments: [artifact.digest.hex])
        while let chunk = try chunks.next(), byteCount <= artifact.byteCount {
          byteCount += chunk.count
          try handle.write(contentsOf: chunk)
        }
      }
    } catch let error as DatabaseError {
      throw Self.isDamaged(file, error)
    }
    try handle.close()
    let bytes = try Data(contentsOf: target, options: .mappedIfSafe)
    guard byteCount == artifact.byteCount, Fingerprint(of: bytes) == artifact.digest else {
      throw RegistryError(
        .corrupt,
        "\(file.path): the bytes of \(artifact.digest.short) are not what their digest says; "
          + "export the version again")
    }
  }

  private static func checkFormat(of database: Database, _ file: URL) throws {
    guard
      try Int.fetchOne(database, sql: "PRAGMA application_id") == BundleFormat.applicationID
    else {
      throw RegistryError(.corrupt, "\(file.path) is not an exported version")
    }
    let number = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard number <= BundleFormat.number else {
      throw RegistryError(
        .newerSchema,
        "\(file.path) was exported by a newer version of this program; update the program")
    }
  }

  private static func files(in database: Database, _ file: URL) throws -> [String: Artifact] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT path, digest, byteCount, mediaType FROM file LIMIT \(BundleFormat.fileLimit + 1)"
    )
    guard rows.count <= BundleFormat.fileLimit else {
      throw RegistryError(
        .refused, "\(file.path) holds more than \(BundleFormat.fileLimit) files")
    }
    var files: [String: Artifact] = [:]
    for row in rows {
      guard let path: String = row[0], let digest: String = row[1],
        let byteCount = Int64.fromDatabaseValue(row[2]), byteCount >= 0,
        let mediaType: String = row[3], let fingerprint = Fingerprint(hex: digest)
      else {
        throw RegistryError(.corrupt, "\(file.path): its list of files is damaged")
      }
      guard staysInside(path) else {
        throw RegistryError(
          .refused, "\(file.path): '\(path)' leaves the folder of the analysis")
      }
      files[path] = Artifact(
        digest: fingerprint, byteCount: Int(byteCount), mediaType: mediaType)
    }
    return files
  }

  private static func staysInside(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !path.utf8.contains(0) && !parts.contains { ["", ".", ".."].contains($0) }
  }

  private static func isDamaged(_ file: URL, _ error: DatabaseError) -> RegistryError {
    RegistryError(
      .corrupt,
      "\(file.path) is not a readable bundle (\(error.message ?? "\(error.resultCode)")); "
        + "export the version again")
  }
}
