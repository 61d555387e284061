// SPDX-License-Identifier: Apache-2.0
import CKernels

/// What a dense layer does to its sums z; all know their derivatives from y = σ(z) alone.
public enum Activation: String, Sendable, Hashable, Codable {
  /// y = z.
  case identity
  /// max(0, z).
  case relu
  /// tanh z.
  case tanh
  /// 1/(1 + exp(−z)).
  case sigmoid
  /// log(1 + exp(z)).
  case softplus

  func apply(to z: UnsafeMutableBufferPointer<Double>) {
    guard let base = z.baseAddress else { return }
    switch self {
    case .identity: break
    case .relu: kernel_relu(base, base, z.count)
    case .tanh: kernel_tanh(base, base, z.count)
    case .sigmoid: kernel_sigmoid(base, base, z.count)
    case .softplus: kernel_softplus(base, base, z.count)
    }
  }

  /// Writes ȳ σ′(z) from the values y, maybe in the place of ȳ.
  func multiplySlope(
    _ adjoint: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    into result: UnsafeMutableBufferPointer<Double>
  ) {
    guard let to = result.baseAddress, let from = adjoint.baseAddress, let values = y.baseAddress
    else { return }
    switch self {
    case .identity: for i in y.indices { result[i] = adjoint[i] }
    case .relu: kernel_relu_adjoint(to, from, values, y.count)
    case .tanh: for i in y.indices { result[i] = adjoint[i] * (1 - y[i] * y[i]) }
    case .sigmoid: for i in y.indices { result[i] = adjoint[i] * (y[i] * (1 - y[i])) }
    case .softplus: for i in y.indices { result[i] = adjoint[i] * slope(y[i]) }
    }
  }

  /// σ′(z) from y.
  func slope(_ y: Double) -> Double {
    switch self {
    case .identity: 1
    case .relu: y > 0 ? 1 : 0
    case .tanh: 1 - y * y
    case .sigmoid: y * (1 - y)
    case .softplus: 1 - ElementaryFunction.exp.value(-y)
    }
  }

  /// σ″(z)/σ′(z) from y, so that dσ′ = this · dy.
  func bend(_ y: Double) -> Double {
    switch self {
    case .identity, .relu: 0
    case .tanh: -2 * y
    case .sigmoid: 1 - 2 * y
    case .softplus: ElementaryFunction.exp.value(-y)
    }
  }
}
