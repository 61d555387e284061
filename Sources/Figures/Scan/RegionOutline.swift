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
      for row in 0..<(region.rows - 1) {
        for column in 0..<(region.columns - 1) {
          outline.add(column, row, region.columns, conditions)
        }
      }
    }
    let width = Double(region.columns - 1) * Corner.perCell
    let height = Double(region.rows - 1) * Corner.perCell
    return outline.loops().map { loop in
      loop.map { (Double($0.x) / width, Double($0.y) / height) }
    }
  }

  private mutating func add(
    _ column: Int, _ row: Int, _ columns: Int, _ conditions: [[Double]]
  ) {
    let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { offset in
      let (x, y) = (column + offset.0, row + offset.1)
      return CutCorner(
        x: Double(x), y: Double(y), values: conditions.map { $0[y * columns + x] })
    }
    guard corners.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else { return }
    for triangle in [[0, 1, 2], [0, 2, 3]] {
      var polygon = triangle.map { corners[$0] }
      for condition in conditions.indices {
        polygon = CutCorner.cut(polygon, condition)
      }
      add(
        polygon.map {
          Corner(
            x: Int(($0.x * Corner.perCell).rounded()), y: Int(($0.y * Corner.perCell).rounded()))
        })
    }
  }

  private mutating func add(_ polygon: [Corner]) {
    guard var before = polygon.last else { return }
    for corner in polygon where corner != before {
      let edge = Edge(start: before, end: corner)
      let opposite = Edge(start: corner, end: before)
      if let count = counts[opposite], count > 0 {
        counts[opposite] = count - 1
      } else {
        if counts[edge] == nil { order.append(edge) }
        counts[edge, default: 0] += 1
      }
      before = corner
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

/// A corner of a triangle that is being cut, with the values there.
private struct CutCorner {
  let x: Double
  let y: Double
  let values: [Double]

  /// What is left of a convex polygon where a value is at least zero (Sutherland and Hodgman,
  /// doi:10.1145/360767.360802).
  static func cut(_ polygon: [CutCorner], _ condition: Int) -> [CutCorner] {
    guard var before = polygon.last else { return [] }
    var kept: [CutCorner] = []
    for corner in polygon {
      if (before.values[condition] >= 0) != (corner.values[condition] >= 0) {
        kept.append(crossing(before, corner, condition))
      }
      if corner.values[condition] >= 0 { kept.append(corner) }
      before = corner
    }
    return kept
  }

  /// The same whichever end comes first.
  private static func crossing(_ a: CutCorner, _ b: CutCorner, _ condition: Int) -> CutCorner {
    let (start, end) = (a.x, a.y) < (b.x, b.y) ? (a, b) : (b, a)
    let fraction =
      start.values[condition] / (start.values[condition] - end.values[condition])
    func between(_ first: Double, _ second: Double) -> Double {
      first + fraction * (second - first)
    }
    return CutCorner(
      x: between(start.x, end.x), y: between(start.y, end.y),
      values: zip(start.values, end.values).map(between))
  }
}
