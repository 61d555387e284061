// SPDX-License-Identifier: Apache-2.0

extension ContourReport {
  /// The contours as CSV, a row for each point of a line: output, theory (−1, +1 or empty), number
  /// of the line, whether it is closed, parameters.
  public var csv: String {
    var table = CSVText(
      header: ["output", "theory", "line", "closed"] + parameters.map(\.name))
    for row in rows {
      table.add(
        [
          row.curve.output, row.curve.theory.map { "\($0)" } ?? "", "\(row.number)",
          "\(row.line.isClosed)",
        ] + row.point.map { CSVText.number($0) })
    }
    return table.text
  }

  /// The contours as a HEPData table: contour, line and all parameters but the last against the
  /// last parameter.
  public var hepData: String {
    let rows = rows
    let axes = parameters.enumerated().map { axis, parameter in
      HEPDataTable.Variable(
        name: parameter.name, units: parameter.unit, cells: rows.map { .init($0.point[axis]) })
    }
    var last = axes.suffix(1)
    for name in fixed.keys.sorted() {
      last[last.endIndex - 1].qualifiers.append((name, CSVText.number(fixed[name])))
    }
    for name in profiled { last[last.endIndex - 1].qualifiers.append((name, "profiled")) }
    return HEPDataTable(
      independent: [
        .init(name: "contour", cells: rows.map { .init(text: $0.curve.label) }),
        .init(name: "line", cells: rows.map { .init(text: "\($0.number)") }),
      ] + axes.dropLast(), dependent: Array(last)
    ).yaml
  }

  private struct Row {
    let curve: Curve
    let number: Int
    let line: Line
    let point: [Double]
  }

  private var rows: [Row] {
    contours.flatMap { curve in
      curve.lines.enumerated().flatMap { number, line in
        line.points.map { Row(curve: curve, number: number, line: line, point: $0) }
      }
    }
  }
}

extension ContourReport.Curve {
  /// The output's name, with the theory variation if there is one.
  var label: String {
    guard let theory else { return output }
    return "\(output), cross section \(theory > 0 ? "+" : "-")1 sigma"
  }
}
