// SPDX-License-Identifier: Apache-2.0

/// Elementwise x ∘ y of vectors of one length, or of a vector and a scalar.
struct Arithmetic: Primitive {
  enum Operator: String { case add, subtract, multiply, divide }

  let operation: Operator
  var name: String { operation.rawValue }

  func resultCount(of counts: [Int]) -> Int? {
    guard counts.count == 2 else { return nil }
    return counts[0] == counts[1] || counts[0] == 1 || counts[1] == 1 ? counts.max() : nil
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    let x = Broadcast(operands[0]), y = Broadcast(operands[1])
    for i in result.indices {
      switch operation {
      case .add: result[i] = x[i] + y[i]
      case .subtract: result[i] = x[i] - y[i]
      case .multiply: result[i] = x[i] * y[i]
      case .divide: result[i] = x[i] / y[i]
      }
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let x = Broadcast(operands[0]), y = Broadcast(operands[1])
    let toX = adjoints[0], toY = adjoints[1]
    for i in adjoint.indices {
      let slopes = slopes(x[i], y[i])
      toX[i & x.mask] += adjoint[i] * slopes.x
      toY[i & y.mask] += adjoint[i] * slopes.y
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

  private func slopes(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    switch operation {
    case .add: (1, 1)
    case .subtract: (1, -1)
    case .multiply: (y, x)
    case .divide: (1 / y, -x / (y * y))
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
struct Scale: Primitive {
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

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    evaluate(tangents, into: tangent)
  }
}

extension Variable {
  private func combine(_ operation: Arithmetic.Operator, _ other: Variable) -> Variable {
    builder.apply(Arithmetic(operation: operation), to: [self, other])
  }

  /// Elementwise sum; a scalar is added to every element.
  public static func + (x: Variable, y: Variable) -> Variable { x.combine(.add, y) }
  /// Elementwise difference; a scalar takes part in every element.
  public static func - (x: Variable, y: Variable) -> Variable { x.combine(.subtract, y) }
  /// Elementwise product; a scalar multiplies every element.
  public static func * (x: Variable, y: Variable) -> Variable { x.combine(.multiply, y) }
  /// Elementwise quotient; a scalar takes part in every element.
  public static func / (x: Variable, y: Variable) -> Variable { x.combine(.divide, y) }

  /// x with a number added to every element.
  public static func + (x: Variable, a: Double) -> Variable { x + x.builder.constant([a]) }
  /// x with a number added to every element.
  public static func + (a: Double, x: Variable) -> Variable { x + a }
  /// x with a number subtracted from every element.
  public static func - (x: Variable, a: Double) -> Variable { x + -a }
  /// A number minus every element.
  public static func - (a: Double, x: Variable) -> Variable { -x + a }
  /// x times a number.
  public static func * (a: Double, x: Variable) -> Variable {
    x.builder.apply(Scale(factor: a), to: [x])
  }
  /// x times a number.
  public static func * (x: Variable, a: Double) -> Variable { a * x }
  /// x divided by a number.
  public static func / (x: Variable, a: Double) -> Variable { 1 / a * x }
  /// A number divided by every element.
  public static func / (a: Double, x: Variable) -> Variable { x.builder.constant([a]) / x }
  /// −x.
  public static prefix func - (x: Variable) -> Variable { -1 * x }
}
