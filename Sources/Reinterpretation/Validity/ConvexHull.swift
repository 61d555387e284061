// SPDX-License-Identifier: Apache-2.0

/// The convex hull of points in any dimension, for asking whether another point lies inside.
///
/// A point p is inside when weights λ ≥ 0 with Σλ = 1 and Σλᵢpᵢ = p exist. That is the first phase
/// of the simplex method; Bland's rule (Math. Oper. Res. 2 (1977) 103) makes it end, also where
/// points coincide or lie in a plane of lower dimension. Boundary points are inside.
package struct ConvexHull {
  private let points: [[Double]]
  private let scales: [Double]
  private let origin: [Double]

  /// Distance, in units of the points' spread along each axis, up to which a point counts as inside.
  private static let tolerance = 1e-9

  /// - Parameter points: all of the same dimension.
  package init(_ points: [[Double]]) {
    self.points = points
    let dimension = points.first?.count ?? 0
    origin = (0..<dimension).map { axis in points.map { $0[axis] }.min() ?? 0 }
    scales = (0..<dimension).map { axis in
      let values = points.map { $0[axis] }
      let spread = (values.max() ?? 0) - (values.min() ?? 0)
      return spread > 0 ? spread : max(1, abs(values.first ?? 0))
    }
  }

  /// Whether the point is in the hull or on its boundary; never for an empty hull.
  package func contains(_ point: [Double]) -> Bool {
    guard !points.isEmpty, point.count == origin.count else { return false }
    let target = scaled(point)
    // Outside the bounding box is outside the hull, and the tableau stays well scaled.
    guard target.allSatisfy({ $0 >= -Self.tolerance && $0 <= 1 + Self.tolerance }) else {
      return false
    }
    var tableau = Tableau(columns: points.map { scaled($0) + [1] }, target: target + [1])
    return tableau.minimise() <= Self.tolerance
  }

  private func scaled(_ point: [Double]) -> [Double] {
    zip(point.indices, point).map { axis, value in (value - origin[axis]) / scales[axis] }
  }
}

/// Phase one of the simplex method: the least Σ|rows of A·λ − b| over λ ≥ 0, for b ≥ 0 up to rounding.
private struct Tableau {
  private var rows: [[Double]]  // [constraint][column], the right-hand side last
  private var basis: [Int]
  private let columnCount: Int
  private static let pivotTolerance = 1e-12

  init(columns: [[Double]], target: [Double]) {
    columnCount = columns.count
    rows = target.indices.map { row in
      let sign: Double = target[row] < 0 ? -1 : 1
      return columns.map { sign * $0[row] } + [sign * target[row]]
    }
    // Each row starts with its own artificial variable, numbered after the columns.
    basis = target.indices.map { columns.count + $0 }
  }

  /// Σ of what is left in the artificial variables at the optimum.
  mutating func minimise() -> Double {
    while let entering = enteringColumn(), let leaving = leavingRow(entering) {
      pivot(leaving, entering)
    }
    return infeasibility
  }

  private var artificialRows: [Int] { basis.indices.filter { basis[$0] >= columnCount } }

  private var infeasibility: Double {
    artificialRows.reduce(0) { $0 + abs(rows[$1][columnCount]) }
  }

  /// Bland's rule: the first column whose entering lowers the infeasibility.
  private func enteringColumn() -> Int? {
    let artificial = artificialRows
    return (0..<columnCount).first { column in
      !basis.contains(column)
        && artificial.reduce(0) { $0 + rows[$1][column] } > Self.pivotTolerance
    }
  }

  /// Bland's rule: of the rows that bound the entering column most, the one of the lowest variable.
  private func leavingRow(_ column: Int) -> Int? {
    let candidates = rows.indices.filter { rows[$0][column] > Self.pivotTolerance }
    let ratio = { (row: Int) in self.rows[row][columnCount] / self.rows[row][column] }
    guard let least = candidates.map(ratio).min() else { return nil }
    return candidates.filter { ratio($0) <= least }.min { basis[$0] < basis[$1] }
  }

  private mutating func pivot(_ row: Int, _ column: Int) {
    let divisor = rows[row][column]
    let pivotRow = rows[row].map { $0 / divisor }
    for other in rows.indices where other != row {
      let factor = rows[other][column]
      if factor != 0 {
        rows[other] = zip(rows[other], pivotRow).map { $0 - factor * $1 }
      }
    }
    rows[row] = pivotRow
    basis[row] = column
  }
}
