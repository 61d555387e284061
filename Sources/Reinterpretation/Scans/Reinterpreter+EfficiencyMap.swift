// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Events
import Foundation
import Preservation
import Steps
import Workflow

extension Reinterpreter {
  /// The efficiency map of an analysis' succeeded runs, as CSV in the form that a signal family
  /// reads: a row for each point, region and variation. Of runs at one point the newest counts.
  ///
  /// - Parameters:
  ///   - analysis: `NAME` (its newest version) or `NAME@3`.
  ///   - step: the selection; nil when the analysis has one only.
  public func efficiencyMap(_ analysis: String, step: String? = nil) throws(Failure) -> String {
    try classified {
      let preserved = try preserved(analysis)
      let step = try selection(step, of: preserved)
      let runs = try runsByPoint(of: preserved)
      guard let names = runs.first?.point.keys.sorted() else {
        throw Failure.refused(
          "\(preserved.name) has no succeeded run with a point: reinterpret signals first.")
      }
      if let other = runs.first(where: { $0.point.keys.sorted() != names }) {
        throw Failure.refused(
          "run \(other.id) has the parameters \(other.point.keys.sorted().joined(separator: ", ")),"
            + " others have \(names.joined(separator: ", ")): a map needs the same everywhere.")
      }
      var table = CSVText(
        header: names + ["region", "variation", "entries", "efficiency", "uncertainty"])
      for run in runs {
        guard let yields = try yields(of: step, in: run) else { continue }
        let place = names.map { CSVText.number(run.point[$0]) }
        for row in yields.efficiencies { table.add(place + row) }
      }
      return table.text
    }
  }

  private func selection(_ step: String?, of preserved: PreservedAnalysis) throws -> String {
    let steps = preserved.specification.steps.filter { $0.kind == SelectionKind.name }.map(\.id)
    if let step {
      guard steps.contains(step) else {
        throw Failure.refused(
          "\(preserved.name) has no selection '\(step)'"
            + "\(Suggestion.hint(for: step, among: steps, known: "it has")).")
      }
      return step
    }
    guard steps.count == 1, let only = steps.first else {
      throw Failure.refused(
        "\(preserved.name) has \(steps.count) selections (\(steps.joined(separator: ", "))): name "
          + "one with --step.")
    }
    return only
  }

  /// Succeeded runs of a version, the newest at each point, in the order of their points.
  private func runsByPoint(of preserved: PreservedAnalysis) throws -> [Run] {
    let runs = try registry().runs(of: preserved.version.analysis).filter {
      $0.version.id == preserved.version.id && $0.status == .succeeded && !$0.point.isEmpty
    }
    let newest = Dictionary(runs.map { ($0.point, $0) }, uniquingKeysWith: { _, last in last })
    return newest.values.sorted { first, second in
      let keys = Set(first.point.keys).union(second.point.keys).sorted()
      return keys.map { first.point[$0] ?? .infinity }
        .lexicographicallyPrecedes(keys.map { second.point[$0] ?? .infinity })
    }
  }

  /// nil when the run didn't select: its signal came as an efficiency map.
  private func yields(of step: String, in run: Run) throws -> SelectionYields? {
    let registry = try registry()
    let output = try registry.artifacts(of: run.id).first { $0.step == step && $0.name == "yields" }
    return try output.map {
      try JSONDecoder().decode(SelectionYields.self, from: registry.store.data(for: $0.artifact))
    }
  }
}

extension SelectionYields {
  /// Region, variation, entries, efficiency and uncertainty of each row of a map.
  fileprivate var efficiencies: [[String]] {
    regions.flatMap { region in
      let rows: [(variation: String, selected: Sum, total: Sum)] =
        [("", region.nominal, total)]
        + variations.flatMap { variation in
          let varied = region.variations[variation.name]
          return [
            ("up", varied?.up, variation.total.up), ("down", varied?.down, variation.total.down),
          ].compactMap { direction, selected, own in
            selected.map {
              ("\(variation.name)_\(direction)", $0, variation.norm == .own ? own : total)
            }
          }
        }
      return rows.map { row in
        let efficiency = row.selected.sumW / row.total.sumW
        return [
          region.region, row.variation, "\(region.entries)", CSVText.number(efficiency),
          CSVText.number(
            SelectionResults.uncertainty(of: efficiency, row.selected, of: row.total)),
        ]
      }
    }
  }
}
