// SPDX-License-Identifier: Apache-2.0
import Preservation
import Workflow

extension Reinterpreter {
  /// Result rows that answer a question, in the order they were made.
  public func results(matching question: ResultQuestion) throws(Failure) -> [ResultRecord] {
    try classified {
      try registry().results(matching: ResultFilter(question)).map(ResultRecord.init)
    }
  }

  /// The answer to one SELECT over the registry's tables and views, read-only.
  public func query(_ sql: String) throws(Failure) -> ResultTable {
    try classified {
      let table = try registry().query(sql)
      return ResultTable(
        columns: table.columns, rows: table.rows.map { $0.map(ResultTable.Cell.init) })
    }
  }
}

extension ResultFilter {
  fileprivate init(_ question: ResultQuestion) throws {
    self.init()
    if let text = question.analysis {
      let reference = try AnalysisReference(text)
      analysis = reference.name
      version = reference.number
    }
    if let name = question.quantity {
      guard let known = Quantity(rawValue: name) else {
        let names = Quantity.allCases.map(\.rawValue)
        let hint = Suggestion.hint(for: name, among: names, known: "the vocabulary")
        throw Failure.refused("--quantity: '\(name)' is not a quantity\(hint).")
      }
      quantity = known
    }
    signal = question.signal
    run = question.run
    step = question.step
    condition = question.condition
  }
}

extension ResultRecord {
  fileprivate init(_ row: ResultRow) {
    let result = row.result
    self.init(
      analysis: row.analysis, version: row.version, run: row.run, signal: row.signal,
      point: row.point, step: row.step, quantity: result.quantity.rawValue,
      subject: result.subject, sigma: result.sigma, value: result.value,
      uncertainty: result.uncertainty, entries: result.entries, sumW: result.sumW,
      sumW2: result.sumW2, unit: result.unit)
  }
}

extension ResultTable.Cell {
  /// Bytes become hexadecimal text: neither JSON nor a terminal has a better form for them.
  fileprivate init(_ cell: QueryTable.Cell) {
    switch cell {
    case .null: self = .null
    case .integer(let number): self = .integer(number)
    case .real(let number): self = .real(number)
    case .text(let text): self = .text(text)
    case .blob(let bytes):
      self = .text(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
    }
  }
}
