// SPDX-License-Identifier: Apache-2.0

extension CSVTable {
  /// The place of a column; nil when the table lacks it.
  public func index(of column: String) -> Int? { columns.firstIndex(of: column) }

  /// The text of a column's cells, which may be empty.
  public func texts(_ column: Int) -> [String] { rows.map { $0[column].text } }

  /// Finite decimal numbers of a column; what is none is reported and is nil.
  public func doubles(
    _ column: Int, _ diagnostics: Diagnostics, in range: ClosedRange<Double>? = nil
  ) -> [Double?] {
    rows.map { node(of: $0[column], in: columns[column]).double(diagnostics, in: range) }
  }

  /// Whole numbers of a column; what is none is reported and is nil.
  public func ints(_ column: Int, _ diagnostics: Diagnostics, in range: ClosedRange<Int>? = nil)
    -> [Int?]
  {
    rows.map { node(of: $0[column], in: columns[column]).int(diagnostics, in: range) }
  }

  /// Reports a problem with a line of values.
  public func report(_ message: String, row: Int, column: Int = 0, to diagnostics: Diagnostics) {
    diagnostics.report(
      Diagnostic(
        path: columns[column], location: rows[row][column].location(in: file), message: message))
  }

  /// Reports a problem with a column.
  public func report(_ message: String, ofColumn column: Int, to diagnostics: Diagnostics) {
    diagnostics.report(
      Diagnostic(path: "", location: header[column].location(in: file), message: message))
  }

  /// Reports a problem with the whole table, at its header.
  public func report(_ message: String, to diagnostics: Diagnostics) {
    diagnostics.report(
      Diagnostic(path: "", location: header.first?.location(in: file), message: message))
  }

  /// The cell as the scalar of a YAML file, so that numbers are spelt alike everywhere.
  private func node(of cell: Cell, in column: String) -> SpecificationNode {
    SpecificationNode(
      content: .scalar(cell.text, isQuoted: cell.isQuoted), path: column,
      location: cell.location(in: file))
  }
}

extension CSVTable {
  /// Columns of parameters by name, with values that are numbers; columns besides are reported.
  ///
  /// - Returns: the points in the order of `parameters`; nil after reporting.
  func points(_ parameters: [ScanParameter], _ diagnostics: Diagnostics) -> [[Double]]? {
    let before = diagnostics.all.count
    let names = parameters.map(\.name)
    for (index, column) in columns.enumerated() where !names.contains(column) {
      let hint = Suggestion.hint(for: column, among: names, known: "the scan has")
      report("'\(column)' is not a parameter of the scan\(hint)", ofColumn: index, to: diagnostics)
    }
    let places = names.map { index(of: $0) }
    for (name, place) in zip(names, places) where place == nil {
      report("the column '\(name)' is missing", to: diagnostics)
    }
    guard diagnostics.all.count == before else { return nil }
    let coordinates = zip(parameters, places).map { parameter, place in
      doubles(place ?? 0, diagnostics, in: parameter.lower...parameter.upper)
    }
    let points = rows.indices.map { row in coordinates.compactMap { $0[row] } }
    guard diagnostics.all.count == before else { return nil }
    var first: [[Double]: Int] = [:]
    for (row, point) in points.enumerated() {
      if let other = first[point] {
        report("the same point as in line \(rows[other][0].line)", row: row, to: diagnostics)
      } else {
        first[point] = row
      }
    }
    return diagnostics.all.count == before ? points : nil
  }
}
