// SPDX-License-Identifier: Apache-2.0

extension Tape {
  /// H d for a direction d [inputCount], where H is the Hessian of the scalar y: how the gradient
  /// changes along d [inputCount].
  ///
  /// Forward over reverse: the cost of about four values. Returns y.
  @discardableResult
  public func hessianProduct(
    _ direction: [Double], at point: [Double], into product: inout [Double]
  ) throws(TapeFailure) -> Double {
    precondition(
      resultCount == 1, "a Hessian needs a scalar result, not \(resultCount) numbers")
    var gradient: [Double] = []
    try pullBack([1], along: direction, at: point, into: &gradient, product: &product)
    return values[result.offset]
  }

  /// Jᵀ c for a fixed cotangent c [resultCount] of y, and how it changes along a direction d of x.
  ///
  /// The change is also the gradient of c · (J d), the derivative of a directional derivative: what
  /// training on Fisher information needs.
  public func pullBack(
    _ cotangent: [Double], along direction: [Double], at point: [Double],
    into gradient: inout [Double], product: inout [Double]
  ) throws(TapeFailure) {
    try replay(point)
    try sweepForward(direction)
    try sweepBack(cotangent, into: &gradient)
    try sweepBackTangent(into: &product)
  }

  /// The Hessian of the scalar y [inputCount × inputCount], symmetric to rounding.
  ///
  /// - Complexity: inputCount sweeps forward and back, after one gradient.
  public func hessian(at point: [Double]) throws(TapeFailure) -> [[Double]] {
    try hessianRows(Array(point.indices), at: point)
  }

  /// The Hessian's rows of some inputs [indices][inputCount]; values and adjoints are computed once.
  func hessianRows(_ indices: [Int], at point: [Double]) throws(TapeFailure) -> [[Double]] {
    var rows: [[Double]] = []
    var direction = point.map { _ in 0.0 }
    var row: [Double] = []
    _ = try gradient(at: point, into: &row)
    for index in indices {
      direction[index] = 1
      try sweepForward(direction)
      try sweepBackTangent(into: &row)
      rows.append(row)
      direction[index] = 0
    }
    return rows
  }

  /// The Jacobian ∂y/∂x, row after row [resultCount][inputCount], by reverse sweeps.
  public func jacobian(at point: [Double]) throws(TapeFailure) -> [[Double]] {
    let units = (0..<resultCount).map { row in
      (0..<resultCount).map { $0 == row ? 1.0 : 0 }
    }
    return try pullBack(units, at: point).gradients
  }
}
