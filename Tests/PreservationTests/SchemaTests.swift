// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Testing
import Workflow

@Suite struct SchemaTests {
  /// The golden file is for people who review the schema: it says what the migrations add up to.
  @Test func theGoldenDumpIsTheSchema() throws {
    let temporary = try TemporaryRegistry()
    let header = """
      -- SPDX-License-Identifier: Apache-2.0
      -- What the migrations in Sources/Preservation/Schema add up to; a test compares it.
      -- Record it anew with RECORD_SNAPSHOTS=1, which fails once.

      """
    let schema = header + "\n" + (try temporary.registry.schema())
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("registry/schema.sql")
    let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
    if isRecording || !FileManager.default.fileExists(atPath: golden.path) {
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(schema.utf8).write(to: golden)
      Issue.record("registry/schema.sql was written; look at it and run the test again")
    }
    #expect(try String(contentsOf: golden, encoding: .utf8) == schema)
  }

  @Test func theDumpMakesTheSameSchema() throws {
    let temporary = try TemporaryRegistry()
    let schema = try temporary.registry.schema()
    let copy = try DatabaseQueue()
    try copy.write { try $0.execute(sql: schema) }
    let names = try copy.read {
      try String.fetchSet(
        $0, sql: "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'")
    }
    #expect(names.isSuperset(of: ["version", "result", "results", "resultIsFixed", "lease"]))
  }

  @Test func theVocabularyIsTheEnumeration() throws {
    let temporary = try TemporaryRegistry()
    let names = try temporary.database().read {
      try String.fetchSet($0, sql: "SELECT name FROM quantity")
    }
    #expect(names == Set(Quantity.allCases.map(\.rawValue)))
  }

  @Test func everyStatusIsInItsCheck() throws {
    let temporary = try TemporaryRegistry()
    let schema = try temporary.registry.schema()
    let run = RunStatus.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let step = StepStatus.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let scan = ScanStatus.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let outcome = ScanOutcomeRow.Status.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    #expect(schema.contains("CHECK (status IN (\(run)))"))
    #expect(schema.contains("(\(step))"))
    #expect(schema.contains("CHECK (status IN (\(scan)))"))
    #expect(schema.contains("CHECK (status IN (\(outcome)))"))
  }

  @Test(arguments: [
    ("version", "title = 'other'", "a version never changes"),
    ("versionFile", "path = 'other'", "a file of a version never changes"),
    ("analysis", "name = 'other'", "an analysis never changes"),
    ("artifact", "byteCount = 1", "an artifact never changes"),
    ("signal", "name = 'other'", "a signal never changes"),
    ("signalFile", "input = 'other'", "a file of a signal never changes"),
    ("stepOutput", "seconds = 1", "the output of a step never changes"),
    ("stepArtifact", "name = 'other'", "a file of a step never changes"),
    ("result", "value = 0", "a result never changes"),
    ("run", "seed = '5'", "the identity of a run never changes"),
    ("stepRun", "step = 'other'", "the identity of a step never changes"),
    ("scan", "specification = '{}'", "the identity of a scan never changes"),
    ("scanFile", "path = 'other'", "a file of a scan never changes"),
    ("scanProposal", "round = 1", "a proposal never changes"),
    ("scanOutcome", "status = 'failed'", "an outcome never changes"),
    ("scanRound", "misclassified = 0", "a round never changes"),
  ])
  func whatIsPreservedNeitherChangesNorGoes(table: String, change: String, sentence: String) throws
  {
    let temporary = try TemporaryRegistry()
    try temporary.fill()
    let database = try temporary.database()
    func message(_ sql: String) throws -> String? {
      do {
        try database.write { try $0.execute(sql: sql) }
        return nil
      } catch let error as DatabaseError {
        return error.message
      }
    }
    let count = try #require(
      try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") })
    #expect(count > 0)
    #expect(try message("UPDATE \(table) SET \(change)") == sentence)
    if table != "stepRun" {
      #expect(try message("DELETE FROM \(table)")?.contains("never deleted") == true)
    }
  }

  @Test func replacingDoesNotGoAroundTheTriggers() throws {
    let temporary = try TemporaryRegistry()
    try temporary.fill()
    let database = try temporary.database()
    // Without the registry's setting SQLite replaces without asking: hence the setting.
    try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA recursive_triggers = ON") }
    #expect(throws: DatabaseError.self) {
      try database.write {
        try $0.execute(
          sql: "INSERT OR REPLACE INTO artifact SELECT digest, byteCount + 1 FROM artifact")
      }
    }
  }

  @Test(arguments: RunStatus.allCases, RunStatus.allCases)
  func runsMoveAlongTheTableOnly(from: RunStatus, to: RunStatus) throws {
    let temporary = try TemporaryRegistry()
    let run = try temporary.registry.begin(
      madeUpPlan([plannedStep("test")]), of: temporary.register(), signal: madeUpSignal(),
      engine: "tests")
    let database = try temporary.database()
    func move(_ status: RunStatus) throws {
      try database.write {
        try $0.execute(
          sql: "UPDATE run SET status = ? WHERE id = ?", arguments: [status.rawValue, run.id])
      }
    }
    if from != .queued { try move(.running) }
    try move(from)
    let legal: Set<[RunStatus]> = [
      [.queued, .running], [.queued, .cancelled], [.running, .succeeded], [.running, .failed],
      [.running, .cancelled], [.succeeded, .running], [.failed, .running], [.cancelled, .running],
    ]
    if from == to || legal.contains([from, to]) {
      try move(to)
      #expect(try temporary.registry.run(run.id).status == to)
    } else {
      #expect(throws: DatabaseError.self) { try move(to) }
      #expect(try temporary.registry.run(run.id).status == from)
    }
  }

  @Test(arguments: ["succeeded", "cached"])
  func aStepWithoutOutputDidNotSucceed(status: String) throws {
    let temporary = try TemporaryRegistry()
    _ = try temporary.registry.begin(
      madeUpPlan([plannedStep("test")]), of: temporary.register(), signal: madeUpSignal(),
      engine: "tests")
    #expect(throws: DatabaseError.self) {
      try temporary.database().write {
        try $0.execute(sql: "UPDATE stepRun SET status = ?", arguments: [status])
      }
    }
  }

  @Test(arguments: [
    ("quantity", "'magic'"), ("sigma", "3"), ("value", "9e999"), ("value", "NULL"),
    ("value", "'text'"), ("uncertainty", "-1.0"), ("entries", "-1"), ("sumW2", "-1.0"),
    ("subject", "''"), ("stepOutput", "4711"),
  ])
  func aRowThatMakesNoSenseIsRefused(column: String, value: String) throws {
    let temporary = try TemporaryRegistry()
    try temporary.fill()
    var row = ["stepOutput": "1", "quantity": "'p0'", "value": "0.5"]
    func insert() throws {
      let columns = row.sorted { $0.key < $1.key }
      try temporary.database().write {
        try $0.execute(
          sql: "INSERT INTO result (\(columns.map(\.key).joined(separator: ","))) "
            + "VALUES (\(columns.map(\.value).joined(separator: ",")))")
      }
    }
    let good = row
    row[column] = value
    #expect(throws: DatabaseError.self) { try insert() }
    row = good
    try insert()
  }
}

extension TemporaryRegistry {
  /// At least one row in every table.
  func fill() throws {
    let version = try register()
    let artifact = try registry.store.put(Data("bytes".utf8), mediaType: "text/plain")
    let signal = Signal(
      name: "point", point: ["m_sq_gev": 1], inputs: ["events": StepInput(artifacts: [artifact])])
    let step = plannedStep("select")
    let run = try registry.start(
      registry.begin(madeUpPlan([step]), of: version, signal: signal, engine: "tests"))
    let output = StepOutput(
      artifacts: ["yields": artifact],
      results: [ResultValue(.cls, value: 0.04), ResultValue(.cls_expected, sigma: 0, value: 0.1)])
    try registry.record(output, of: step, in: run, seconds: 1, log: "", releasing: nil)
    _ = try registry.finish(run, as: .succeeded)
    let scan = try registry.startScan(scan("plane", of: version, files: ["map.csv": artifact]))
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    try registry.record(
      .finished(0, attempt: 1, run: run.id, outputs: ["obs": ScanOutputValue(1.5)]), in: scan)
    try registry.record(
      ScanRoundRow(round: 1, evaluations: 1, misclassified: 0.5, shift: nil), in: scan)
    _ = try registry.endScan(scan, as: .finished, reason: "1 evaluation was allowed")
  }
}
