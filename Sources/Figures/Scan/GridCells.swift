// SPDX-License-Identifier: Apache-2.0

/// The cells of a grid, and which part of each satisfies all conditions.
struct GridCells {
  enum State {
    case outside
    case inside
    /// With its corners, counterclockwise from the lower left one.
    case cut([CutCorner])
  }

  let columns: Int
  let rows: Int
  /// **Shape**: [conditions][nodes].
  let conditions: [[Double]]

  /// A cell beyond the grid, or with a value that isn't finite, is outside.
  func state(_ column: Int, _ row: Int) -> State {
    guard column >= 0, row >= 0, column < columns - 1, row < rows - 1 else { return .outside }
    let first = row * columns + column
    let nodes = [first, first + 1, first + columns + 1, first + columns]
    var isInside = true
    for condition in conditions {
      var positive = 0
      for node in nodes {
        guard condition[node].isFinite else { return .outside }
        if condition[node] >= 0 { positive += 1 }
      }
      if positive == 0 { return .outside }
      if positive < 4 { isInside = false }
    }
    if isInside { return .inside }
    return .cut(
      nodes.map { node in
        CutCorner(
          x: Double(node % columns), y: Double(node / columns),
          values: conditions.map { $0[node] })
      })
  }
}
