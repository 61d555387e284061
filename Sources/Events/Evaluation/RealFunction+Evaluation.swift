// SPDX-License-Identifier: Apache-2.0
import Foundation

extension RealFunction {
  /// The function of each element, as the C library has it.
  func applied(to x: Operand<Double>, count: Int) -> [Double] {
    switch self {
    case .sqrt: map(x, count: count) { $0.squareRoot() }
    case .exp: map(x, count: count) { Foundation.exp($0) }
    case .log: map(x, count: count) { Foundation.log($0) }
    case .log10: map(x, count: count) { Foundation.log10($0) }
    case .sin: map(x, count: count) { Foundation.sin($0) }
    case .cos: map(x, count: count) { Foundation.cos($0) }
    case .tan: map(x, count: count) { Foundation.tan($0) }
    case .sinh: map(x, count: count) { Foundation.sinh($0) }
    case .cosh: map(x, count: count) { Foundation.cosh($0) }
    case .floor: map(x, count: count) { $0.rounded(.down) }
    }
  }
}

extension RealFunction2 {
  /// The function of each pair of elements.
  func applied(to x: Operand<Double>, _ y: Operand<Double>, count: Int) -> [Double] {
    switch self {
    case .atan2: map(x, y, count: count) { Foundation.atan2($0, $1) }
    case .power: map(x, y, count: count) { Foundation.pow($0, $1) }
    case .deltaPhi: map(x, y, count: count) { azimuthalDifference($0, $1) }
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
