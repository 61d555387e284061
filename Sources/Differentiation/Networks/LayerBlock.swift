// SPDX-License-Identifier: Apache-2.0
import CKernels

/// The arithmetic of one dense layer on a block of events, on numbers wherever they lie.
struct LayerBlock {
  typealias Numbers = UnsafePointer<Double>
  typealias Target = UnsafeMutablePointer<Double>

  let inputs: Int
  let outputs: Int
  let activation: Activation
  /// Where the layer's weights begin among the parameters; its biases follow them.
  let offset: Int

  private var bias: Int { offset + inputs * outputs }

  /// z = b in every row.
  func begin(_ z: Target, with parameters: Numbers, events: Int) {
    kernel_repeat_row(z, parameters + bias, events, outputs)
  }

  /// z += x W.
  func addProduct(of x: Numbers, _ parameters: Numbers, to z: Target, events: Int) {
    kernel_matrix_product(
      z, outputs, x, inputs, 1, parameters + offset, outputs, events, outputs, inputs)
  }

  /// y = σ(z) in place.
  func activate(_ z: Target, events: Int) {
    activation.apply(to: UnsafeMutableBufferPointer(start: z, count: events * outputs))
  }

  /// z̄ = ȳ σ′(z), which may take the place of ȳ.
  func multiplySlope(_ adjoint: Numbers, _ y: Numbers, into z: Target, events: Int) {
    let count = events * outputs
    activation.multiplySlope(
      UnsafeBufferPointer(start: adjoint, count: count),
      UnsafeBufferPointer(start: y, count: count),
      into: UnsafeMutableBufferPointer(start: z, count: count))
  }

  /// Wᵀ in the same place among as many numbers.
  func transposeWeights(_ parameters: Numbers, into transposed: Target) {
    transpose(parameters + offset, into: transposed + offset, rows: inputs, columns: outputs)
  }

  /// x̄ += z̄ Wᵀ.
  func addToFeatures(_ z: Numbers, _ transposed: Numbers, _ target: Target, events: Int) {
    kernel_matrix_product(
      target, inputs, z, outputs, 1, transposed + offset, inputs, events, inputs, outputs)
  }

  /// W̄ += xᵀ z̄.
  func addToWeights(_ z: Numbers, _ x: Numbers, _ target: Target, events: Int) {
    kernel_matrix_product(
      target + offset, outputs, x, 1, inputs, z, outputs, inputs, outputs, events)
  }

  /// b̄ += Σ z̄.
  func addToBias(_ z: Numbers, _ target: Target, events: Int) {
    for event in 0..<events { kernel_axpy(target + bias, 1, z + event * outputs, outputs) }
  }
}
