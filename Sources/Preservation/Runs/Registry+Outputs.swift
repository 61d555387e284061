// SPDX-License-Identifier: Apache-2.0
public import Artifacts
import GRDB
public import Workflow

extension Registry {
  /// What an earlier execution with this fingerprint made; nil when there was none or when a file
  /// of it is no longer in the store.
  public func output(for fingerprint: Fingerprint) throws -> StepOutput? {
    let output = try read { try Self.output(fingerprint, in: $0) }
    return output.flatMap { isComplete($0) ? $0 : nil }
  }

  /// The same for many fingerprints in one transaction.
  package func outputs(for fingerprints: [Fingerprint]) throws -> [Fingerprint: StepOutput] {
    let found = try read { database in
      try fingerprints.compactMap { fingerprint in
        try Self.output(fingerprint, in: database).map { (fingerprint, $0) }
      }
    }
    return Dictionary(found.filter { isComplete($0.1) }, uniquingKeysWith: { first, _ in first })
  }

  func isComplete(_ output: StepOutput) -> Bool {
    output.artifacts.values.allSatisfy { store.containsWhole($0) }
  }

  static func output(_ fingerprint: Fingerprint, in database: Database) throws -> StepOutput? {
    let find = try database.cachedStatement(
      sql: "SELECT id FROM stepOutput WHERE fingerprint = ?")
    guard let id = try Int64.fetchOne(find, arguments: [fingerprint.hex]) else { return nil }
    let artifacts = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT name, artifact, byteCount, mediaType
          FROM stepArtifact JOIN artifact ON artifact.digest = stepArtifact.artifact
          WHERE stepOutput = ?
          """),
      arguments: [id]
    ).map { (name: $0[0] as String, artifact: try Artifact($0, from: 1)) }
    let results = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT quantity, subject, sigma, value, uncertainty, entries, sumW, sumW2, unit
          FROM result WHERE stepOutput = ? ORDER BY id
          """),
      arguments: [id]
    ).map { try ResultValue($0, from: 0) }
    return StepOutput(
      artifacts: Dictionary(
        artifacts.map { ($0.name, $0.artifact) }, uniquingKeysWith: { first, _ in first }),
      results: results)
  }
}
