// SPDX-License-Identifier: Apache-2.0

extension ScanReport {
  /// The points as CSV: number, round, parameters, state, then value and uncertainty of each
  /// output.
  public var pointsCSV: String {
    let names = parameters.map(\.name)
    var table = CSVText(
      header: ["number", "round"] + names + ["state"]
        + outputs.flatMap { [$0.name, "\($0.name)_uncertainty"] } + ["run", "message"])
    for point in points {
      let values = outputs.flatMap { output in
        let value = point.outputs[output.name]
        return [CSVText.number(value?.value), CSVText.number(value?.uncertainty)]
      }
      table.add(
        ["\(point.number)", "\(point.round)"] + names.map { CSVText.number(point.point[$0]) }
          + [point.state.rawValue] + values + [
            point.run.map { "\($0)" } ?? "", point.message ?? "",
          ]
      )
    }
    return table.text
  }

  /// The points that have a result as a HEPData table: parameters, then each output with its error.
  public var pointsHEPData: String {
    let known = points.filter { !$0.outputs.isEmpty }
    return HEPDataTable(
      independent: parameters.map { parameter in
        HEPDataTable.Variable(
          name: parameter.name, units: parameter.unit,
          cells: known.map { .init($0.point[parameter.name] ?? .nan) })
      },
      dependent: outputs.map { output in
        HEPDataTable.Variable(
          name: output.value,
          qualifiers: [("output", output.name)] + (output.sigma.map { [("sigma", "\($0)")] } ?? []),
          cells: known.map { point in
            point.outputs[output.name].map { .init($0.value, error: $0.uncertainty) } ?? .absent
          })
      }
    ).yaml
  }
}
