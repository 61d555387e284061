// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation

/// The lower factor of a symmetric positive definite matrix, which can grow by a row.
package struct Cholesky: Sendable {
  /// Row i holds i + 1 numbers.
  private var rows: [[Double]] = []

  package init() {}

  /// - Parameter matrix: lower triangle, row i of i + 1 numbers.
  /// - Returns: nil when the matrix isn't positive definite in double precision.
  package init?(_ matrix: [[Double]]) {
    rows.reserveCapacity(matrix.count)
    for row in matrix where !append(row) { return nil }
  }

  package var count: Int { rows.count }

  /// Σ log L_ii, half the logarithm of the determinant.
  package var halfLogDeterminant: Double { rows.reduce(0) { $0 + log($1[$1.count - 1]) } }

  /// Appends the last row of a matrix grown by one, in O(n²); false, and nothing done, when it
  /// would no longer be positive definite.
  package mutating func append(_ row: [Double]) -> Bool {
    var next = solveLower(Array(row.dropLast()))
    let pivot = row[row.count - 1] - kernel_dot(next, next, next.count)
    guard pivot > 0, pivot.isFinite else { return false }
    next.append(pivot.squareRoot())
    rows.append(next)
    return true
  }

  /// L⁻¹ b
  package func solveLower(_ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      x[i] = (x[i] - kernel_dot(rows[i], x, i)) / rows[i][i]
    }
    return x
  }

  /// (L Lᵀ)⁻¹ b
  package func solve(_ b: [Double]) -> [Double] {
    var x = solveLower(b)
    for i in x.indices.reversed() {
      x[i] /= rows[i][i]
      let factor = -x[i]
      kernel_axpy(&x, factor, rows[i], i)
    }
    return x
  }

  /// (L Lᵀ)⁻¹, lower triangle, row i of i + 1 numbers: Σ_k (L⁻¹)_ki (L⁻¹)_kj over k ≥ i.
  package var inverse: [[Double]] {
    var inverse = (0..<count).map { [Double](repeating: 0, count: $0 + 1) }
    var solved: [[Double]] = []
    for k in 0..<count {
      // Row k of L⁻¹, from the rows above.
      var row = [Double](repeating: 0, count: k + 1)
      let pivot = 1 / rows[k][k]
      row[k] = pivot
      for j in 0..<k { kernel_axpy(&row, -rows[k][j] * pivot, solved[j], j + 1) }
      for i in 0...k { kernel_axpy(&inverse[i], row[i], row, i + 1) }
      solved.append(row)
    }
    return inverse
  }
}
