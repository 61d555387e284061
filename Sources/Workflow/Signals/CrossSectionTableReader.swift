// SPDX-License-Identifier: Apache-2.0
import Artifacts

/// Turns the rows of a table into a grid.
struct CrossSectionTableReader {
  private static let value = "cross_section_pb"
  private static let uncertainty = "uncertainty_pb"
  /// Each axis doubles the corners of a cell.
  private static let axisLimit = 6

  /// A grid whose file is not in the store yet.
  struct Draft {
    var axes: [CrossSectionTable.Axis]
    var picobarns: [Double]
    var uncertainties: [Double]?
  }

  let table: CSVTable
  let diagnostics: Diagnostics

  /// - Parameter parameters: names the columns may have; nil when any may be.
  /// - Returns: the grid; nil after reporting.
  func read(parameters: [String]?) -> Draft? {
    let before = diagnostics.all.count
    let reserved = [Self.value, Self.uncertainty]
    let columns = table.columns.indices.filter { !reserved.contains(table.columns[$0]) }
    check(columns, among: parameters)
    guard let valueColumn = table.index(of: Self.value) else {
      table.report("the column '\(Self.value)' is missing", to: diagnostics)
      return nil
    }
    let picobarns = table.doubles(valueColumn, diagnostics, in: ScanReader.positive)
    let uncertainties = table.index(of: Self.uncertainty).map {
      table.doubles($0, diagnostics, in: 0 ... .greatestFiniteMagnitude)
    }
    let coordinates = columns.map { table.doubles($0, diagnostics) }
    guard diagnostics.all.count == before else { return nil }
    let axes = zip(columns, coordinates).map { column, values in
      CrossSectionTable.Axis(
        parameter: table.columns[column], values: Set(values.compactMap(\.self)).sorted())
    }
    guard let rows = rowsInOrder(axes, coordinates.map { $0.compactMap(\.self) }) else {
      return nil
    }
    return Draft(
      axes: axes, picobarns: rows.compactMap { picobarns[$0] },
      uncertainties: uncertainties.map { values in rows.compactMap { values[$0] } })
  }

  private func check(_ columns: [Int], among parameters: [String]?) {
    if columns.isEmpty {
      table.report("the table has no column of a parameter", to: diagnostics)
    }
    if columns.count > Self.axisLimit {
      table.report(
        "the table has \(columns.count) parameters, more than the \(Self.axisLimit) that are "
          + "interpolated", to: diagnostics)
    }
    for column in columns {
      let name = table.columns[column]
      let names = (parameters ?? []) + [Self.value, Self.uncertainty]
      if let parameters, !parameters.contains(name) {
        let hint = Suggestion.hint(for: name, among: names, known: "columns")
        table.report(
          "'\(name)' is not a parameter of the scan\(hint)", ofColumn: column, to: diagnostics)
      } else if !SpecificationName.identifier.matches(name) {
        table.report(
          "'\(name)' must consist of \(SpecificationName.identifier.rawValue)", ofColumn: column,
          to: diagnostics)
      }
    }
  }

  /// The row of each corner of the grid, last axis fastest; nil after reporting.
  private func rowsInOrder(_ axes: [CrossSectionTable.Axis], _ coordinates: [[Double]]) -> [Int]? {
    let before = diagnostics.all.count
    for (axis, column) in zip(axes, table.columns.indices) where axis.values.count < 2 {
      table.report(
        "'\(axis.parameter)' has \(axis.values.count) value\(axis.values.count == 1 ? "" : "s"), "
          + "and interpolation needs at least 2; leave the column out if it never changes",
        ofColumn: table.index(of: axis.parameter) ?? column, to: diagnostics)
    }
    guard diagnostics.all.count == before else { return nil }
    let corners = axes.reduce(1.0) { $0 * Double($1.values.count) }
    guard corners <= Double(CSVTable.Limit.rowCount) else {
      table.report(
        "the points are no regular grid: \(table.rows.count) of \(PointText.number(corners)) are "
          + "there", to: diagnostics)
      return nil
    }
    let places = axes.map { axis in
      Dictionary(axis.values.enumerated().map { ($1, $0) }) { first, _ in first }
    }
    var rows: [Int: Int] = [:]
    for row in table.rows.indices {
      var corner = 0
      for (index, axis) in axes.enumerated() {
        corner = corner * axis.values.count + (places[index][coordinates[index][row]] ?? 0)
      }
      if let other = rows.updateValue(row, forKey: corner) {
        table.report(
          "the same point as in line \(table.rows[other][0].line)", row: row, to: diagnostics)
      }
    }
    guard diagnostics.all.count == before else { return nil }
    guard Double(rows.count) == corners else {
      table.report(missing(rows, axes, of: corners), to: diagnostics)
      return nil
    }
    return (0..<rows.count).compactMap { rows[$0] }
  }

  /// Says that corners are missing, and which one is the first.
  private func missing(_ rows: [Int: Int], _ axes: [CrossSectionTable.Axis], of corners: Double)
    -> String
  {
    var rest = (0...).first { rows[$0] == nil } ?? 0
    var values: [String] = []
    for axis in axes.reversed() {
      let value = axis.values[rest % axis.values.count]
      values.insert("\(axis.parameter) = \(PointText.number(value))", at: 0)
      rest /= axis.values.count
    }
    return "the points are no regular grid: \(rows.count) of \(PointText.number(corners)) are "
      + "there, and none at \(values.joined(separator: ", "))"
  }
}
