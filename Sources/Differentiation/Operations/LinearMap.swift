// SPDX-License-Identifier: Apache-2.0
import CKernels

/// A constant matrix for products with variables.
public struct Matrix: Sendable, Hashable {
  /// Length of M x.
  public let rows: Int
  /// Length of x.
  public let columns: Int
  /// Row after row [rows · columns].
  public let elements: [Double]

  /// A matrix of rows · columns elements, row after row.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(
      elements.count == rows * columns,
      "a \(rows) × \(columns) matrix was given \(elements.count) elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }
}

/// A linear map of one vector, with its transpose.
enum LinearMap: LinearPrimitive {
  case sum
  case matrix(Matrix)
  case gather([Int32], from: Int)

  var name: String {
    switch self {
    case .sum: "sum"
    case .matrix(let matrix): "\(matrix.rows) × \(matrix.columns) matrix times vector"
    case .gather: "gather"
    }
  }

  func resultCount(of counts: [Int]) -> Int? {
    guard counts.count == 1 else { return nil }
    switch self {
    case .sum: return 1
    case .matrix(let matrix): return counts[0] == matrix.columns ? matrix.rows : nil
    case .gather(let indices, let count): return counts[0] == count ? indices.count : nil
    }
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    let x = operands[0]
    guard let start = x.baseAddress, let y = result.baseAddress else { return }
    switch self {
    case .sum: y[0] = x.reduce(0, +)
    case .matrix(let matrix):
      matrix.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        for row in 0..<matrix.rows {
          y[row] = kernel_dot(base + row * matrix.columns, start, matrix.columns)
        }
      }
    case .gather(let indices, _): kernel_gather(y, start, indices, indices.count)
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let toX = adjoints[0]
    switch self {
    case .sum: for i in toX.indices { toX[i] += adjoint[0] }
    case .matrix(let matrix):
      matrix.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress, let target = toX.baseAddress else { return }
        for row in 0..<matrix.rows {
          kernel_axpy(target, adjoint[row], base + row * matrix.columns, matrix.columns)
        }
      }
    case .gather(let indices, _):
      for (i, index) in indices.enumerated() { toX[Int(index)] += adjoint[i] }
    }
  }
}

/// x · y of two vectors of one length.
struct DotProduct: TwiceDifferentiable {
  var name: String { "dot" }

  func resultCount(of counts: [Int]) -> Int? {
    counts.count == 2 && counts[0] == counts[1] ? 1 : nil
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    result[0] = dot(operands[0], operands[1])
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let x = operands[0], y = operands[1], toX = adjoints[0], toY = adjoints[1]
    for i in x.indices {
      toX[i] += adjoint[0] * y[i]
      toY[i] += adjoint[0] * x[i]
    }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    tangent[0] = dot(tangents[0], operands[1]) + dot(operands[0], tangents[1])
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    let x = operands[0], y = operands[1], alongX = tangents[0], alongY = tangents[1]
    let toX = adjointTangents[0], toY = adjointTangents[1]
    for i in x.indices {
      toX[i] += adjoint.tangent[0] * y[i] + adjoint.value[0] * alongY[i]
      toY[i] += adjoint.tangent[0] * x[i] + adjoint.value[0] * alongX[i]
    }
  }

  private func dot(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double {
    guard let left = x.baseAddress, let right = y.baseAddress else { return 0 }
    return kernel_dot(left, right, x.count)
  }
}

extension Variable {
  /// Element `index` as a scalar.
  public subscript(index: Int) -> Variable { self[[index]] }

  /// The elements at some indices, which may repeat.
  public subscript(indices: [Int]) -> Variable {
    precondition(
      indices.allSatisfy { (0..<count).contains($0) },
      "an index of \(indices) is outside a vector of length \(count)")
    return builder.apply(LinearMap.gather(indices.map { Int32($0) }, from: count), to: [self])
  }

  /// The elements in a range.
  public subscript(range: Range<Int>) -> Variable { self[Array(range)] }

  /// The product of a constant matrix and a vector.
  public static func * (matrix: Matrix, x: Variable) -> Variable {
    x.builder.apply(LinearMap.matrix(matrix), to: [x])
  }
}

/// The sum of all elements.
public func sum(_ x: Variable) -> Variable { x.builder.apply(LinearMap.sum, to: [x]) }
/// x · y.
public func dot(_ x: Variable, _ y: Variable) -> Variable {
  x.builder.apply(DotProduct(), to: [x, y])
}
