// SPDX-License-Identifier: Apache-2.0
import Histograms

/// A selection with the meaning its names have in one variation.
struct Universe {
  struct Cut {
    let name: String
    let condition: NodeID
    /// Where it is written.
    let path: String
  }

  struct Region {
    let cuts: [Cut]
    /// Factor of the weight, in front of its own cuts.
    let weight: NodeID?
  }

  struct Histogram {
    let values: [NodeID]
    let axes: [Axis]
  }

  /// Reals of the events.
  let weight: NodeID
  /// By position in the specification.
  let regions: [Region]
  let histograms: [Histogram]
}

/// Regions in an order in which each comes after the one it inherits from.
struct RegionOrder {
  /// Positions in the specification.
  var order: [Int] = []
  /// By position in the specification.
  var parents: [Int?]
}
