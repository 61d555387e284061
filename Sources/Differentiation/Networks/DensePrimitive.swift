// SPDX-License-Identifier: Apache-2.0
import CKernels

/// A dense layer on a tape. Events are taken in blocks whose scratch memory stays in the cache.
final class DensePrimitive: TwiceDifferentiable {
  private let layer: DenseLayer
  private let inputs: Int, outputs: Int
  private static let block = 96
  /// z̄ of a block of events, and how it changes.
  private let scratch: WorkArray
  private let scratchTangent: WorkArray
  /// Wᵀ, and how it changes.
  private let transposed: WorkArray
  private let transposedTangent: WorkArray

  init(_ layer: DenseLayer) {
    self.layer = layer
    inputs = layer.inputs
    outputs = layer.outputs
    scratch = WorkArray(Self.block * outputs)
    scratchTangent = WorkArray(Self.block * outputs)
    transposed = WorkArray(inputs * outputs)
    transposedTangent = WorkArray(inputs * outputs)
  }

  var name: String { "dense layer \(inputs) → \(outputs)" }

  func resultCount(of counts: [Int]) -> Int? {
    guard counts.count == 2, inputs > 0, counts[0] % inputs == 0,
      counts[1] == layer.parameterCount
    else { return nil }
    return counts[0] / inputs * outputs
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    addProducts(operands[0], operands[1], into: result)
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    if adjoints.isWanted(0) { transpose(operands[1], into: transposed) }
    forBlocks(of: result.count) { rows in
      let block = UnsafeMutableBufferPointer(start: scratch.base, count: rows.count * outputs)
      let range = rows.lowerBound * outputs..<rows.upperBound * outputs
      layer.activation.multiplySlope(
        UnsafeBufferPointer(rebasing: adjoint[range]),
        UnsafeBufferPointer(rebasing: result[range]), into: block)
      if adjoints.isWanted(0) { addToFeatures(scratch, transposed, rows, adjoints[0]) }
      if adjoints.isWanted(1) {
        addToWeights(scratch, operands[0], rows, adjoints[1])
        addToBias(scratch, rows.count, adjoints[1])
      }
    }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    // dz = dx W + x dW + db, dy = σ′ dz.
    let weights = UnsafeBufferPointer(rebasing: operands[1][0..<inputs * outputs])
    forBlocks(of: result.count) { rows in
      let range = rows.lowerBound * outputs..<rows.upperBound * outputs
      let block = UnsafeMutableBufferPointer(rebasing: tangent[range])
      begin(block, with: tangents[1])
      addProduct(tangents[0], weights, rows, block)
      addProduct(operands[0], tangents[1], rows, block)
      layer.activation.multiplySlope(
        UnsafeBufferPointer(block), UnsafeBufferPointer(rebasing: result[range]), into: block)
    }
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    transpose(operands[1], into: transposed)
    transpose(tangents[1], into: transposedTangent)
    let activation = layer.activation
    let toX = adjointTangents[0], toParameters = adjointTangents[1]
    forBlocks(of: result.value.count) { rows in
      // z̄ = ȳ σ′, dz̄ = dȳ σ′ + ȳ σ″ dz.
      for i in 0..<rows.count * outputs {
        let element = rows.lowerBound * outputs + i
        let y = result.value[element], slope = activation.slope(y)
        scratch[i] = adjoint.value[element] * slope
        scratchTangent[i] =
          adjoint.tangent[element] * slope
          + adjoint.value[element] * activation.bend(y) * result.tangent[element]
      }
      if adjointTangents.isWanted(0) {
        addToFeatures(scratchTangent, transposed, rows, toX)
        addToFeatures(scratch, transposedTangent, rows, toX)
      }
      addToWeights(scratchTangent, operands[0], rows, toParameters)
      addToWeights(scratch, tangents[0], rows, toParameters)
      addToBias(scratchTangent, rows.count, toParameters)
    }
  }
}

extension DensePrimitive {
  private func forBlocks(of count: Int, _ body: (Range<Int>) -> Void) {
    let events = count / outputs
    for begin in stride(from: 0, to: events, by: Self.block) {
      body(begin..<min(begin + Self.block, events))
    }
  }

  /// σ(x W + b) block after block, so that σ finds z in the cache.
  private func addProducts(
    _ x: UnsafeBufferPointer<Double>, _ parameters: UnsafeBufferPointer<Double>,
    into result: UnsafeMutableBufferPointer<Double>
  ) {
    forBlocks(of: result.count) { rows in
      let range = rows.lowerBound * outputs..<rows.upperBound * outputs
      let block = UnsafeMutableBufferPointer(rebasing: result[range])
      begin(block, with: parameters)
      addProduct(x, parameters, rows, block)
      layer.activation.apply(to: block)
    }
  }

  /// The bias in every row.
  private func begin(
    _ block: UnsafeMutableBufferPointer<Double>, with parameters: UnsafeBufferPointer<Double>
  ) {
    guard let to = block.baseAddress, let from = parameters.baseAddress else { return }
    kernel_repeat_row(to, from + inputs * outputs, block.count / outputs, outputs)
  }

  private func addProduct(
    _ x: UnsafeBufferPointer<Double>, _ weights: UnsafeBufferPointer<Double>, _ rows: Range<Int>,
    _ block: UnsafeMutableBufferPointer<Double>
  ) {
    guard let to = block.baseAddress, let from = x.baseAddress, let with = weights.baseAddress
    else { return }
    kernel_matrix_product(
      to, outputs, from + rows.lowerBound * inputs, inputs, 1, with, outputs, rows.count, outputs,
      inputs)
  }

  private func transpose(_ parameters: UnsafeBufferPointer<Double>, into result: WorkArray) {
    for k in 0..<inputs {
      for j in 0..<outputs { result[j * inputs + k] = parameters[k * outputs + j] }
    }
  }

  /// x̄ += z̄ Wᵀ.
  private func addToFeatures(
    _ block: WorkArray, _ weights: WorkArray, _ rows: Range<Int>,
    _ target: UnsafeMutableBufferPointer<Double>
  ) {
    guard let to = target.baseAddress else { return }
    kernel_matrix_product(
      to + rows.lowerBound * inputs, inputs, block.base, outputs, 1, weights.base, inputs,
      rows.count, inputs, outputs)
  }

  /// W̄ += xᵀ z̄.
  private func addToWeights(
    _ block: WorkArray, _ x: UnsafeBufferPointer<Double>, _ rows: Range<Int>,
    _ target: UnsafeMutableBufferPointer<Double>
  ) {
    guard let to = target.baseAddress, let from = x.baseAddress else { return }
    kernel_matrix_product(
      to, outputs, from + rows.lowerBound * inputs, 1, inputs, block.base, outputs, inputs,
      outputs, rows.count)
  }

  /// b̄ += Σ z̄.
  private func addToBias(
    _ block: WorkArray, _ events: Int, _ target: UnsafeMutableBufferPointer<Double>
  ) {
    guard let to = target.baseAddress else { return }
    for event in 0..<events {
      kernel_axpy(to + inputs * outputs, 1, block.base + event * outputs, outputs)
    }
  }
}
