// SPDX-License-Identifier: Apache-2.0

/// The line where a function of two parameters crosses a level.
public struct Contour: Hashable, Sendable, Codable {
  /// A connected piece.
  public struct Line: Hashable, Sendable, Codable {
    /// [points][2], in the parameters' units; the first isn't repeated at the end.
    public let points: [[Double]]
    /// Whether the last point is joined to the first.
    public let isClosed: Bool
  }

  /// In order of the grid's rows: the same function gives the same lines.
  public let lines: [Line]

  /// Marching squares with linear interpolation on a regular grid of the unit square; cells with
  /// a corner outside of the space, or where the function isn't finite, are left out. A saddle is
  /// resolved by the mean of its corners.
  ///
  /// - Parameters:
  ///   - level: the function's value on the lines.
  ///   - space: the parameters; lines are in their units.
  ///   - x: the axis of the first coordinate of the result.
  ///   - y: the axis of the second.
  ///   - fixed: a position of the unit cube; its coordinates x and y don't matter.
  ///   - cells: on each side, at least 1.
  ///   - function: of a position of the unit cube, such as the mean of a surrogate.
  /// - Throws: `SamplingError` for axes that aren't two of the space's, or no cells.
  public init(
    level: Double, in space: ParameterSpace, x: Int = 0, y: Int = 1, fixed: [Double] = [],
    cells: Int = 120, of function: ([Double]) -> Double
  ) throws {
    guard x != y, space.axes.indices.contains(x), space.axes.indices.contains(y), cells > 0,
      fixed.count == space.dimension || (fixed.isEmpty && space.dimension == 2)
    else {
      throw SamplingError(
        "a contour needs two different axes of the space, a position that fixes the others, and "
          + "at least one cell")
    }
    func position(_ u: Double, _ v: Double) -> [Double] {
      var position = fixed.isEmpty ? [0, 0] : fixed
      (position[x], position[y]) = (u, v)
      return position
    }
    let side = cells + 1
    let heights = (0..<side * side).map { index in
      let here = position(
        Double(index % side) / Double(cells), Double(index / side) / Double(cells))
      return space.contains(here) ? function(here) - level : .nan
    }
    var graph = CrossingGraph()
    for row in 0..<cells {
      for column in 0..<cells {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { (row + $0.1) * side + column + $0.0 }
        graph.add(corners, heights)
      }
    }
    lines = graph.chains().map { chain, isClosed in
      let points = chain.map { edge in
        let (a, b) = (heights[edge.lower], heights[edge.upper])
        let t = a / (a - b)
        func along(_ first: Int, _ second: Int) -> Double {
          (Double(first) + t * Double(second - first)) / Double(cells)
        }
        let parameters = space.parameters(
          at: position(
            along(edge.lower % side, edge.upper % side), along(edge.lower / side, edge.upper / side)
          ))
        return [parameters[x], parameters[y]]
      }
      return Line(points: points, isClosed: isClosed)
    }
  }
}

/// The grid edges that a contour crosses, each joined to one or two others by the cells between.
private struct CrossingGraph {
  struct Edge: Hashable {
    let lower: Int
    let upper: Int

    init(_ a: Int, _ b: Int) { (lower, upper) = (min(a, b), max(a, b)) }
  }

  private var order: [Edge] = []
  private var neighbours: [Edge: [Edge]] = [:]

  /// - Parameter corners: the nodes of a cell, counterclockwise.
  mutating func add(_ corners: [Int], _ heights: [Double]) {
    let values = corners.map { heights[$0] }
    guard values.allSatisfy(\.isFinite) else { return }
    let crossed = (0..<4).filter { (values[$0] > 0) != (values[($0 + 1) % 4] > 0) }
      .map { Edge(corners[$0], corners[($0 + 1) % 4]) }
    if crossed.count == 2 {
      join(crossed[0], crossed[1])
    } else if crossed.count == 4 {
      // Corner 0 is cut off when the middle is on the other side, else corner 1 is.
      let cutsFirst = (values[0] > 0) != (values.reduce(0, +) > 0)
      join(crossed[0], crossed[cutsFirst ? 3 : 1])
      join(crossed[cutsFirst ? 1 : 3], crossed[2])
    }
  }

  private mutating func join(_ a: Edge, _ b: Edge) {
    for (from, to) in [(a, b), (b, a)] {
      if neighbours[from] == nil { order.append(from) }
      neighbours[from, default: []].append(to)
    }
  }

  /// Open chains first, each from one of its ends, then closed ones.
  func chains() -> [(edges: [Edge], isClosed: Bool)] {
    var seen: Set<Edge> = []
    var chains: [(edges: [Edge], isClosed: Bool)] = []
    for isClosed in [false, true] {
      for start in order where !seen.contains(start) {
        guard isClosed || neighbours[start]?.count == 1 else { continue }
        var chain: [Edge] = []
        var next: Edge? = start
        while let edge = next {
          chain.append(edge)
          seen.insert(edge)
          next = neighbours[edge]?.first { !seen.contains($0) }
        }
        chains.append((chain, isClosed))
      }
    }
    return chains
  }
}
