// SPDX-License-Identifier: Apache-2.0
import Histograms

/// What is counted of the computed blocks of a run.
struct SelectionTally {
  private struct Row {
    var entries = 0
    var missing = 0
    var sums = WeightedTally()
  }

  private let program: CompiledSelection
  private var entries = 0
  /// Per weight, over all events.
  private var totals: [WeightedTally]
  /// Per region and own cut.
  private var rows: [[Row]]
  /// Per region and weight, over the events it selects; the nominal one is that of its last row.
  private var selected: [[WeightedTally]]
  private var nonFinite: [String: Int] = [:]

  init(_ program: CompiledSelection) {
    self.program = program
    totals = program.weights.map { _ in WeightedTally() }
    rows = program.regions.map { $0.cuts.map { _ in Row() } }
    selected = program.regions.map { _ in program.weights.map { _ in WeightedTally() } }
  }

  // MARK: Counting

  /// Counts a computed block.
  /// - Throws: `BlockEvaluator.Failure` for a weight that isn't finite.
  mutating func add(_ block: BlockEvaluator) throws {
    let weights = program.weights.map { block[$0].reals.values }
    for (position, values) in weights.enumerated() {
      try check(values, position)
      totals[position].add(values)
    }
    entries += block.count
    for variable in program.variables {
      let count = nonFiniteCount(variable.watched, in: block, among: nil)
      if count > 0 { nonFinite[variable.name, default: 0] += count }
    }
    /// The selected events of each region; nil if there are none.
    var masks: [[Bool]?] = []
    for position in program.regions.indices {
      masks.append(apply(position, to: block, masks: masks, weights: weights))
    }
  }

  private func check(_ weights: [Double], _ position: Int) throws {
    guard !areFinite(weights), let event = weights.firstIndex(where: { !$0.isFinite })
    else { return }
    throw BlockEvaluator.Failure(
      event: event,
      message: "its \(position == 0 ? "weight" : "varied weight") is \(weights[event]): "
        + "a weight must be a finite number")
  }

  /// Applies the own cuts of a region to what the one it inherits from has left.
  private mutating func apply(
    _ position: Int, to block: BlockEvaluator, masks: [[Bool]?], weights: [[Double]]
  ) -> [Bool]? {
    let region = program.regions[position]
    var mask: [Bool]? = Array(repeating: true, count: block.count)
    if let parent = region.parent { mask = masks[parent] }
    for (row, cut) in region.cuts.enumerated() {
      guard let reached = mask else { return nil }
      let condition = block[cut.condition]
      if !cut.compared.isEmpty {
        let count = nonFiniteCount(cut.compared, in: block, among: reached)
        if count > 0 { nonFinite["\(region.name)/\(cut.name)", default: 0] += count }
      }
      let (passed, missing) = passing(condition, reached)
      rows[position][row].missing += missing
      let passedCount = Flags.count(passed)
      mask = passedCount == 0 ? nil : passed
      if passedCount > 0 {
        rows[position][row].entries += passedCount
        rows[position][row].sums.add(Events.selected(weights[0], where: passed))
      }
    }
    if let mask {
      for (weight, values) in weights.enumerated() {
        selected[position][weight].add(Events.selected(values, where: mask))
      }
    }
    return mask
  }

  /// Which of the events that reached a cut pass it, and for how many it is missing.
  private func passing(_ condition: Vector, _ reached: [Bool]) -> (passed: [Bool], missing: Int) {
    let passed = Flags.both(condition.booleans.values, reached)
    guard let validity = condition.validity else { return (passed, 0) }
    let missing = Flags.count(Flags.first(reached, withoutSecond: validity))
    return (Flags.both(passed, validity), missing)
  }

  /// In how many events, of all or of some, one of the nodes is there and not finite.
  private func nonFiniteCount(
    _ nodes: [NodeID], in block: BlockEvaluator, among mask: [Bool]?
  ) -> Int {
    var spoiled: [Bool]?
    for node in nodes {
      let values = block[node].reals.values
      if areFinite(values) { continue }
      var flags = values.map { !$0.isFinite }
      if let validity = block[node].validity { flags = Flags.both(flags, validity) }
      spoiled = spoiled.map { Flags.either($0, flags) } ?? flags
    }
    guard let spoiled else { return 0 }
    return Flags.count(mask.map { Flags.both(spoiled, $0) } ?? spoiled)
  }

  // MARK: Result

  /// What has been counted, for the regions of a specification.
  func result(for specification: SelectionSpecification) -> SelectionResult {
    let regions = zip(specification.regions, program.regionPositions).filter { $0.0.isReported }
    return SelectionResult(
      entries: entries, total: totals[0].count, variationTotals: varied(totals, specification),
      regions: regions.map { region, position in
        let flow = cutflow(position)
        return RegionYield(
          region: region.name, channel: region.channel ?? region.name,
          entries: flow.last?.entries ?? 0,
          nominal: selected[position][0].count,
          variations: varied(selected[position], specification), cutflow: flow)
      }, nonFinite: nonFinite)
  }

  private func varied(
    _ tallies: [WeightedTally], _ specification: SelectionSpecification
  ) -> [String: RegionYield.VariedCount] {
    let pairs = specification.variations.enumerated().map { position, variation in
      let up = tallies[1 + 2 * position].count
      let down = tallies[2 + 2 * position].count
      return (variation.name, RegionYield.VariedCount(up: up, down: down))
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private func cutflow(_ position: Int) -> Cutflow {
    var line: [Int] = []
    var next: Int? = position
    while let region = next {
      line.append(region)
      next = program.regions[region].parent
    }
    var flow = [row("all", entries: entries, totals[0].count, missing: 0)]
    for region in line.reversed() {
      for (cut, row) in zip(program.regions[region].cuts, rows[region]) {
        flow.append(
          self.row(cut.name, entries: row.entries, row.sums.count, missing: row.missing))
      }
    }
    return Cutflow(rows: flow)
  }

  private func row(_ cut: String, entries: Int, _ sums: WeightedCount, missing: Int) -> CutflowRow {
    CutflowRow(cut: cut, entries: entries, sumW: sums.sumW, sumW2: sums.sumW2, missing: missing)
  }
}
