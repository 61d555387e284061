// SPDX-License-Identifier: Apache-2.0
import Artifacts
import GRDB

extension Artifact {
  /// row: digest, byte count, media type, starting at column `start`.
  init(_ row: Row, from start: Int) throws {
    self.init(
      digest: try Fingerprint(row: row[start]), byteCount: row[start + 1],
      mediaType: row[start + 2])
  }
}

extension Registry {
  /// The row that names the bytes. The media type belongs to what refers to them: the same bytes
  /// may be two things.
  static func insert(_ artifact: Artifact, in database: Database) throws {
    try database.executeCached(
      sql: "INSERT OR IGNORE INTO artifact (digest, byteCount) VALUES (?, ?)",
      arguments: [artifact.digest.hex, artifact.byteCount])
  }
}
