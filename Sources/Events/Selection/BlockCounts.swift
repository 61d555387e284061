// SPDX-License-Identifier: Apache-2.0
import Histograms

/// What is counted of one computed block of events.
struct BlockCounts: Sendable {
  /// Events of the block.
  let entries: Int
  /// By mask: how many events pass, and how many reached the cut and lack its value.
  private(set) var masks: [(entries: Int, missing: Int)]
  /// By sum.
  private(set) var sums: [WeightedCount]
  /// By watch.
  private(set) var nonFinite: [Int]

  /// Counts a block, and fills histograms and overlaps with it.
  /// - Throws: `BlockEvaluator.Failure` for a weight that isn't finite.
  init(
    _ block: BlockEvaluator, filling fills: inout [HistogramTally],
    _ overlaps: inout OverlapTally
  ) throws {
    let program = block.program
    entries = block.count
    masks = []
    sums = []
    nonFinite = []
    /// The events of each mask; nil if there are none.
    var passed: [[Bool]?] = []
    for mask in program.masks { passed.append(apply(mask, to: block, passed: passed)) }
    for sum in program.sums {
      let weights = block[sum.weight].reals.values
      let flags = sum.mask.map { passed[$0] }
      if case .some(nil) = flags {
        sums.append(WeightedCount())
        continue
      }
      let count = WeightedCount(weights, where: flags ?? nil)
      if !count.sumW.isFinite { try check(weights, flags ?? nil) }
      sums.append(count)
    }
    for watch in program.watches {
      let isReached = watch.reached.map { passed[$0] }
      if case .some(nil) = isReached {
        nonFinite.append(0)
      } else {
        nonFinite.append(nonFiniteCount(watch.nodes, in: block, among: isReached ?? nil))
      }
    }
    let places = EventPlaces(program, passed, count: block.count)
    fill(&fills, from: block, places)
    overlaps.add(program.compared.map { places.ofMask(program.regions[$0].mask) })
  }

  /// Which of the events that reached a cut pass it; nil for none.
  private mutating func apply(
    _ mask: CompiledSelection.Mask, to block: BlockEvaluator, passed: [[Bool]?]
  ) -> [Bool]? {
    /// The events that reached the cut and have its value; nil for all.
    var eligible: [Bool]?
    if let parent = mask.parent {
      guard let reached = passed[parent] else {
        masks.append((0, 0))
        return nil
      }
      eligible = reached
    }
    let condition = block[mask.condition]
    var missing = 0
    if let validity = condition.validity {
      let present = Flags.both(eligible, validity)
      missing =
        (mask.parent.map { masks[$0].entries } ?? block.count) - Flags.count(present[...])
      eligible = present
    }
    var flags = condition.booleans.values
    if let eligible { flags = Flags.both(flags, eligible[...])[...] }
    let count = Flags.count(flags)
    masks.append((count, missing))
    return count == 0 ? nil : Array(flags)
  }

  private func check(_ weights: ArraySlice<Double>, _ flags: [Bool]?) throws {
    guard
      let (event, weight) = weights.enumerated().first(where: {
        !$0.element.isFinite && flags?[$0.offset] != false
      })
    else { return }
    throw BlockEvaluator.Failure(
      event: event, message: "its weight is \(weight): a weight must be a finite number")
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
      if let validity = block[node].validity { flags = Flags.both(flags[...], validity[...]) }
      spoiled = spoiled.map { Flags.either($0[...], flags[...]) } ?? flags
    }
    guard let spoiled else { return 0 }
    return Flags.count(Flags.both(mask, spoiled)[...])
  }

  private func fill(
    _ fills: inout [HistogramTally], from block: BlockEvaluator, _ places: EventPlaces
  ) {
    for (position, fill) in block.program.fills.enumerated() {
      let events = places.ofMask(fill.mask)
      if events.isEmpty { continue }
      let values = fill.values.map {
        HistogramTally.Values(block[$0].reals.values, validity: block[$0].validity)
      }
      fills[position].fill(events, values, weights: block[fill.weight].reals.values)
    }
  }
}

/// The positions of the events of those masks that somebody wants to go through one by one.
private struct EventPlaces {
  private var ofMasks: [Int: [Int32]] = [:]
  private var all: [Int32] = []

  init(_ program: CompiledSelection, _ passed: [[Bool]?], count: Int) {
    let compared = program.compared.count > 1 ? program.compared : []
    let wanted = program.fills.map(\.mask) + compared.map { program.regions[$0].mask }
    for mask in wanted {
      if let mask {
        if ofMasks[mask] == nil { ofMasks[mask] = passed[mask].map { Flags.places($0[...]) } ?? [] }
      } else if all.isEmpty {
        all = (0..<Int32(count)).map { $0 }
      }
    }
  }

  func ofMask(_ mask: Int?) -> [Int32] { mask.map { ofMasks[$0] ?? [] } ?? all }
}
