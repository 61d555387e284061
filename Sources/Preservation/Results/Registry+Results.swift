// SPDX-License-Identifier: Apache-2.0
public import Artifacts
import GRDB
import Workflow

extension Registry {
  /// Results by run, the plan's order of steps, and the order in which a step gave them.
  ///
  /// Throws `invalidQuery` for a condition that isn't understood, with the column of the trouble
  /// and the names there are.
  public func results(matching filter: ResultFilter) throws -> [ResultRow] {
    try read { database in
      var clauses = ["stepRun.status IN ('succeeded', 'cached')"]
      var (scans, grouping) = ("", "")
      var arguments: [(any DatabaseValueConvertible)?] = []
      func require(_ column: String, _ value: (any DatabaseValueConvertible)?) {
        guard let value else { return }
        clauses.append("\(column) = ?")
        arguments.append(value)
      }
      require("analysis.name", filter.analysis)
      require("version.number", filter.version)
      require("signal.name", filter.signal)
      require("run.id", filter.run)
      require("result.quantity", filter.quantity?.rawValue)
      require("stepRun.step", filter.step)
      if let text = filter.condition {
        let parameters = try Self.pointParameters(in: database)
        let condition = try Condition(text, pointParameters: parameters)
        clauses.append("(\(condition.sql))")
        arguments += condition.arguments.map { $0.databaseValue }
        // A result of a run that is in two scans is still one result.
        if condition.namesScan {
          (scans, grouping) = (Self.joinScans, " GROUP BY run.id, stepRun.position, result.id")
        }
      }
      let sql =
        Self.selectResults + scans + " WHERE " + clauses.joined(separator: " AND ") + grouping
      return try Row.fetchAll(
        database, sql: sql + " ORDER BY run.id, stepRun.position, result.id",
        arguments: StatementArguments(arguments)
      ).map { try ResultRow($0) }
    }
  }

  /// Files that the steps of a run made, in the plan's order.
  public func artifacts(of run: Int64) throws -> [(step: String, name: String, artifact: Artifact)]
  {
    try read { database in
      _ = try self.run(run, in: database)
      return try Row.fetchAll(
        database,
        sql: """
          SELECT stepRun.step, stepArtifact.name, stepArtifact.artifact, artifact.byteCount,
            stepArtifact.mediaType
          FROM stepRun
          JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
          JOIN stepArtifact ON stepArtifact.stepOutput = stepOutput.id
          JOIN artifact ON artifact.digest = stepArtifact.artifact
          WHERE stepRun.run = ? AND stepRun.status IN ('succeeded', 'cached')
          ORDER BY stepRun.position, stepArtifact.name
          """,
        arguments: [run]
      ).map { (step: $0[0] as String, name: $0[1] as String, artifact: try Artifact($0, from: 2)) }
    }
  }

  private static func pointParameters(in database: Database) throws -> Set<String> {
    try String.fetchSet(
      database, sql: "SELECT DISTINCT parameter.key FROM signal, json_each(signal.point) parameter")
  }

  private static let selectResults = """
    SELECT analysis.name, version.number, run.id, signal.name, signal.point, stepRun.step,
      result.quantity, result.subject, result.sigma, result.value, result.uncertainty,
      result.entries, result.sumW, result.sumW2, result.unit
    FROM stepRun
    JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
    JOIN result ON result.stepOutput = stepOutput.id
    JOIN run ON run.id = stepRun.run
    JOIN signal ON signal.id = run.signal
    JOIN version ON version.id = run.version
    JOIN analysis ON analysis.id = version.analysis
    """

  private static let joinScans = """
     LEFT JOIN (
      SELECT DISTINCT scanOutcome.run, scan.name AS scan
      FROM scanOutcome JOIN scan ON scan.id = scanOutcome.scan) AS scanRun
    ON scanRun.run = run.id
    """
}

extension ResultRow {
  init(_ row: Row) throws {
    analysis = row[0]
    version = row[1]
    run = row[2]
    signal = row[3]
    point = try PointText.decode(row[4])
    step = row[5]
    result = try ResultValue(row, from: 6)
  }
}
