// SPDX-License-Identifier: Apache-2.0
public import Events
import Workflow

/// How a table of a selection stands in its CSV file.
public struct TableParameters: Sendable, Hashable, Codable {
  /// Its name in expressions, and that of the step's input.
  public var name: String
  /// Names of its axes: for steps each has the columns `AXIS_low` and `AXIS_high`, for lines the
  /// column `AXIS`.
  public var axes: [String]
  /// The column of its values.
  public var value: String
  /// What lies between them.
  public var interpolation: LookupTable.Interpolation
  /// What it says beyond its axes.
  public var outside: LookupTable.Outside
}

extension TableParameters {
  /// The table in the text of its file.
  /// - Throws: `InvalidSpecification` with all problems and their lines.
  func read(_ text: String) throws -> LookupTable {
    let csv = try CSVTable(text, file: name)
    let diagnostics = Diagnostics()
    let isStep = interpolation == .step
    let columns = axes.flatMap { isStep ? [$0 + "_low", $0 + "_high"] : [$0] } + [value]
    for column in columns where csv.index(of: column) == nil {
      let hint = Suggestion.hint(for: column, among: csv.columns, known: "it has")
      csv.report("the table has no column '\(column)'\(hint)", to: diagnostics)
    }
    try diagnostics.throwIfInvalid()
    let numbers = columns.map { column in
      csv.doubles(csv.index(of: column) ?? 0, diagnostics).map { $0 ?? .nan }
    }
    try diagnostics.throwIfInvalid()
    var places: [[Double]] = []
    for axis in axes.indices {
      let lower = Set(numbers[isStep ? 2 * axis : axis]).sorted()
      guard isStep else {
        places.append(lower)
        continue
      }
      let upper = Set(numbers[2 * axis + 1]).sorted()
      guard Array(lower.dropFirst()) == Array(upper.dropLast()), let last = upper.last else {
        throw StepError(
          "table '\(name)': the bins of '\(axes[axis])' don't follow each other without gaps")
      }
      places.append(lower + [last])
    }
    return try table(places, numbers, rows: csv.rows.count)
  }

  private func table(_ places: [[Double]], _ numbers: [[Double]], rows: Int) throws -> LookupTable {
    let isStep = interpolation == .step
    let sizes = places.map { $0.count - (isStep ? 1 : 0) }
    var values: [Double?] = Array(repeating: nil, count: sizes.reduce(1, *))
    for row in 0..<rows {
      var place = 0
      for axis in axes.indices {
        let lower = numbers[isStep ? 2 * axis : axis][row]
        guard let index = places[axis].firstIndex(of: lower) else { continue }
        if isStep, numbers[2 * axis + 1][row] != places[axis][index + 1] {
          throw StepError(
            "table '\(name)': a bin of '\(axes[axis])' from \(lower) doesn't end where the next "
              + "one begins")
        }
        place = place * sizes[axis] + index
      }
      guard values.indices.contains(place), values[place] == nil else {
        throw StepError("table '\(name)': two lines have the same place")
      }
      values[place] = numbers[numbers.count - 1][row]
    }
    let present = values.compactMap(\.self)
    guard present.count == values.count else {
      throw StepError(
        "table '\(name)' has \(present.count) values for \(values.count) places: give one for each")
    }
    do throws(LookupTableError) {
      return try LookupTable(axes: places, values: present, interpolation: interpolation)
    } catch {
      throw StepError("table '\(name)': \(error.message)")
    }
  }
}

extension SelectionReader {
  /// `{axes: [pt, eta], value: efficiency, interpolation: step, outside: nearest}`
  func table(_ name: String, _ node: SpecificationNode) -> TableParameters? {
    nodes["tables.\(name)"] = node
    let reader = FieldReader(node, diagnostics)
    let axes = reader.strings("axes", required: true)
    let value = reader.string("value", required: true)
    let interpolation = reader.choice(
      "interpolation", of: LookupTable.Interpolation.self, required: true)
    let outside = reader.choice("outside", of: LookupTable.Outside.self, required: true)
    reader.finish()
    if name == "events" {
      diagnostics.error("the input 'events' is taken: give the table another name", at: node)
    }
    guard let axes, let value, let interpolation, let outside else { return nil }
    return TableParameters(
      name: name, axes: axes, value: value, interpolation: interpolation, outside: outside)
  }
}
