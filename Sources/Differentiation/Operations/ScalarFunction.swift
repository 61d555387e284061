// SPDX-License-Identifier: Apache-2.0

/// A differentiable function y = f(x) of one number, which `Variable.map(_:)` applies to every
/// element.
public protocol ScalarFunction {
  /// What messages call it.
  var name: String { get }

  /// f(x).
  func value(_ x: Double) -> Double

  /// f′(x); y is f(x), which often saves work.
  func slope(_ x: Double, _ y: Double) -> Double

  /// f″(x), for products with Hessians.
  func curvature(_ x: Double, _ y: Double) -> Double

  /// f of all elements at once; does what `value(_:)` says unless a type knows a faster way.
  func evaluate(
    _ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>)

  /// f′ of all elements at once, likewise.
  func slopes(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    into slopes: UnsafeMutableBufferPointer<Double>)
}

extension ScalarFunction {
  /// f of one element after the other.
  public func evaluate(
    _ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>
  ) {
    for i in y.indices { y[i] = value(x[i]) }
  }

  /// f′ of one element after the other.
  public func slopes(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    into slopes: UnsafeMutableBufferPointer<Double>
  ) {
    for i in slopes.indices { slopes[i] = slope(x[i], y[i]) }
  }
}

extension Variable {
  /// A function of every element [count].
  public func map(_ function: some ScalarFunction) -> Variable {
    builder.apply(Elementwise(function: function), to: [self])
  }
}

/// A function of every element, as a primitive.
struct Elementwise<Function: ScalarFunction>: TwiceDifferentiable {
  let function: Function
  var name: String { function.name }

  func resultCount(of counts: [Int]) -> Int? { counts.count == 1 ? counts[0] : nil }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    function.evaluate(operands[0], into: result)
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let toX = adjoints[0]
    forChunks(of: operands[0], result) { first, slopes in
      for i in slopes.indices {
        toX[first + i] += product(adjoint[first + i], slopes[i])
      }
    }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    let along = tangents[0]
    forChunks(of: operands[0], result) { first, slopes in
      for i in slopes.indices { tangent[first + i] = product(along[first + i], slopes[i]) }
    }
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    let x = operands[0], along = tangents[0], toX = adjointTangents[0]
    for i in x.indices {
      let y = result.value[i]
      toX[i] += adjoint.tangent[i] * function.slope(x[i], y)
      let turn = adjoint.value[i] * along[i]
      if turn != 0 { toX[i] += turn * function.curvature(x[i], y) }
    }
  }

  /// An infinite slope that nobody asks for is no reason for 0 · ∞.
  private func product(_ factor: Double, _ slope: Double) -> Double {
    factor == 0 ? 0 : factor * slope
  }

  private func forChunks(
    of x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    _ body: (Int, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let length = 256
    withUnsafeTemporaryAllocation(of: Double.self, capacity: min(length, x.count)) { scratch in
      for first in stride(from: 0, to: x.count, by: length) {
        let range = first..<min(first + length, x.count)
        let slopes = UnsafeMutableBufferPointer(rebasing: scratch[..<range.count])
        function.slopes(
          UnsafeBufferPointer(rebasing: x[range]), UnsafeBufferPointer(rebasing: y[range]),
          into: slopes)
        body(first, slopes)
      }
    }
  }
}
