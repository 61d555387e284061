// SPDX-License-Identifier: Apache-2.0
import CKernels

/// The product of two variable matrices, x [rows × depth] and y [depth × columns], both row after row:
/// [rows × columns].
///
/// With one row of weights and a matrix of events × columns it is a weighted sum of events.
public func matrixProduct(_ x: Variable, _ y: Variable, depth: Int) -> Variable {
  x.builder.apply(MatrixProduct(depth: depth), to: [x, y])
}

/// Both matrices are used as they lie; only y's transpose has to be copied for x's adjoint.
private struct MatrixProduct: TwiceDifferentiable {
  let depth: Int
  var name: String { "matrix product" }

  func resultCount(of counts: [Int]) -> Int? {
    guard counts.count == 2, depth > 0, counts[0] % depth == 0, counts[1] % depth == 0 else {
      return nil
    }
    return counts[0] / depth * (counts[1] / depth)
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    result.update(repeating: 0)
    addProduct(operands[0], operands[1], to: result)
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    addAdjoints(adjoint, operands: operands, to: adjoints)
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    tangent.update(repeating: 0)
    addProduct(tangents[0], operands[1], to: tangent)
    addProduct(operands[0], tangents[1], to: tangent)
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    addAdjoints(adjoint.tangent, operands: operands, to: adjointTangents)
    addAdjoints(adjoint.value, operands: tangents, to: adjointTangents)
  }

  private func addProduct(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    to result: UnsafeMutableBufferPointer<Double>
  ) {
    let rows = x.count / depth, columns = y.count / depth
    guard let from = x.baseAddress, let with = y.baseAddress, let to = result.baseAddress else {
      return
    }
    kernel_matrix_product(to, columns, from, depth, 1, with, columns, rows, columns, depth)
  }

  /// x̄ += z̄ yᵀ, ȳ += xᵀ z̄.
  private func addAdjoints(
    _ adjoint: UnsafeBufferPointer<Double>, operands: Operands, to adjoints: Adjoints
  ) {
    let x = operands[0], y = operands[1]
    let rows = x.count / depth, columns = y.count / depth
    guard let from = adjoint.baseAddress, let left = x.baseAddress,
      let with = y.baseAddress, let toX = adjoints[0].baseAddress, let toY = adjoints[1].baseAddress
    else { return }
    if adjoints.isWanted(0) {
      withUnsafeTemporaryAllocation(of: Double.self, capacity: y.count) { transposed in
        guard let base = transposed.baseAddress else { return }
        transpose(with, into: base, rows: depth, columns: columns)
        kernel_matrix_product(toX, depth, from, columns, 1, base, depth, rows, depth, columns)
      }
    }
    if adjoints.isWanted(1) {
      kernel_matrix_product(toY, columns, left, 1, depth, from, columns, depth, columns, rows)
    }
  }
}

/// The transpose of a matrix [rows × columns].
func transpose(
  _ matrix: UnsafePointer<Double>, into transposed: UnsafeMutablePointer<Double>, rows: Int,
  columns: Int
) {
  for k in 0..<rows {
    for j in 0..<columns { transposed[j * rows + k] = matrix[k * columns + j] }
  }
}
