// SPDX-License-Identifier: Apache-2.0
import Histograms

/// What is counted of some consecutive blocks of events, computed by one task.
struct ChunkCounts: Sendable {
  var blocks: [BlockCounts] = []
  var fills: [HistogramTally]
  var overlaps: OverlapTally

  init(_ program: CompiledSelection) {
    fills = program.fills.map { HistogramTally(axes: $0.axes) }
    overlaps = OverlapTally(
      regionCount: program.compared.count, blockSize: SelectionProgram.blockSize)
  }
}

/// What is counted of a run, chunk after chunk in the order of the events.
struct SelectionTally {
  private let program: CompiledSelection
  private var entries = 0
  private var masks: [(entries: Int, missing: Int)]
  private var sums: [WeightedTally]
  private var nonFinite: [Int]
  private var fills: [HistogramTally]
  private var overlaps: OverlapTally

  init(_ program: CompiledSelection) {
    self.program = program
    masks = program.masks.map { _ in (0, 0) }
    sums = program.sums.map { _ in WeightedTally() }
    nonFinite = program.watches.map { _ in 0 }
    let empty = ChunkCounts(program)
    (fills, overlaps) = (empty.fills, empty.overlaps)
  }

  mutating func add(_ chunk: ChunkCounts) {
    for block in chunk.blocks {
      entries += block.entries
      for (place, mask) in block.masks.enumerated() {
        masks[place].entries += mask.entries
        masks[place].missing += mask.missing
      }
      for (place, sum) in block.sums.enumerated() { sums[place].add(sum) }
      for (place, count) in block.nonFinite.enumerated() { nonFinite[place] += count }
    }
    for (place, fill) in chunk.fills.enumerated() { fills[place].merge(fill) }
    overlaps.merge(chunk.overlaps)
  }

  // MARK: Result

  /// What has been counted, for the regions of a specification.
  func result(for specification: SelectionSpecification) -> SelectionResult {
    let regions = zip(specification.regions, program.regions).filter { $0.0.isReported }
    let watched = zip(program.watches.map(\.key), nonFinite).filter { $0.1 > 0 }
    return SelectionResult(
      entries: entries, total: sums[program.totals[0]].count,
      variationTotals: varied(program.totals, specification),
      regions: regions.map { region, compiled in
        RegionYield(
          region: region.name, channel: region.channel ?? region.name,
          entries: entries(of: compiled.mask), nominal: sums[compiled.selected[0]].count,
          variations: varied(compiled.selected, specification), cutflow: cutflow(compiled))
      },
      histograms: zip(specification.histograms, program.histograms).map {
        yield(of: $0, fills: $1, specification)
      },
      overlaps: RegionOverlaps(
        regions: program.compared.map { specification.regions[$0].name },
        entries: overlaps.entries),
      nonFinite: Dictionary(watched, uniquingKeysWith: +))
  }

  /// The universes of each variation: the nominal one comes first.
  private func pairs(
    _ specification: SelectionSpecification
  ) -> [(name: String, up: Int, down: Int)] {
    (specification.variations.map(\.name) + specification.shifts.map(\.name)).enumerated().map {
      ($1, 1 + 2 * $0, 2 + 2 * $0)
    }
  }

  private func varied(
    _ places: [Int], _ specification: SelectionSpecification
  ) -> [String: RegionYield.VariedCount] {
    Dictionary(
      pairs(specification).map { name, up, down in
        (name, .init(up: sums[places[up]].count, down: sums[places[down]].count))
      }, uniquingKeysWith: { first, _ in first })
  }

  private func yield(
    of histogram: SelectionSpecification.Histogram, fills places: [Int],
    _ specification: SelectionSpecification
  ) -> HistogramYield {
    HistogramYield(
      histogram: histogram.name, region: histogram.region, channel: histogram.channel,
      flow: histogram.axes.map { $0.flow ?? FlowPolicies(underflow: .drop, overflow: .drop) },
      nominal: FilledHistogram(fills[places[0]]),
      variations: Dictionary(
        pairs(specification).map { name, up, down in
          (
            name,
            .init(
              up: FilledHistogram(fills[places[up]]), down: FilledHistogram(fills[places[down]]))
          )
        }, uniquingKeysWith: { first, _ in first }))
  }

  private func entries(of mask: Int?) -> Int { mask.map { masks[$0].entries } ?? entries }

  private func cutflow(_ region: CompiledSelection.Region) -> Cutflow {
    Cutflow(
      rows: region.rows.map { row in
        let sum = program.sums[row.sum]
        let count = sums[row.sum].count
        return CutflowRow(
          cut: row.name, entries: entries(of: sum.mask), sumW: count.sumW, sumW2: count.sumW2,
          missing: row.isCut ? sum.mask.map { masks[$0].missing } ?? 0 : 0)
      })
  }
}
