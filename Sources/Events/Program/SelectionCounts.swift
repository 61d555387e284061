// SPDX-License-Identifier: Apache-2.0
import Histograms

/// What is counted of a selection in all its universes.
struct SelectionCounts {
  var plan = CountPlan()
  var weights: [NodeID] = []
  var totals: [Int] = []
  var regions: [CompiledSelection.Region] = []
  var histograms: [[Int]] = []
  var watches: [CompiledSelection.Watch] = []
  var compared: [Int] = []

  /// Nodes whose values are looked at when a block has been computed.
  var roots: [NodeID] {
    weights + plan.sums.map(\.weight) + plan.masks.map(\.condition) + plan.fills.flatMap(\.values)
  }
}

extension SelectionCompiler {
  /// What is counted: cutflows and what isn't finite nominally, sums and histograms in every
  /// universe. `weights` replace the nominal one.
  func counts(
    _ specification: SelectionSpecification, _ order: RegionOrder, nominal: Universe,
    weights: [NodeID], shifted: [Universe]
  ) -> SelectionCounts {
    var counts = SelectionCounts()
    counts.weights = [nominal.weight] + weights + shifted.map(\.weight)
    counts.totals = counts.weights.map { counts.plan.sum(of: $0, where: nil) }
    counts.regions = specification.regions.map { _ in
      CompiledSelection.Region(rows: [], selected: [], mask: nil)
    }
    counts.histograms = specification.histograms.map { _ in [] }
    for weight in [nominal.weight] + weights {
      add(nominal, weight: weight, isNominal: counts.regions.allSatisfy(\.selected.isEmpty))
    }
    for universe in shifted { add(universe, weight: universe.weight, isNominal: false) }
    counts.compared = specification.regions.indices.filter { specification.regions[$0].isReported }
    return counts

    func add(_ universe: Universe, weight: NodeID, isNominal: Bool) {
      var lines = Array(repeating: Line(weight: weight), count: order.parents.count)
      for position in order.order {
        var line = order.parents[position].map { lines[$0] } ?? lines[position]
        if line.rows.isEmpty {
          line.rows = [.init(name: "all", sum: counts.totals[0], isCut: false)]
        }
        extend(
          &line, universe.regions[position], name: specification.regions[position].name,
          isNominal: isNominal, &counts)
        lines[position] = line
        let selected = counts.plan.sum(of: line.weight, where: line.mask)
        if isNominal {
          counts.regions[position] = .init(rows: line.rows, selected: [selected], mask: line.mask)
        } else {
          counts.regions[position].selected.append(selected)
        }
      }
      for (position, histogram) in universe.histograms.enumerated() {
        let name = specification.histograms[position].region
        guard let region = specification.regions.firstIndex(where: { $0.name == name })
        else { continue }
        counts.histograms[position].append(
          counts.plan.fill(
            .init(
              mask: lines[region].mask, weight: lines[region].weight, values: histogram.values,
              axes: histogram.axes)))
      }
    }
  }

  /// The cuts of a region and those before it.
  private struct Line {
    var mask: Int?
    var weight: NodeID
    var rows: [CompiledSelection.Row] = []

    init(weight: NodeID) { self.weight = weight }
  }

  private func extend(
    _ line: inout Line, _ region: Universe.Region, name: String, isNominal: Bool,
    _ counts: inout SelectionCounts
  ) {
    if let factor = region.weight {
      line.weight = graph.apply(.multiply, line.weight, factor, type: .real)
      if isNominal {
        let sum = counts.plan.sum(of: line.weight, where: line.mask)
        line.rows.append(.init(name: "weight", sum: sum, isCut: false))
      }
    }
    for cut in region.cuts {
      if isNominal {
        counts.watches.append(
          .init(key: "\(name)/\(cut.name)", nodes: compared[cut.path] ?? [], reached: line.mask))
      }
      line.mask = counts.plan.mask(cut.condition, after: line.mask)
      guard isNominal else { continue }
      let sum = counts.plan.sum(of: line.weight, where: line.mask)
      line.rows.append(.init(name: cut.name, sum: sum, isCut: true))
    }
  }
}
