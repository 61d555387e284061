// SPDX-License-Identifier: Apache-2.0
import Histograms

/// A selection as nodes of a graph, in the order they are computed, and what is counted of them.
///
/// Regions and variations share what they have in common: a line of cuts is a path in a tree of
/// masks, and each different (mask, weight) is summed once.
struct CompiledSelection: Sendable {
  /// One computation for a block of events.
  struct Instruction: Sendable {
    let item: Graph.Item
    /// Nodes whose values nothing needs after this one.
    var released: [NodeID] = []
  }

  /// The events that pass a cut and those before it.
  struct Mask: Hashable, Sendable {
    /// The mask of the cuts before; nil for all events. It comes before this one.
    let parent: Int?
    /// Truth values of the events.
    let condition: NodeID
  }

  /// Σw and Σw² of some events.
  struct Sum: Hashable, Sendable {
    /// nil for all events.
    let mask: Int?
    /// Reals of the events.
    let weight: NodeID
  }

  /// A histogram of some events.
  struct Fill: Hashable, Sendable {
    let mask: Int?
    let weight: NodeID
    /// Reals of the events, one per axis.
    let values: [NodeID]
    let axes: [Axis]
  }

  /// A row of a cutflow.
  struct Row: Sendable {
    let name: String
    let sum: Int
    /// Whether it is a cut, whose missing values are counted.
    let isCut: Bool
  }

  struct Region: Sendable {
    /// The cuts it inherits and its own, after the row of all events.
    var rows: [Row]
    /// The sum of what it selects, for each universe.
    var selected: [Int]
    /// The events it selects, nominally.
    let mask: Int?
  }

  /// Numbers that are counted where they aren't finite.
  struct Watch: Sendable {
    /// Name of the variable, or `REGION/CUT`.
    let key: String
    /// Reals of the events; an event counts once.
    let nodes: [NodeID]
    /// The events that are looked at; nil for all.
    let reached: Int?
  }

  let graph: Graph
  let instructions: [Instruction]
  /// Weights of all events, by universe: the nominal one, then up and down of each variation of the
  /// weight, then of each shift.
  let weights: [NodeID]
  let masks: [Mask]
  let sums: [Sum]
  let fills: [Fill]
  /// The sum of all events, for each universe.
  let totals: [Int]
  /// Regions as the specification has them.
  let regions: [Region]
  /// Histograms as the specification has them: the fill for each universe.
  let histograms: [[Int]]
  let watches: [Watch]
  /// Positions of the regions whose overlap is counted.
  let compared: [Int]
  /// The columns it reads, by declared name.
  let columns: [ColumnDeclaration]
  /// Collection → the column that says how many elements each event has.
  let counters: [String: String]
  let seed: UInt64
  /// What is looked up, where it is known already.
  var tables: [String: Table] = [:]

  struct Table: Sendable {
    let content: LookupTable
    let outside: LookupTable.Outside
  }
}
