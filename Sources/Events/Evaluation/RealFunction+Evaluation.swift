// SPDX-License-Identifier: Apache-2.0
import Foundation

extension RealFunction {
  /// The function of a number, as the C library has it.
  @inline(__always)
  func value(_ x: Double) -> Double {
    switch self {
    case .sqrt: x.squareRoot()
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    case .log10: Foundation.log10(x)
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .tan: Foundation.tan(x)
    case .sinh: Foundation.sinh(x)
    case .cosh: Foundation.cosh(x)
    case .floor: x.rounded(.down)
    }
  }

  /// The function of each element: a loop for each function, so that the compiler knows which.
  func applied(to x: Operand<Double>, count: Int) -> [Double] {
    switch self {
    case .sqrt: map(x, count: count) { Self.sqrt.value($0) }
    case .exp: map(x, count: count) { Self.exp.value($0) }
    case .log: map(x, count: count) { Self.log.value($0) }
    case .log10: map(x, count: count) { Self.log10.value($0) }
    case .sin: map(x, count: count) { Self.sin.value($0) }
    case .cos: map(x, count: count) { Self.cos.value($0) }
    case .tan: map(x, count: count) { Self.tan.value($0) }
    case .sinh: map(x, count: count) { Self.sinh.value($0) }
    case .cosh: map(x, count: count) { Self.cosh.value($0) }
    case .floor: map(x, count: count) { Self.floor.value($0) }
    }
  }
}

extension RealFunction2 {
  /// The function of two numbers.
  @inline(__always)
  func value(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .atan2: Foundation.atan2(x, y)
    case .power: Foundation.pow(x, y)
    case .deltaPhi: azimuthalDifference(x, y)
    }
  }

  /// The function of each pair of elements.
  func applied(to x: Operand<Double>, _ y: Operand<Double>, count: Int) -> [Double] {
    switch self {
    case .atan2: map(x, y, count: count) { Self.atan2.value($0, $1) }
    case .power: map(x, y, count: count) { Self.power.value($0, $1) }
    case .deltaPhi: RealKernels.azimuthalDifferences(x, y, count: count)
    }
  }
}

/// φ₁ − φ₂ into (−π, π]; NaN if either is not finite.
func azimuthalDifference(_ first: Double, _ second: Double) -> Double {
  var difference = first - second
  if !(difference.magnitude <= 3 * .pi) { difference.formRemainder(dividingBy: 2 * .pi) }
  if difference > .pi { return difference - 2 * .pi }
  return difference <= -.pi ? difference + 2 * .pi : difference
}
