// SPDX-License-Identifier: Apache-2.0

/// Checks the rows of an efficiency map and puts them in order.
struct EfficiencyTableReader {
  private static let required = ["region", "entries", "efficiency", "uncertainty"]
  private static let optional = ["variation", "generated"]

  let table: CSVTable
  let diagnostics: Diagnostics

  /// The table; nil after reporting.
  func read(_ known: [String]?) -> EfficiencyTable? {
    let before = diagnostics.all.count
    let columns = parameterColumns(known)
    for name in Self.required where table.index(of: name) == nil {
      table.report("the column '\(name)' is missing", to: diagnostics)
    }
    if table.rows.isEmpty { table.report("the table has no lines of values", to: diagnostics) }
    guard diagnostics.all.count == before else { return nil }
    let coordinates = columns.map { table.doubles($0, diagnostics) }
    guard let rows = rows(), diagnostics.all.count == before else { return nil }

    var points: [[Double]] = []
    var number: [[Double]: Int] = [:]
    let numbered = rows.enumerated().map { index, row in
      let point = coordinates.compactMap { $0[index] }
      if number[point] == nil {
        number[point] = points.count
        points.append(point)
      }
      return row(number[point] ?? 0)
    }
    let regions = Self.inOrder(numbered.map(\.region))
    let variations = Self.inOrder(numbered.compactMap(\.variation))
    checkPairs(variations)
    guard let ordered = ordered(numbered, points.count, regions, variations, columns) else {
      return nil
    }
    return EfficiencyTable(
      parameters: columns.map { table.columns[$0] }, points: points, regions: regions,
      variations: variations, rows: ordered)
  }

  private func parameterColumns(_ known: [String]?) -> [Int] {
    let reserved = Self.required + Self.optional
    let columns = table.columns.indices.filter { !reserved.contains(table.columns[$0]) }
    if columns.isEmpty || columns.count > 6 {
      table.report(
        "the table has \(columns.count) columns of parameters, and it needs 1 to 6",
        to: diagnostics)
    }
    for column in columns {
      let name = table.columns[column]
      if let known, !known.contains(name) {
        let hint = Suggestion.hint(for: name, among: known + reserved, known: "columns")
        table.report(
          "'\(name)' is not a parameter of the scan\(hint)", ofColumn: column, to: diagnostics)
      } else if !SpecificationName.identifier.matches(name) {
        table.report(
          "'\(name)' must consist of \(SpecificationName.identifier.rawValue)", ofColumn: column,
          to: diagnostics)
      }
    }
    return columns
  }

  /// Rows that still lack the number of their point; nil after reporting.
  private func rows() -> [(Int) -> EfficiencyTable.Row]? {
    func column(_ name: String) -> Int { table.index(of: name) ?? 0 }
    let before = diagnostics.all.count
    let regions = table.texts(column("region"))
    let variations = table.index(of: "variation").map(table.texts)
    let entries = table.ints(column("entries"), diagnostics, in: 0...Int.max)
    let efficiencies = table.doubles(column("efficiency"), diagnostics, in: 0...1)
    let uncertainties = table.doubles(
      column("uncertainty"), diagnostics, in: 0 ... .greatestFiniteMagnitude)
    let generated = table.index(of: "generated").map {
      table.ints($0, diagnostics, in: 1...Int.max)
    }
    guard diagnostics.all.count == before else { return nil }
    return table.rows.indices.compactMap { row in
      guard let entries = entries[row], let efficiency = efficiencies[row],
        let uncertainty = uncertainties[row]
      else { return nil }
      let total = generated?[row]
      if regions[row].isEmpty {
        table.report("a region has no name", row: row, column: column("region"), to: diagnostics)
      }
      if entries == 0, efficiency > 0 {
        table.report(
          "no events are selected, so the efficiency cannot be \(table.rows[row][column("efficiency")].text)",
          row: row, column: column("efficiency"), to: diagnostics)
      }
      if let total, total < entries {
        table.report(
          "more events are selected (\(entries)) than generated (\(total))", row: row,
          column: column("entries"), to: diagnostics)
      }
      let variation = variations.flatMap { $0[row].isEmpty ? nil : $0[row] }
      return { point in
        EfficiencyTable.Row(
          point: point, region: regions[row], variation: variation, entries: entries,
          efficiency: efficiency, uncertainty: uncertainty, generated: total)
      }
    }
  }

  /// Names, each at its first place.
  private static func inOrder(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  private func checkPairs(_ variations: [String]) {
    let known = Set(variations)
    for name in variations {
      let stem = name.dropLast(name.hasSuffix("_up") ? 3 : 5)
      let twin: String
      if name.hasSuffix("_up"), !stem.isEmpty {
        twin = stem + "_down"
      } else if name.hasSuffix("_down"), !stem.isEmpty {
        twin = stem + "_up"
      } else {
        table.report(
          "the variation '\(name)' must end in _up or _down",
          ofColumn: table.index(of: "variation") ?? 0, to: diagnostics)
        continue
      }
      if !known.contains(twin) {
        table.report(
          "the variation '\(name)' has no '\(twin)'",
          ofColumn: table.index(of: "variation") ?? 0, to: diagnostics)
      }
    }
  }

  /// Each region with each variation at each point, once; nil after reporting.
  private func ordered(
    _ rows: [EfficiencyTable.Row], _ pointCount: Int, _ regions: [String], _ variations: [String],
    _ columns: [Int]
  ) -> [EfficiencyTable.Row]? {
    struct Key: Hashable {
      let point: Int
      let region: String
      let variation: String?
    }
    let before = diagnostics.all.count
    var found: [Key: Int] = [:]
    for (index, row) in rows.enumerated() {
      let key = Key(point: row.point, region: row.region, variation: row.variation)
      if let other = found[key] {
        table.report(
          "the same point, region and variation as in line \(table.rows[other][0].line)",
          row: index, to: diagnostics)
      } else {
        found[key] = index
      }
    }
    let names = [nil] + variations.map(Optional.some)
    guard diagnostics.all.count == before else { return nil }
    // Missing rows may be far more than there are lines, so the first is told and all are counted.
    let wanted = Double(pointCount) * Double(regions.count) * Double(names.count)
    guard Double(rows.count) == wanted else {
      report(missing: rows, wanted, columns) { point in
        for region in regions {
          for name in names where found[Key(point: point, region: region, variation: name)] == nil {
            return (region, name)
          }
        }
        return nil
      }
      return nil
    }
    return (0..<pointCount).flatMap { point in
      regions.flatMap { region in
        names.compactMap { name in
          found[Key(point: point, region: region, variation: name)].map { rows[$0] }
        }
      }
    }
  }

  private func report(
    missing rows: [EfficiencyTable.Row], _ wanted: Double, _ columns: [Int],
    first: (Int) -> (region: String, variation: String?)?
  ) {
    var checked: Set<Int> = []
    for (index, row) in rows.enumerated() where checked.insert(row.point).inserted {
      guard let gap = first(row.point) else { continue }
      let place = columns.map { "\(table.columns[$0]) = \(table.rows[index][$0].text)" }
      let variation = gap.variation.map { " with variation '\($0)'" } ?? ""
      table.report(
        "the table has \(rows.count) of \(PointText.number(wanted)) lines: every point has every "
          + "region and variation, and there is none of region '\(gap.region)'\(variation) at "
          + place.joined(separator: ", "), row: index, to: diagnostics)
      return
    }
  }
}
