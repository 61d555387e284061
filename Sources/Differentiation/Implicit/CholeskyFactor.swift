// SPDX-License-Identifier: Apache-2.0

/// A = L Lᵀ of a small symmetric matrix.
struct CholeskyFactor {
  private let rows: [[Double]]

  /// Nil unless the matrix is positive definite beyond rounding; only its lower triangle is read.
  init?(_ matrix: [[Double]]) {
    var rows = matrix
    for i in rows.indices {
      for j in 0...i {
        var sum = rows[i][j]
        for k in 0..<j { sum -= rows[i][k] * rows[j][k] }
        if i > j {
          rows[i][j] = sum / rows[j][j]
        } else {
          guard sum > 1e-14 * abs(matrix[i][i]), sum < .infinity else { return nil }
          rows[i][i] = sum.squareRoot()
        }
      }
    }
    self.rows = rows
  }

  /// A⁻¹ b.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for k in 0..<i { x[i] -= rows[i][k] * x[k] }
      x[i] /= rows[i][i]
    }
    for i in x.indices.reversed() {
      for k in i + 1..<max(i + 1, x.count) { x[i] -= rows[k][i] * x[k] }
      x[i] /= rows[i][i]
    }
    return x
  }
}
