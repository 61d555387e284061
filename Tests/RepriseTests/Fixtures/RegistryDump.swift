// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Every row of every table and every file of a registry, for "nothing changed".
struct RegistryDump: Equatable {
  let tables: [String: String]
  let files: [String]

  init(_ tool: CommandLineTool) throws {
    let names = try tool.run(
      "results", "--format", "json", "--sql",
      "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    var tables: [String: String] = [:]
    for row in try names.objects {
      guard let name = row["name"] as? String else { continue }
      tables[name] =
        try tool.run("results", "--format", "json", "--sql", "SELECT * FROM \"\(name)\"")
        .standardOutput
    }
    self.tables = tables
    files = try Self.files(of: tool)
  }

  /// Files of the registry's folder but SQLite's own, with their sizes.
  static func files(of tool: CommandLineTool) throws -> [String] {
    guard let path = tool.environment["REPRISE_REGISTRY"],
      let walker = FileManager.default.enumerator(atPath: path)
    else { return [] }
    var files: [String] = []
    while let name = walker.nextObject() as? String {
      if name.hasPrefix("registry.sqlite") { continue }
      guard walker.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
      files.append("\(name) \(walker.fileAttributes?[.size] ?? 0)")
    }
    return files.sorted()
  }

  /// What was computed, without run numbers, times and hosts: the same whatever happened on the way.
  static func computed(_ tool: CommandLineTool) throws -> [String: String] {
    let queries = [
      "results": """
      SELECT analysis, version, signal, step, quantity, subject, sigma, value, uncertainty \
      FROM results ORDER BY 1, 2, 3, 4, 5, 6, 7
      """,
      "outputs": "SELECT fingerprint, kind FROM stepOutput ORDER BY fingerprint",
      "artifacts": "SELECT digest, byteCount FROM artifact ORDER BY digest",
      "steps": "SELECT run, step, fingerprint, status FROM stepRun ORDER BY 1, 2",
      "runs": "SELECT id, status, message FROM run ORDER BY id",
      "leases": "SELECT count(*) AS leases FROM lease",
    ]
    return try queries.mapValues { query in
      let output = try tool.run("results", "--format", "json", "--sql", query)
      return output.status == 0 ? output.standardOutput : output.standardError
    }
  }
}
