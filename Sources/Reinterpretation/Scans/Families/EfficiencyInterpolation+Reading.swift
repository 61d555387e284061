// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Events
import Foundation
import Steps
import Workflow

extension EfficiencyInterpolation {
  /// The map of a signal family, in place of a selection of the analysis.
  ///
  /// Another kind of step that makes yields has regions of its own: then the map's are taken, and
  /// each is its own channel.
  init(
    _ map: EfficiencyMap, replacedIn analysis: AnalysisSpecification, from store: ArtifactStore
  ) throws {
    let table = try EfficiencyTable(
      csv: String(decoding: store.data(for: map.file), as: UTF8.self), file: "efficiency map")
    let entries = table.rows.map { row in
      Entry(
        point: table.points[row.point], region: row.region, variation: row.variation,
        entries: row.entries, efficiency: row.efficiency, uncertainty: row.uncertainty,
        generated: row.generated)
    }
    guard let step = analysis.steps.first(where: { $0.id == map.step }),
      step.kind == SelectionKind.name
    else {
      let suffix = "_up"
      try self.init(
        parameters: table.parameters, entries: entries,
        channels: table.regions.map { Channel(region: $0, channel: $0) },
        variations: table.variations.filter { $0.hasSuffix(suffix) }
          .map { String($0.dropLast(suffix.count)) })
      return
    }
    let selection = try JSONDecoder().decode(SelectionKind.Parameters.self, from: step.parameters)
      .selection
    try self.init(
      parameters: table.parameters, entries: entries,
      channels: selection.regions.filter(\.isReported).map {
        Channel(region: $0.name, channel: $0.channel ?? $0.name)
      }, variations: selection.variations.map(\.name))
  }
}
