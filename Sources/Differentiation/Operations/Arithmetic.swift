// SPDX-License-Identifier: Apache-2.0

/// Elementwise x ∘ y of vectors of one length, or of a vector and a scalar.
struct Arithmetic: TwiceDifferentiable {
  enum Operator: String { case add, subtract, multiply, divide }

  let operation: Operator
  var name: String { operation.rawValue }

  func resultCount(of counts: [Int]) -> Int? {
    guard counts.count == 2 else { return nil }
    return counts[0] == counts[1] || counts[0] == 1 || counts[1] == 1 ? counts.max() : nil
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    let x = Broadcast(operands[0]), y = Broadcast(operands[1])
    switch operation {
    case .add: for i in result.indices { result[i] = x[i] + y[i] }
    case .subtract: for i in result.indices { result[i] = x[i] - y[i] }
    case .multiply: for i in result.indices { result[i] = x[i] * y[i] }
    case .divide: for i in result.indices { result[i] = x[i] / y[i] }
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let x = Broadcast(operands[0]), y = Broadcast(operands[1])
    if adjoints.isWanted(0) {
      let toX = adjoints[0]
      for i in adjoint.indices { toX[i & x.mask] += adjoint[i] * slopes(x[i], y[i]).x }
    }
    if adjoints.isWanted(1) {
      let toY = adjoints[1]
      for i in adjoint.indices { toY[i & y.mask] += adjoint[i] * slopes(x[i], y[i]).y }
    }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    let x = Broadcast(operands[0]), y = Broadcast(operands[1])
    let alongX = Broadcast(tangents[0]), alongY = Broadcast(tangents[1])
    for i in tangent.indices {
      let slopes = slopes(x[i], y[i])
      tangent[i] = slopes.x * alongX[i] + slopes.y * alongY[i]
    }
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    let x = Broadcast(operands[0]), y = Broadcast(operands[1])
    let alongX = Broadcast(tangents[0]), alongY = Broadcast(tangents[1])
    let toX = adjointTangents[0], toY = adjointTangents[1]
    for i in adjoint.value.indices {
      let slopes = slopes(x[i], y[i])
      let turns = turns(x[i], y[i], alongX[i], alongY[i])
      toX[i & x.mask] += slopes.x * adjoint.tangent[i] + turns.x * adjoint.value[i]
      toY[i & y.mask] += slopes.y * adjoint.tangent[i] + turns.y * adjoint.value[i]
    }
  }

  private func slopes(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    switch operation {
    case .add: (1, 1)
    case .subtract: (1, -1)
    case .multiply: (y, x)
    case .divide: (1 / y, -x / (y * y))
    }
  }

  /// How the slopes change while x and y move.
  private func turns(
    _ x: Double, _ y: Double, _ alongX: Double, _ alongY: Double
  ) -> (x: Double, y: Double) {
    switch operation {
    case .add, .subtract: return (0, 0)
    case .multiply: return (alongY, alongX)
    case .divide:
      let square = 1 / (y * y)
      return (-alongY * square, (2 * x * alongY / y - alongX) * square)
    }
  }
}

/// A vector, or a scalar in the place of every element.
private struct Broadcast {
  let numbers: UnsafeBufferPointer<Double>
  /// All ones, or 0 for a scalar.
  let mask: Int

  init(_ numbers: UnsafeBufferPointer<Double>) {
    self.numbers = numbers
    mask = numbers.count == 1 ? 0 : -1
  }

  subscript(index: Int) -> Double { numbers[index & mask] }
}

/// x times a number.
struct Scale: LinearPrimitive {
  let factor: Double
  var name: String { "scale" }

  func resultCount(of counts: [Int]) -> Int? { counts.count == 1 ? counts[0] : nil }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    let x = operands[0]
    for i in result.indices { result[i] = factor * x[i] }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let toX = adjoints[0]
    for i in adjoint.indices { toX[i] += factor * adjoint[i] }
  }
}
