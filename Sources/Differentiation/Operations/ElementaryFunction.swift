// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation

/// The functions that the module brings along, with kernels for many elements.
enum ElementaryFunction: String, ScalarFunction {
  case exp, log, logOnePlus, squareRoot, sigmoid, softplus, tanh, rectifier
  case normalCDF, logNormalCDF, relativeEntropy

  var name: String { rawValue }

  func evaluate(
    _ numbers: UnsafeBufferPointer<Double>, into result: UnsafeMutableBufferPointer<Double>
  ) {
    guard let x = numbers.baseAddress, let y = result.baseAddress else { return }
    switch self {
    case .exp: kernel_exp(y, x, result.count)
    case .log: kernel_log(y, x, result.count)
    case .sigmoid: kernel_sigmoid(y, x, result.count)
    case .softplus: kernel_softplus(y, x, result.count)
    case .tanh: kernel_tanh(y, x, result.count)
    case .rectifier: kernel_relu(y, x, result.count)
    case .normalCDF: kernel_normal_cdf(y, x, result.count)
    case .logOnePlus, .squareRoot, .logNormalCDF, .relativeEntropy:
      for i in result.indices { y[i] = value(x[i]) }
    }
  }

  func slopes(
    _ numbers: UnsafeBufferPointer<Double>, _ results: UnsafeBufferPointer<Double>,
    into slopes: UnsafeMutableBufferPointer<Double>
  ) {
    guard let x = numbers.baseAddress, let s = slopes.baseAddress else { return }
    switch self {
    case .exp: for i in slopes.indices { s[i] = results[i] }
    case .softplus: kernel_sigmoid(s, x, slopes.count)
    case .sigmoid:
      kernel_exp(s, x, slopes.count)
      for i in slopes.indices { s[i] = results[i] / (1 + s[i]) }
    default: for i in slopes.indices { s[i] = slope(x[i], results[i]) }
    }
  }

  func value(_ x: Double) -> Double {
    switch self {
    case .exp: apply(kernel_exp, x)
    case .log: apply(kernel_log, x)
    case .sigmoid: apply(kernel_sigmoid, x)
    case .softplus: apply(kernel_softplus, x)
    case .tanh: apply(kernel_tanh, x)
    case .normalCDF: apply(kernel_normal_cdf, x)
    case .logOnePlus: log1p(x)
    case .squareRoot: x.squareRoot()
    case .rectifier: apply(kernel_relu, x)
    case .logNormalCDF: kernel_log_normal_cdf(x)
    case .relativeEntropy: entropy(x)
    }
  }

  func slope(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .exp: y
    case .log: 1 / x
    case .logOnePlus: 1 / (1 + x)
    case .squareRoot: 0.5 / y
    // y (1 − y) without the cancellation for large x.
    case .sigmoid: y / (1 + apply(kernel_exp, x))
    case .softplus: apply(kernel_sigmoid, x)
    case .tanh: 4 * apply(kernel_sigmoid, 2 * x) * apply(kernel_sigmoid, -2 * x)
    case .rectifier: x > 0 ? 1 : 0
    case .normalCDF: density(x)
    case .logNormalCDF: kernel_inverse_mills_ratio(x)
    case .relativeEntropy: log1p(x)
    }
  }

  func curvature(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .exp: return y
    case .log: return -1 / (x * x)
    case .logOnePlus: return -1 / ((1 + x) * (1 + x))
    case .squareRoot: return -0.25 / (y * y * y)
    case .sigmoid: return slope(x, y) * (1 - 2 * y)
    case .softplus:
      let pass = apply(kernel_sigmoid, x)
      return pass / (1 + apply(kernel_exp, x))
    case .tanh: return -2 * y * slope(x, y)
    case .rectifier: return 0
    case .normalCDF: return -x * density(x)
    case .logNormalCDF:
      let ratio = kernel_inverse_mills_ratio(x)
      return -ratio * (x + ratio)
    case .relativeEntropy: return 1 / (1 + x)
    }
  }

  private func apply(
    _ kernel: (UnsafeMutablePointer<Double>, UnsafePointer<Double>, Int) -> Void, _ x: Double
  ) -> Double {
    var number = x
    withUnsafeMutablePointer(to: &number) { kernel($0, $0, 1) }
    return number
  }

  private func density(_ x: Double) -> Double {
    0.39894228040143267794 * apply(kernel_exp, -0.5 * x * x)
  }

  /// (1 + x) log(1 + x) − x, which is x²/2 − x³/6 + x⁴/12 − … for small x, where the difference would
  /// leave nothing but rounding.
  private func entropy(_ x: Double) -> Double {
    guard abs(x) < 0.05 else { return x == -1 ? 1 : (1 + x) * log1p(x) - x }
    var sum = 0.0, power = x * x
    for k in 2..<14 {
      let term = power / Double(k * (k - 1))
      sum += k % 2 == 0 ? term : -term
      power *= x
    }
    return sum
  }
}

/// Elementwise exponential.
public func exp(_ x: Variable) -> Variable { x.map(ElementaryFunction.exp) }
/// Elementwise natural logarithm.
public func log(_ x: Variable) -> Variable { x.map(ElementaryFunction.log) }
/// Elementwise log(1 + x), accurate for small x.
public func log1p(_ x: Variable) -> Variable { x.map(ElementaryFunction.logOnePlus) }
/// Elementwise square root; its derivative at 0 is infinite: see `rootOfStatistic(_:)`.
public func sqrt(_ x: Variable) -> Variable { x.map(ElementaryFunction.squareRoot) }
/// Elementwise 1/(1 + exp(−x)), a smooth step.
public func sigmoid(_ x: Variable) -> Variable { x.map(ElementaryFunction.sigmoid) }
/// Elementwise log(1 + exp(x)) for any x; log sigmoid(x) is −softplus(−x).
public func softplus(_ x: Variable) -> Variable { x.map(ElementaryFunction.softplus) }
/// Elementwise hyperbolic tangent.
public func tanh(_ x: Variable) -> Variable { x.map(ElementaryFunction.tanh) }
/// Elementwise max(0, x), with slope 0 at 0.
public func relu(_ x: Variable) -> Variable { x.map(ElementaryFunction.rectifier) }
/// Elementwise standard normal distribution function Φ(x); relative accuracy 1e-13.
public func normalCDF(_ x: Variable) -> Variable { x.map(ElementaryFunction.normalCDF) }
/// Elementwise logarithm of the standard normal distribution function, log Φ(x).
///
/// Accurate to 1e-13 relative for any x, also where Φ itself underflows (x < −38).
public func logNormalCDF(_ x: Variable) -> Variable { x.map(ElementaryFunction.logNormalCDF) }
/// Elementwise (1 + x) log(1 + x) − x, x ≥ −1, accurate for small x too.
///
/// b times this of s/b is half the test statistic of a discovery
/// (arXiv:1007.1727 eq. 97).
public func relativeEntropy(_ x: Variable) -> Variable {
  x.map(ElementaryFunction.relativeEntropy)
}
