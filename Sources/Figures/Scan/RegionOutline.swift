// SPDX-License-Identifier: Apache-2.0

/// The outlines of a region of a regular grid.
///
/// Each cell is cut into two triangles, on which the values are planes; what they leave of a
/// triangle is a polygon. Edges that two polygons share cancel, and what is left are the outlines.
struct RegionOutline {
  /// A corner of a polygon in units of 1/4096 of a cell: neighbours agree on it exactly.
  private struct Corner: Hashable {
    static let perCell = 4096.0
    let x: Int
    let y: Int
  }

  private struct Edge: Hashable {
    let start: Corner
    let end: Corner
  }

  private var order: [Edge] = []
  private var counts: [Edge: Int] = [:]

  /// **Shape**: [outlines][points], points as fractions of the grid from the lower left corner.
  static func outlines(of region: ContourFigure.Region) -> [[(x: Double, y: Double)]] {
    var outline = RegionOutline()
    for conditions in region.alternatives {
      outline.add(GridCells(columns: region.columns, rows: region.rows, conditions: conditions))
    }
    let width = Double(region.columns - 1) * Corner.perCell
    let height = Double(region.rows - 1) * Corner.perCell
    return outline.loops().map { loop in
      loop.map { (Double($0.x) / width, Double($0.y) / height) }
    }
  }

  private mutating func add(_ cells: GridCells) {
    for row in 0..<(cells.rows - 1) {
      for column in 0..<(cells.columns - 1) {
        switch cells.state(column, row) {
        case .outside: continue
        case .inside: addSides(of: (column, row), cells)
        case .cut(let corners):
          for triangle in [[0, 1, 2], [0, 2, 3]] {
            var polygon = triangle.map { corners[$0] }
            for condition in cells.conditions.indices {
              polygon = CutCorner.cut(polygon, condition)
            }
            add(polygon.map(Self.corner))
          }
        }
      }
    }
  }

  /// Of a whole cell, the sides that no other whole cell has as well.
  private mutating func addSides(of cell: (column: Int, row: Int), _ cells: GridCells) {
    let offsets = [(0, 0), (1, 0), (1, 1), (0, 1)]
    let neighbours = [(0, -1), (1, 0), (0, 1), (-1, 0)]
    for side in 0..<4 {
      let (next, beyond) = (offsets[(side + 1) % 4], neighbours[side])
      if case .inside = cells.state(cell.column + beyond.0, cell.row + beyond.1) { continue }
      let ends = [offsets[side], next].map {
        CutCorner(x: Double(cell.column + $0.0), y: Double(cell.row + $0.1), values: [])
      }.map(Self.corner)
      add(Edge(start: ends[0], end: ends[1]))
    }
  }

  private static func corner(_ point: CutCorner) -> Corner {
    Corner(
      x: Int((point.x * Corner.perCell).rounded()), y: Int((point.y * Corner.perCell).rounded()))
  }

  private mutating func add(_ polygon: [Corner]) {
    guard var before = polygon.last else { return }
    for corner in polygon where corner != before {
      add(Edge(start: before, end: corner))
      before = corner
    }
  }

  private mutating func add(_ edge: Edge) {
    let opposite = Edge(start: edge.end, end: edge.start)
    if let count = counts[opposite], count > 0 {
      counts[opposite] = count - 1
    } else {
      if counts[edge] == nil { order.append(edge) }
      counts[edge, default: 0] += 1
    }
  }

  /// As many edges begin as end in every corner, so each walk comes back to where it began.
  private func loops() -> [[Corner]] {
    var next: [Corner: [Corner]] = [:]
    for edge in order {
      for _ in 0..<(counts[edge] ?? 0) { next[edge.start, default: []].append(edge.end) }
    }
    var loops: [[Corner]] = []
    for edge in order {
      var loop: [Corner] = []
      var here = edge.start
      while let onward = next[here]?.popLast() {
        loop.append(here)
        here = onward
        if here == edge.start { break }
      }
      let corners = Self.withoutStraight(loop)
      if corners.count > 2 { loops.append(corners) }
    }
    return loops
  }

  /// Without the corners in the middle of straight lines.
  private static func withoutStraight(_ loop: [Corner]) -> [Corner] {
    loop.indices.filter { index in
      let before = loop[(index + loop.count - 1) % loop.count]
      let (here, after) = (loop[index], loop[(index + 1) % loop.count])
      return (here.x - before.x) * (after.y - here.y) != (here.y - before.y) * (after.x - here.x)
    }.map { loop[$0] }
  }
}
