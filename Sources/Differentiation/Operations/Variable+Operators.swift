// SPDX-License-Identifier: Apache-2.0

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
