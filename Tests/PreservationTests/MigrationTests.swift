// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Testing
import Workflow

/// Registries of before there were scans: what migration 0001 makes, and nothing else.
@Suite struct MigrationTests {
  /// Takes away what migration 0002 adds.
  private func downgrade(_ temporary: TemporaryRegistry) throws {
    try temporary.database().write { database in
      let objects = try Row.fetchAll(
        database,
        sql: """
          SELECT type, name FROM sqlite_schema
          WHERE name GLOB 'scan*' AND sql IS NOT NULL AND type IN ('view', 'trigger', 'table')
          ORDER BY type = 'table', type = 'view', name
          """
      ).map { ($0[0] as String, $0[1] as String) }
      try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
      for (type, name) in objects { try database.execute(sql: "DROP \(type) \(name)") }
      try database.execute(
        sql: "DELETE FROM grdb_migrations WHERE identifier = '0002 scans'")
    }
  }

  @Test func anOldRegistryIsMigrated() throws {
    let temporary = try TemporaryRegistry()
    let schema = try temporary.registry.schema()
    let version = try temporary.register()
    let run = try temporary.record([ResultValue(.cls, value: 0.04)], of: version)
    try downgrade(temporary)
    #expect(try temporary.database().read { try !$0.tableExists("scan") })
    let registry = try temporary.reopened()
    #expect(try registry.schema() == schema)
    #expect(try registry.version(of: "squarks") == version)
    #expect(try registry.run(run.id) == run)
    #expect(try registry.results(matching: ResultFilter()).map(\.result.value) == [0.04])
    #expect(try registry.scans().isEmpty)
    let scan = try registry.startScan(
      registry.createScan(
        "plane", of: version, specification: ["scan": 1], family: ["signal": 1], seed: 0,
        engine: "tests"
      ).scan)
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    let file = temporary.folder.appendingPathComponent("squarks.reprise")
    try registry.export(version, to: file)
    #expect(FileManager.default.fileExists(atPath: file.path))
  }

  @Test func manyMayMigrateAtTheSameTime() async throws {
    let temporary = try TemporaryRegistry()
    let version = try temporary.register()
    try downgrade(temporary)
    let directory = temporary.registry.directory
    let versions = try await withThrowingTaskGroup(of: [Version].self) { group in
      for _ in 0..<6 {
        group.addTask { try Registry(directory: directory, create: false).versions() }
      }
      return try await group.reduce(into: [[Version]]()) { $0.append($1) }
    }
    #expect(versions == Array(repeating: [version], count: 6))
  }

  /// The program of before says so instead of writing rows without their scans.
  @Test func eachMigrationHasARow() throws {
    let temporary = try TemporaryRegistry()
    let identifiers = try temporary.database().read {
      try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
    }
    #expect(identifiers == ["0001 spine", "0002 scans"])
  }
}
