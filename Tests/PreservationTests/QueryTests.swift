// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import GRDB
import Preservation
import Testing

@Suite struct QueryTests {
  let temporary: TemporaryRegistry

  init() throws {
    temporary = try TemporaryRegistry()
    try temporary.fill()
  }

  @Test func aSelectionGivesColumnsAndTypedCells() throws {
    let table = try temporary.registry.query(
      "SELECT quantity, sigma, value, point ->> 'm_sq_gev' AS mass, x'00ff' AS b FROM results")
    #expect(table.columns == ["quantity", "sigma", "value", "mass", "b"])
    #expect(
      table.rows == [
        [.text("cls"), .null, .real(0.04), .integer(1), .blob(Data([0, 255]))],
        [.text("cls_expected"), .integer(0), .real(0.1), .integer(1), .blob(Data([0, 255]))],
      ])
  }

  @Test(arguments: [
    "SELECT 1", "  \n select 1;", "-- a comment\nSELECT 1", "/* a */ /* b */ VALUES (1)",
    "WITH x(a) AS (SELECT 1) SELECT a FROM x",
  ])
  func whatSelectsIsAllowed(sql: String) throws {
    #expect(try temporary.registry.query(sql).rows == [[.integer(1)]])
  }

  @Test func everyViewCanBeRead() throws {
    for view in ["results", "runs", "steps", "versions"] {
      #expect(try !temporary.registry.query("SELECT * FROM \(view)").rows.isEmpty)
    }
  }

  @Test(arguments: [
    "INSERT INTO analysis (name) VALUES ('x')", "DELETE FROM lease", "UPDATE run SET message = ''",
    "DROP TABLE result", "PRAGMA writable_schema = 1", "PRAGMA query_only = 0",
    "ATTACH DATABASE '/tmp/x.sqlite' AS x", "BEGIN", "COMMIT", "VACUUM INTO '/tmp/y.sqlite'",
    "WITH x AS (SELECT 1) INSERT INTO analysis (name) SELECT 'x' FROM x",
    "WITH x AS (SELECT 1) DELETE FROM lease", "SELECT 1; SELECT 2", "SELECT 1; DELETE FROM lease",
    "REINDEX", "", "--", "/* open", "SELEKT 1", "SELECT * FROM nothing",
    "SELECT load_extension('/tmp/x.so')", "EXPLAIN SELECT 1",
  ])
  func everythingElseIsRefused(sql: String) throws {
    let before = try temporary.database().read { try $0.dumpedRows() }
    let error = #expect(throws: RegistryError.self) { try temporary.registry.query(sql) }
    #expect(error?.code == .invalidQuery)
    #expect(error?.description.isEmpty == false)
    #expect(try temporary.database().read { try $0.dumpedRows() } == before)
  }

  @Test func aSecondStatementIsNamed() throws {
    let error = #expect(throws: RegistryError.self) {
      try temporary.registry.query("SELECT 1; SELECT 2")
    }
    #expect(error?.description == "one SELECT at a time: leave out what follows the first")
  }

  private let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "

  @Test func rowsAreLimited() throws {
    let error = #expect(throws: RegistryError.self) {
      try temporary.registry.query(endless + "SELECT i FROM n", rowLimit: 10, timeLimit: .never)
    }
    #expect(error?.description == "the query gives more than 10 rows; add a LIMIT or a WHERE")
    let table = try temporary.registry.query(
      endless + "SELECT i FROM n LIMIT 10", rowLimit: 10, timeLimit: .never)
    #expect(table.rows.count == 10)
  }

  @Test func timeIsLimited() throws {
    let error = #expect(throws: RegistryError.self) {
      try temporary.registry.query(
        endless + "SELECT max(i) FROM n", rowLimit: 10, timeLimit: .milliseconds(50))
    }
    #expect(error?.code == .invalidQuery)
    #expect(error?.description.contains("took too long") == true)
    // The registry's own connections were not stopped.
    #expect(try temporary.registry.versions().count == 1)
  }
}

extension Database {
  /// Every row of the tables a query might want to change, as text.
  func dumpedRows() throws -> [String] {
    try ["analysis", "run", "stepRun", "result", "lease", "sqlite_schema"].flatMap { table in
      try Row.fetchAll(self, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
    }
  }
}
