// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
public import Workflow

extension Registry {
  /// Why there is no output for this step: "first execution", or what differs from an earlier
  /// output of the same analysis and step: "input.events changed", "kind version 1 → 2", "depends
  /// on select", several joined by ", ".
  ///
  /// It is compared with the outputs for the signal of that name, else with the latest for any
  /// signal; the one with the fewest differences counts.
  public func reasonToRun(_ step: PlannedStep, of analysis: String, signal: String? = nil) throws
    -> String
  {
    try read { try Self.reasonToRun(step, of: analysis, signal: signal, in: $0) }
  }

  static func reasonToRun(
    _ step: PlannedStep, of analysis: String, signal: String?, in database: Database
  ) throws -> String {
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
    let ofSignal = try signal.flatMap {
      try fewestDifferences(
        from: step, among: outputsForSignal, [step.id, analysis, $0], in: database)
    }
    let nearest =
      try ofSignal
      ?? fewestDifferences(
        from: step, among: latestOutputs, [step.id, analysis], in: database)
    guard let nearest else { return "first execution" }
    return nearest.isEmpty ? "fingerprint changed" : nearest.joined(separator: ", ")
  }

  private static func fewestDifferences(
    from step: PlannedStep, among outputs: String, _ arguments: StatementArguments,
    in database: Database
  ) throws -> [String]? {
    let rows = try Row.fetchCursor(
      database.cachedStatement(sql: outputs), arguments: arguments)
    var nearest: [String]?
    while let row = try rows.next() {
      let differences = try EarlierOutput(row).differences(from: step)
      if differences.count < nearest?.count ?? .max { nearest = differences }
      // Nothing is nearer, and a scan has thousands of outputs, all alike.
      if differences.count <= 1 { break }
    }
    return nearest
  }

  // CROSS JOIN keeps SQLite to the order of the tables: along the indices stepRunStep (backwards)
  // and runSignal.

  private static let latestOutputs = """
    SELECT stepOutput.fingerprint, stepOutput.kindVersion, stepOutput.components
    FROM stepRun
    CROSS JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
    CROSS JOIN run ON run.id = stepRun.run
    CROSS JOIN version ON version.id = run.version
    CROSS JOIN analysis ON analysis.id = version.analysis
    WHERE stepRun.step = ? AND analysis.name = ?
    ORDER BY stepRun.rowid DESC LIMIT 6
    """

  private static let outputsForSignal = """
    SELECT stepOutput.fingerprint, stepOutput.kindVersion, stepOutput.components
    FROM signal
    CROSS JOIN run ON run.signal = signal.id
    CROSS JOIN version ON version.id = run.version
    CROSS JOIN analysis ON analysis.id = version.analysis
    CROSS JOIN stepRun ON stepRun.run = run.id AND stepRun.step = ?
    CROSS JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
    WHERE analysis.name = ? AND signal.name = ?
    ORDER BY run.id DESC LIMIT 12
    """
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
