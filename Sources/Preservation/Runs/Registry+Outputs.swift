// SPDX-License-Identifier: Apache-2.0
public import Artifacts
import Foundation
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

  /// Why there is no output for this step: "first execution", or what differs from the nearest
  /// earlier output of the same analysis and step: "input.events changed", "kind version 1 → 2",
  /// "depends on select", several joined by ", ".
  public func reasonToRun(_ step: PlannedStep, of analysis: String) throws -> String {
    try read { try Self.reasonToRun(step, of: analysis, in: $0) }
  }

  static func reasonToRun(_ step: PlannedStep, of analysis: String, in database: Database) throws
    -> String
  {
    let isKnown = try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM stepOutput
            JOIN stepRun ON stepRun.fingerprint = stepOutput.fingerprint
            JOIN run ON run.id = stepRun.run
            JOIN version ON version.id = run.version
            JOIN analysis ON analysis.id = version.analysis
            WHERE stepOutput.fingerprint = ? AND stepRun.step = ? AND analysis.name = ?)
          """),
      arguments: [step.fingerprint.hex, step.id, analysis])
    if isKnown == true { return "files of the earlier output are missing" }
    guard let nearest = try fewestDifferences(of: step, of: analysis, in: database) else {
      return "first execution"
    }
    return nearest.isEmpty ? "fingerprint changed" : nearest.joined(separator: ", ")
  }

  /// The nearest is looked for among the latest, from the last one: a scan has thousands of
  /// outputs, all alike, and nothing is nearer than one difference.
  private static func fewestDifferences(
    of step: PlannedStep, of analysis: String, in database: Database
  ) throws -> [String]? {
    // CROSS JOIN keeps SQLite from another order than along the index stepRunStep, backwards.
    let latest = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT stepOutput.fingerprint, stepOutput.kindVersion, stepOutput.components
          FROM stepRun
          CROSS JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
          CROSS JOIN run ON run.id = stepRun.run
          CROSS JOIN version ON version.id = run.version
          CROSS JOIN analysis ON analysis.id = version.analysis
          WHERE stepRun.step = ? AND analysis.name = ?
          ORDER BY stepRun.rowid DESC LIMIT 12
          """),
      arguments: [step.id, analysis])
    var nearest: [String]?
    while let row = try latest.next() {
      let differences = try EarlierOutput(row).differences(from: step)
      if differences.count < nearest?.count ?? .max { nearest = differences }
      if differences.count <= 1 { break }
    }
    return nearest
  }
}

/// What is known of an execution that a new one is compared with.
private struct EarlierOutput {
  let fingerprint: String
  let kindVersion: Int
  let components: [String: String]

  init(_ row: Row) throws {
    fingerprint = row[0]
    kindVersion = row[1]
    let text: String = row[2]
    do {
      components = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    } catch {
      throw RegistryError(.corrupt, "output \(fingerprint): components are not a JSON object")
    }
  }

  /// Parts in which a step differs, each in words, without repetition.
  func differences(from step: PlannedStep) -> [String] {
    var words: [String] = []
    if kindVersion != step.kindVersion {
      words.append("kind version \(kindVersion) → \(step.kindVersion)")
    }
    let names = Set(components.keys).union(step.components.keys).sorted()
    for name in names where components[name] != step.components[name] {
      let told = word(for: name, of: step)
      if let told, !words.contains(told) { words.append(told) }
    }
    return words
  }

  private func word(for component: String, of step: PlannedStep) -> String? {
    // Told above, with its numbers.
    if component == "version" { return nil }
    let prefix = "input."
    if component.hasPrefix(prefix),
      case .output(let predecessor, _, _) = step.inputs[String(component.dropFirst(prefix.count))]
    {
      return "depends on \(predecessor)"
    }
    return "\(component) changed"
  }
}
