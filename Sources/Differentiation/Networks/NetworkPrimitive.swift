// SPDX-License-Identifier: Apache-2.0

/// Dense layers one after the other as one node of a tape.
///
/// Events are taken in blocks that pass all layers while they are in the cache. Backwards, adjoints of
/// hidden layers exist for one block at a time; their values are kept from the evaluation before, which
/// every sweep of a tape begins with.
final class NetworkPrimitive: TwiceDifferentiable {
  private let layers: [LayerBlock]
  private let parameterCount: Int
  private static let block = 96
  /// Values of hidden layers [events × outputs], and their tangents for one block.
  private var hidden: [WorkArray] = []
  private let hiddenTangents: [WorkArray]
  // For one block: z̄, ȳ, and how both change.
  private let toSums: WorkArray, toValues: WorkArray
  private let toSumsTangent: WorkArray, toValuesTangent: WorkArray
  private let transposed: WorkArray, transposedTangent: WorkArray

  init(_ layers: [DenseLayer]) {
    var offset = 0
    self.layers = layers.map { layer in
      defer { offset += layer.parameterCount }
      return LayerBlock(
        inputs: layer.inputs, outputs: layer.outputs, activation: layer.activation, offset: offset)
    }
    parameterCount = offset
    let widest = layers.reduce(0) { max($0, $1.inputs, $1.outputs) } * Self.block
    toSums = WorkArray(widest)
    toValues = WorkArray(widest)
    toSumsTangent = WorkArray(widest)
    toValuesTangent = WorkArray(widest)
    transposed = WorkArray(offset)
    transposedTangent = WorkArray(offset)
    hiddenTangents = layers.map { WorkArray(Self.block * $0.outputs) }
  }

  var name: String {
    let widths = [layers[0].inputs] + layers.map(\.outputs)
    return "dense layers " + widths.map(String.init).joined(separator: " → ")
  }

  private var inputs: Int { layers[0].inputs }
  private var outputs: Int { layers[layers.count - 1].outputs }

  func resultCount(of counts: [Int]) -> Int? {
    guard counts.count == 2, inputs > 0, counts[0] % inputs == 0, counts[1] == parameterCount else {
      return nil
    }
    return counts[0] / inputs * outputs
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    let events = result.count / outputs
    if hidden.first?.count != events * layers[0].outputs {
      hidden = layers.dropLast().map { WorkArray(events * $0.outputs) }
    }
    guard let end = result.baseAddress else { return }
    let features = operands.start(0), parameters = operands.start(1)
    forBlocks(of: events) { first, count in
      var x = features + first * inputs
      for (index, layer) in layers.enumerated() {
        let base = index == layers.count - 1 ? end : hidden[index].base
        let y = base + first * layer.outputs
        layer.begin(y, with: parameters, events: count)
        layer.addProduct(of: x, parameters, to: y, events: count)
        layer.activate(y, events: count)
        x = UnsafePointer(y)
      }
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    guard let start = adjoint.baseAddress, let end = result.baseAddress else { return }
    let parameters = operands.start(1), toParameters = adjoints.start(1)
    for layer in layers { layer.transposeWeights(parameters, into: transposed.base) }
    forBlocks(of: adjoint.count / outputs) { first, count in
      var toY = start + first * outputs
      for index in layers.indices.reversed() {
        let layer = layers[index]
        layer.multiplySlope(
          toY, values(index + 1, first, operands, end), into: toSums.base, events: count)
        if adjoints.isWanted(1) {
          layer.addToWeights(
            toSums.base, values(index, first, operands, end), toParameters, events: count)
          layer.addToBias(toSums.base, toParameters, events: count)
        }
        guard let toX = target(index, first, count, adjoints, toValues) else { continue }
        layer.addToFeatures(toSums.base, transposed.base, toX, events: count)
        toY = UnsafePointer(toX)
      }
    }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    guard let end = result.baseAddress else { return }
    forBlocks(of: result.count / outputs) { first, count in
      move(first, count, tangents, operands, end)
      let motion = hiddenTangents[layers.count - 1]
      for i in 0..<count * outputs { tangent[first * outputs + i] = motion[i] }
    }
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    guard let start = adjoint.value.baseAddress, let startTangent = adjoint.tangent.baseAddress,
      let end = result.value.baseAddress
    else { return }
    let parameters = operands.start(1), motion = tangents.start(1)
    let toParameters = adjointTangents.start(1)
    for layer in layers {
      layer.transposeWeights(parameters, into: transposed.base)
      layer.transposeWeights(motion, into: transposedTangent.base)
    }
    forBlocks(of: result.value.count / outputs) { first, count in
      move(first, count, tangents, operands, end)
      var toY = (value: start + first * outputs, tangent: startTangent + first * outputs)
      for index in layers.indices.reversed() {
        let layer = layers[index]
        bend(index, toY, values(index + 1, first, operands, end), events: count)
        let x = values(index, first, operands, end)
        layer.addToWeights(toSumsTangent.base, x, toParameters, events: count)
        layer.addToWeights(
          toSums.base, motions(index, first, tangents), toParameters, events: count)
        layer.addToBias(toSumsTangent.base, toParameters, events: count)
        guard let toX = target(index, first, count, adjointTangents, toValuesTangent) else {
          continue
        }
        layer.addToFeatures(toSumsTangent.base, transposed.base, toX, events: count)
        layer.addToFeatures(toSums.base, transposedTangent.base, toX, events: count)
        guard index > 0 else { continue }
        toValues.base.update(repeating: 0, count: count * layer.inputs)
        layer.addToFeatures(toSums.base, transposed.base, toValues.base, events: count)
        toY = (UnsafePointer(toValues.base), UnsafePointer(toX))
      }
    }
  }
}

extension NetworkPrimitive {
  private func forBlocks(of events: Int, _ body: (_ first: Int, _ count: Int) -> Void) {
    for first in stride(from: 0, to: events, by: Self.block) {
      body(first, min(Self.block, events - first))
    }
  }

  /// What layer `index` is given from event `first` on; the result for the last index.
  private func values(
    _ index: Int, _ first: Int, _ operands: Operands, _ result: UnsafePointer<Double>
  ) -> UnsafePointer<Double> {
    if index == 0 { return operands.start(0) + first * inputs }
    if index == layers.count { return result + first * outputs }
    return UnsafePointer(hidden[index - 1].base + first * layers[index].inputs)
  }

  /// How what layer `index` is given moves, after `move`.
  private func motions(
    _ index: Int, _ first: Int, _ tangents: Operands
  ) -> UnsafePointer<Double> {
    index == 0
      ? tangents.start(0) + first * inputs
      : UnsafePointer(hiddenTangents[index - 1].base)
  }

  /// Where the adjoint of what layer `index` is given is added up; nil if nobody wants it.
  private func target(
    _ index: Int, _ first: Int, _ count: Int, _ adjoints: Adjoints, _ scratch: WorkArray
  ) -> UnsafeMutablePointer<Double>? {
    guard index == 0 else {
      scratch.base.update(repeating: 0, count: count * layers[index].inputs)
      return scratch.base
    }
    return adjoints.isWanted(0) ? adjoints.start(0) + first * inputs : nil
  }

  /// Tangents of all layers for a block: dz = dx W + x dW + db, dy = σ′ dz.
  private func move(
    _ first: Int, _ count: Int, _ tangents: Operands, _ operands: Operands,
    _ result: UnsafePointer<Double>
  ) {
    let parameters = operands.start(1), motion = tangents.start(1)
    for (index, layer) in layers.enumerated() {
      let z = hiddenTangents[index].base
      layer.begin(z, with: motion, events: count)
      layer.addProduct(of: motions(index, first, tangents), parameters, to: z, events: count)
      layer.addProduct(
        of: values(index, first, operands, result), motion, to: z, events: count)
      layer.multiplySlope(
        z, values(index + 1, first, operands, result), into: z, events: count)
    }
  }

  /// z̄ = ȳ σ′ and dz̄ = dȳ σ′ + ȳ dσ′, with dσ′ from how y moves.
  private func bend(
    _ index: Int, _ toY: (value: UnsafePointer<Double>, tangent: UnsafePointer<Double>),
    _ values: UnsafePointer<Double>, events: Int
  ) {
    let activation = layers[index].activation, motion = hiddenTangents[index].base
    for i in 0..<events * layers[index].outputs {
      let y = values[i], slope = activation.slope(y)
      toSums[i] = toY.value[i] * slope
      toSumsTangent[i] = toY.tangent[i] * slope + toY.value[i] * activation.bend(y) * motion[i]
    }
  }
}
