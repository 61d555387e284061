// SPDX-License-Identifier: Apache-2.0

/// P A = L U of a small square matrix.
struct LUFactors {
  private var rows: [[Double]]
  private var order: [Int]

  /// Nil if a pivot vanishes.
  init?(_ matrix: [[Double]]) {
    rows = matrix
    order = Array(matrix.indices)
    for k in rows.indices {
      guard let pivot = (k..<rows.count).max(by: { abs(rows[$0][k]) < abs(rows[$1][k]) }),
        rows[pivot][k] != 0, rows[pivot][k].isFinite
      else { return nil }
      rows.swapAt(k, pivot)
      order.swapAt(k, pivot)
      for i in k + 1..<max(k + 1, rows.count) {
        rows[i][k] /= rows[k][k]
        for j in k + 1..<max(k + 1, rows.count) { rows[i][j] -= rows[i][k] * rows[k][j] }
      }
    }
  }

  /// A⁻¹ b.
  func solve(_ b: [Double]) -> [Double] {
    var x = order.map { b[$0] }
    for i in x.indices { for k in 0..<i { x[i] -= rows[i][k] * x[k] } }
    for i in x.indices.reversed() {
      for k in i + 1..<max(i + 1, x.count) { x[i] -= rows[i][k] * x[k] }
      x[i] /= rows[i][i]
    }
    return x
  }

  /// A⁻ᵀ b.
  func solveTransposed(_ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for k in 0..<i { x[i] -= rows[k][i] * x[k] }
      x[i] /= rows[i][i]
    }
    for i in x.indices.reversed() {
      for k in i + 1..<max(i + 1, x.count) { x[i] -= rows[k][i] * x[k] }
    }
    var result = x
    for (i, row) in order.enumerated() { result[row] = x[i] }
    return result
  }
}
