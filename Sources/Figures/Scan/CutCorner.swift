// SPDX-License-Identifier: Apache-2.0

/// A corner of a triangle that is being cut, with the values there.
struct CutCorner {
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
