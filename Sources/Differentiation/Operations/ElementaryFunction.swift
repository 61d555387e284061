// SPDX-License-Identifier: Apache-2.0
import CKernels

/// A function of one number, applied to every element.
enum ElementaryFunction: String, Primitive {
  case exp, log, squareRoot, sigmoid, logNormalCDF

  var name: String { rawValue }

  func resultCount(of counts: [Int]) -> Int? { counts.count == 1 ? counts[0] : nil }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    guard let x = operands[0].baseAddress, let y = result.baseAddress else { return }
    switch self {
    case .exp: kernel_exp(y, x, result.count)
    case .log: kernel_log(y, x, result.count)
    case .squareRoot: for i in result.indices { y[i] = x[i].squareRoot() }
    case .sigmoid:
      for i in result.indices { y[i] = -x[i] }
      kernel_exp(y, y, result.count)
      for i in result.indices { y[i] = 1 / (1 + y[i]) }
    case .logNormalCDF: for i in result.indices { y[i] = kernel_log_normal_cdf(x[i]) }
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let x = operands[0], toX = adjoints[0]
    for i in adjoint.indices { toX[i] += adjoint[i] * slope(x[i], result[i]) }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    let x = operands[0], along = tangents[0]
    for i in tangent.indices { tangent[i] = slope(x[i], result[i]) * along[i] }
  }

  /// dy/dx.
  private func slope(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .exp: return y
    case .log: return 1 / x
    case .squareRoot: return 0.5 / y
    case .sigmoid:
      // y (1 − y) without the cancellation for large x.
      var growth = 0.0
      withUnsafePointer(to: x) { kernel_exp(&growth, $0, 1) }
      return y / (1 + growth)
    case .logNormalCDF: return kernel_inverse_mills_ratio(x)
    }
  }
}

extension Variable {
  fileprivate func map(_ function: ElementaryFunction) -> Variable {
    builder.apply(function, to: [self])
  }
}

/// Elementwise exponential.
public func exp(_ x: Variable) -> Variable { x.map(.exp) }
/// Elementwise natural logarithm.
public func log(_ x: Variable) -> Variable { x.map(.log) }
/// Elementwise square root; its derivative at 0 is infinite.
public func sqrt(_ x: Variable) -> Variable { x.map(.squareRoot) }
/// Elementwise 1/(1 + exp(−x)), a smooth step.
public func sigmoid(_ x: Variable) -> Variable { x.map(.sigmoid) }
/// Elementwise logarithm of the standard normal distribution function, log Φ(x).
///
/// Accurate to 1e-13 relative for any x, also where Φ itself underflows (x < −38).
public func logNormalCDF(_ x: Variable) -> Variable { x.map(.logNormalCDF) }
