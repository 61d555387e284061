// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// Answers of the results database in each format.
enum ResultText {
  static func of(_ records: [ResultRecord], as format: Results.Format) throws -> String {
    switch format {
    case .json: try JSONText.of(records)
    case .csv: csv(records)
    case .table: table(records).lines().joined(separator: "\n")
    }
  }

  static func of(_ table: ResultTable, as format: Results.Format) throws -> String {
    switch format {
    case .json:
      try refuseWhatJSONLacks(in: table)
      return try JSONText.of(table)
    case .csv: return CSVText.of(table.columns, table.rows.map { $0.map(exact) })
    case .table:
      return Table(
        table.columns.enumerated().map { index, name in
          Table.Column(title: name, isNumeric: table.rows.contains { isNumber($0[index]) })
        },
        table.rows.map { $0.map(readable) }
      ).lines().joined(separator: "\n")
    }
  }

  /// An object has one value under a key, and no infinities.
  private static func refuseWhatJSONLacks(in table: ResultTable) throws {
    var names: Set<String> = []
    for name in table.columns where !names.insert(name).inserted {
      throw Failure(
        .refused, "two columns are called '\(name)', which JSON can't tell apart: name one with AS")
    }
    for row in table.rows {
      for case (let name, .real(let number)) in zip(table.columns, row) where !number.isFinite {
        throw Failure(
          .refused,
          "column '\(name)' holds \(number), which JSON has no number for: use --format csv")
      }
    }
  }

  private static func table(_ records: [ResultRecord]) -> Table {
    Table(
      [
        .text("analysis"), .number("run"), .text("signal"), .text("point"), .text("step"),
        .text("quantity"), .text("subject"), .number("sigma"), .number("value"), .text("unit"),
      ],
      records.map {
        [
          "\($0.analysis)@\($0.version)", "\($0.run)", $0.signal, PointText.of($0.point), $0.step,
          $0.quantity, $0.subject ?? "", $0.sigma.map(String.init) ?? "",
          NumberText.of($0.value, uncertainty: $0.uncertainty), $0.unit ?? "",
        ]
      })
  }

  /// One column for each point parameter that any row has.
  private static func csv(_ records: [ResultRecord]) -> String {
    let parameters = Set(records.flatMap(\.point.keys)).sorted()
    let columns =
      ["analysis", "version", "run", "signal"] + parameters + [
        "step", "quantity", "subject", "sigma", "value", "uncertainty", "entries", "sum_w",
        "sum_w2", "unit",
      ]
    return CSVText.of(
      columns,
      records.map { record in
        ["\(record.analysis)", "\(record.version)", "\(record.run)", record.signal]
          + parameters.map { text(record.point[$0]) }
          + [
            record.step, record.quantity, record.subject ?? "", text(record.sigma),
            text(record.value), text(record.uncertainty), text(record.entries), text(record.sumW),
            text(record.sumW2), record.unit ?? "",
          ]
      })
  }

  private static func text(_ value: (some CustomStringConvertible)?) -> String {
    value.map { "\($0)" } ?? ""
  }

  private static func isNumber(_ cell: ResultTable.Cell) -> Bool {
    switch cell {
    case .integer, .real: true
    case .null, .text: false
    }
  }

  private static func exact(_ cell: ResultTable.Cell) -> String {
    switch cell {
    case .null: ""
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    }
  }

  private static func readable(_ cell: ResultTable.Cell) -> String {
    if case .real(let number) = cell { NumberText.of(number, digits: 6) } else { exact(cell) }
  }
}
