// SPDX-License-Identifier: Apache-2.0
import Reinterpretation
import Testing

@Suite struct ConvexHullTests {
  @Test(arguments: [
    ([0.5, 0.5], true), ([0, 0], true), ([1, 1], true), ([0.5, 0], true), ([1, 0.25], true),
    ([1.0001, 0.5], false), ([-0.0001, 0.5], false), ([0.5, 2], false),
  ])
  func unitSquare(point: [Double], isInside: Bool) {
    let hull = ConvexHull([[0, 0], [1, 0], [0, 1], [1, 1]])
    #expect(hull.contains(point) == isInside)
  }

  /// The corner of the bounding box is not in the triangle: a box test would say that it is.
  @Test func triangleIsNotItsBoundingBox() {
    let hull = ConvexHull([[0, 0], [1000, 0], [0, 1000]])
    #expect(hull.contains([500, 500]))
    #expect(hull.contains([250, 250]))
    #expect(!hull.contains([501, 500]))
    #expect(!hull.contains([900, 900]))
  }

  @Test func oneDimension() {
    let hull = ConvexHull([[800], [2200], [1400]])
    #expect(hull.contains([800]))
    #expect(hull.contains([1777]))
    #expect(!hull.contains([799]))
    #expect(!hull.contains([2201]))
  }

  /// Points of one line in a plane: only the line is inside.
  @Test func degenerateHull() {
    let hull = ConvexHull([[800, 0], [1400, 0], [2200, 0]])
    #expect(hull.contains([1000, 0]))
    #expect(!hull.contains([1000, 1]))
    let diagonal = ConvexHull([[0, 0], [1, 1], [2, 2], [2, 2]])
    #expect(diagonal.contains([1.5, 1.5]))
    #expect(!diagonal.contains([1.5, 1.4]))
  }

  @Test func singlePointAndNone() {
    #expect(ConvexHull([[3, 4]]).contains([3, 4]))
    #expect(!ConvexHull([[3, 4]]).contains([3, 4.5]))
    #expect(!ConvexHull([]).contains([3, 4]))
    #expect(!ConvexHull([[3, 4]]).contains([3]))
  }

  /// Σxᵢ ≤ 1 with xᵢ ≥ 0 describes the simplex in closed form.
  @Test(arguments: 1...6)
  func simplexInAnyDimension(dimension: Int) {
    var random = SplitMix(seed: UInt64(dimension))
    let corners = (0..<dimension).map { axis in
      (0..<dimension).map { $0 == axis ? 1.0 : 0.0 }
    }
    let hull = ConvexHull([[Double](repeating: 0, count: dimension)] + corners)
    for _ in 0..<200 {
      let point = (0..<dimension).map { _ in random.uniform() * 2.5 / Double(dimension) }
      let sum = point.reduce(0, +)
      if abs(sum - 1) > 1e-6 { #expect(hull.contains(point) == (sum < 1), "\(point)") }
    }
  }

  /// Every convex combination is inside; what lies beyond a supporting plane is outside.
  @Test(arguments: 0..<40)
  func combinationsAndSupportingPlanes(seed: Int) {
    var random = SplitMix(seed: UInt64(1000 + seed))
    let dimension = 1 + seed % 5
    let points = (0..<(3 + seed % 17)).map { _ in
      (0..<dimension).map { _ in random.uniform() * 3000 - 500 }
    }
    let hull = ConvexHull(points)
    let weights = points.map { _ in random.uniform() }
    let total = weights.reduce(0, +)
    let inside = (0..<dimension).map { axis in
      zip(points, weights).reduce(0) { $0 + $1.0[axis] * $1.1 / total }
    }
    #expect(hull.contains(inside))

    let normal = (0..<dimension).map { _ in random.uniform() - 0.5 }
    let heights = points.map { zip($0, normal).reduce(0) { $0 + $1.0 * $1.1 } }
    guard let top = heights.max(), let highest = heights.firstIndex(of: top) else { return }
    let outside = zip(points[highest], normal).map { $0 + 10 * $1 }
    #expect(!hull.contains(outside))
  }

  /// The answer does not depend on the order of the points, nor on the axes' units.
  @Test func orderAndScale() {
    var random = SplitMix(seed: 7)
    let points = (0..<12).map { _ in [random.uniform(), random.uniform()] }
    let queries = (0..<100).map { _ in [random.uniform(), random.uniform()] }
    let hull = ConvexHull(points)
    let reversed = ConvexHull(points.reversed())
    let scaled = ConvexHull(points.map { [$0[0] * 1e6, $0[1] * 1e-6] })
    for query in queries {
      let answer = hull.contains(query)
      #expect(reversed.contains(query) == answer)
      #expect(scaled.contains([query[0] * 1e6, query[1] * 1e-6]) == answer)
    }
  }
}
