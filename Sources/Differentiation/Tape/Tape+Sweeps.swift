// SPDX-License-Identifier: Apache-2.0

extension Tape {
  /// Computes all values.
  func replay(_ point: [Double]) throws(TapeFailure) {
    write(point: point, to: values)
    for index in steps.indices {
      let step = steps[index]
      do {
        try step.primitive.evaluate(
          Operands(base: values.base, places: step.operands),
          into: step.result.mutableBuffer(values))
      } catch {
        throw failure(of: index, in: .value, because: error)
      }
    }
    if !isFinite(result, in: values) { throw culprit(of: .value, in: values) }
  }

  /// Computes all tangents, after the values.
  func sweepForward(_ direction: [Double]) throws(TapeFailure) {
    tangents.fill(0)
    write(point: direction, to: tangents)
    for index in steps.indices where steps[index].result.isVarying {
      let step = steps[index]
      do {
        try step.primitive.pushForward(
          Operands(base: tangents.base, places: step.operands), result: step.result.buffer(values),
          operands: Operands(base: values.base, places: step.operands),
          into: step.result.mutableBuffer(tangents))
      } catch {
        throw failure(of: index, in: .tangent, because: error)
      }
    }
    if !isFinite(result, in: tangents) { throw culprit(of: .tangent, in: tangents) }
  }

  /// Computes all adjoints, after the values.
  func sweepBack(_ cotangent: [Double], into gradient: inout [Double]) throws(TapeFailure) {
    try begin(adjoints, with: cotangent)
    for index in steps.indices.reversed() { try pullBack(index) }
    collect(adjoints, into: &gradient)
    if !gradient.allSatisfy(\.isFinite) {
      // Once more, looking closely: whose operands' adjoints were finite until it was called?
      try begin(adjoints, with: cotangent)
      for index in steps.indices.reversed() {
        try pullBack(index)
        try refuseNonFinite(index, adjoints, .gradient)
      }
    }
  }

  /// Computes how the adjoints change along the tangents, after values, tangents and adjoints.
  func sweepBackTangent(into product: inout [Double]) throws(TapeFailure) {
    clear(adjointTangents)
    for index in steps.indices.reversed() { try pullBackTangent(index) }
    collect(adjointTangents, into: &product)
    if !product.allSatisfy(\.isFinite) {
      clear(adjointTangents)
      for index in steps.indices.reversed() {
        try pullBackTangent(index)
        try refuseNonFinite(index, adjointTangents, .hessianProduct)
      }
    }
  }

  private func pullBack(_ index: Int) throws(TapeFailure) {
    let step = steps[index]
    guard step.result.isVarying else { return }
    do {
      try step.primitive.pullBack(
        step.result.buffer(adjoints), result: step.result.buffer(values),
        operands: Operands(base: values.base, places: step.operands),
        into: Adjoints(base: adjoints.base, places: step.operands))
    } catch {
      throw failure(of: index, in: .gradient, because: error)
    }
  }

  private func pullBackTangent(_ index: Int) throws(TapeFailure) {
    let step = steps[index]
    guard step.result.isVarying else { return }
    guard let primitive = step.primitive as? any TwiceDifferentiable else {
      throw TapeFailure(
        operation: step.primitive.name, position: index + 1, sweep: .hessianProduct,
        reason: "has no second derivatives; let it conform to 'TwiceDifferentiable'")
    }
    do {
      try primitive.pullBackTangent(
        of: moving(step.result, adjoints, adjointTangents),
        result: moving(step.result, values, tangents),
        operands: Operands(base: values.base, places: step.operands),
        tangents: Operands(base: tangents.base, places: step.operands),
        into: Adjoints(base: adjointTangents.base, places: step.operands))
    } catch {
      throw failure(of: index, in: .hessianProduct, because: error)
    }
  }

  private func moving(_ place: Place, _ numbers: WorkArray, _ tangents: WorkArray) -> Moving {
    Moving(value: place.buffer(numbers), tangent: place.buffer(tangents))
  }

  private func begin(_ adjoints: WorkArray, with cotangent: [Double]) throws(TapeFailure) {
    precondition(cotangent.count == resultCount, "a cotangent needs \(resultCount) numbers")
    clear(adjoints)
    for (index, value) in cotangent.enumerated() { adjoints[result.offset + index] = value }
  }

  /// Zeros for whatever depends on an input; what doesn't is never read.
  private func clear(_ adjoints: WorkArray) {
    for input in inputs { input.mutableBuffer(adjoints).update(repeating: 0) }
    for step in steps where step.result.isVarying {
      step.result.mutableBuffer(adjoints).update(repeating: 0)
    }
    result.mutableBuffer(adjoints).update(repeating: 0)
  }

  private func collect(_ adjoints: WorkArray, into gradient: inout [Double]) {
    if gradient.count != inputCount { gradient = Array(repeating: 0, count: inputCount) }
    var next = 0
    for input in inputs {
      for index in 0..<input.count {
        gradient[next] = adjoints[input.offset + index]
        next += 1
      }
    }
  }
}
