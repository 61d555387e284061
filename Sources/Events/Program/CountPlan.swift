// SPDX-License-Identifier: Apache-2.0
import Histograms

/// Collects what is counted of the events, each different thing once.
struct CountPlan {
  private(set) var masks: [CompiledSelection.Mask] = []
  private(set) var sums: [CompiledSelection.Sum] = []
  private(set) var fills: [CompiledSelection.Fill] = []
  private var maskIDs: [CompiledSelection.Mask: Int] = [:]
  private var sumIDs: [CompiledSelection.Sum: Int] = [:]
  private var fillIDs: [CompiledSelection.Fill: Int] = [:]

  mutating func mask(_ condition: NodeID, after parent: Int?) -> Int {
    let mask = CompiledSelection.Mask(parent: parent, condition: condition)
    return Self.place(of: mask, in: &masks, &maskIDs)
  }

  mutating func sum(of weight: NodeID, where mask: Int?) -> Int {
    Self.place(of: CompiledSelection.Sum(mask: mask, weight: weight), in: &sums, &sumIDs)
  }

  mutating func fill(_ fill: CompiledSelection.Fill) -> Int {
    Self.place(of: fill, in: &fills, &fillIDs)
  }

  private static func place<Item: Hashable>(
    of item: Item, in items: inout [Item], _ places: inout [Item: Int]
  ) -> Int {
    if let known = places[item] { return known }
    places[item] = items.count
    items.append(item)
    return items.count - 1
  }
}
