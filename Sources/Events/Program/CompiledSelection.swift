// SPDX-License-Identifier: Apache-2.0

/// A selection as nodes of a graph, in the order they are computed, and what is counted of them.
struct CompiledSelection: Sendable {
  /// One computation for a block of events.
  struct Instruction: Sendable {
    let item: Graph.Item
    /// Nodes whose values nothing needs after this one.
    var released: [NodeID] = []
  }

  struct Cut: Sendable {
    let name: String
    /// Truth values of the events.
    let condition: NodeID
    /// Real numbers of the events it compares, variables left out.
    let compared: [NodeID]
  }

  /// A region; regions it inherits from come before it.
  struct Region: Sendable {
    let name: String
    let parent: Int?
    let cuts: [Cut]
  }

  struct Variable: Sendable {
    let name: String
    /// Real numbers of the events that are counted where they aren't finite.
    let watched: [NodeID]
  }

  let graph: Graph
  let instructions: [Instruction]
  /// Reals of the events: the nominal weight, then up and down of each variation.
  let weights: [NodeID]
  let regions: [Region]
  /// Position in `regions` of each region of the specification.
  let regionPositions: [Int]
  let variables: [Variable]
  /// The columns it reads, by declared name.
  let columns: [ColumnDeclaration]
  /// Collection → the column that says how many elements each event has.
  let counters: [String: String]

  /// Nodes whose values are looked at when a block has been computed.
  var results: [NodeID] {
    weights + regions.flatMap { $0.cuts.flatMap { [$0.condition] + $0.compared } }
      + variables.flatMap(\.watched)
  }
}
