// SPDX-License-Identifier: Apache-2.0
import CKernels

/// exp(xᵢ)/Σ exp(xⱼ) of every row of `columns` elements, without overflow.
///
/// - Parameters:
///   - x: rows one after the other [rows · columns].
///   - columns: nil for one row of all elements.
public func softmax(_ x: Variable, columns: Int? = nil) -> Variable {
  x.builder.apply(Softmax(columns: columns ?? x.count), to: [x])
}

/// Strictly ascending numbers from `lower` to `upper` [count + 1] whose gaps are softmax(x): edges of a
/// histogram that stay ordered wherever an optimiser moves x.
public func orderedEdges(_ x: Variable, from lower: Double, to upper: Double) -> Variable {
  let inner = lower + (upper - lower) * cumulativeSum(softmax(x))[0..<x.count - 1]
  let ends = (x.builder.constant([lower]), x.builder.constant([upper]))
  return concatenate([ends.0, inner, ends.1])
}

private struct Softmax: TwiceDifferentiable {
  let columns: Int
  var name: String { "softmax" }

  func resultCount(of counts: [Int]) -> Int? {
    counts.count == 1 && columns > 0 && counts[0] % columns == 0 ? counts[0] : nil
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    let x = operands[0]
    for row in stride(from: 0, to: x.count, by: columns) {
      var top = -Double.infinity
      for i in row..<row + columns where !(x[i] <= top) { top = x[i] }
      for i in row..<row + columns { result[i] = x[i] - top }
    }
    guard let base = result.baseAddress else { return }
    kernel_exp(base, base, result.count)
    for row in stride(from: 0, to: x.count, by: columns) {
      var sum = 0.0
      for i in row..<row + columns { sum += base[i] }
      let inverse = 1 / sum
      for i in row..<row + columns { base[i] *= inverse }
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let toX = adjoints[0]
    for row in stride(from: 0, to: result.count, by: columns) {
      var mean = 0.0
      for i in row..<row + columns { mean += adjoint[i] * result[i] }
      for i in row..<row + columns { toX[i] += result[i] * (adjoint[i] - mean) }
    }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    let along = tangents[0]
    for row in stride(from: 0, to: result.count, by: columns) {
      var mean = 0.0
      for i in row..<row + columns { mean += along[i] * result[i] }
      for i in row..<row + columns { tangent[i] = result[i] * (along[i] - mean) }
    }
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    let y = result.value, dy = result.tangent, toX = adjointTangents[0]
    for row in stride(from: 0, to: y.count, by: columns) {
      var mean = 0.0, change = 0.0
      for i in row..<row + columns {
        mean += adjoint.value[i] * y[i]
        change += adjoint.tangent[i] * y[i] + adjoint.value[i] * dy[i]
      }
      for i in row..<row + columns {
        toX[i] += dy[i] * (adjoint.value[i] - mean) + y[i] * (adjoint.tangent[i] - change)
      }
    }
  }
}
