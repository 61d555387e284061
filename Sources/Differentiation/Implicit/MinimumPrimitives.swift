// SPDX-License-Identifier: Apache-2.0

/// f(θ̂(φ), φ), with the envelope theorem: its gradient is ∂f/∂φ at θ̂.
struct MinimumValue: TwiceDifferentiable {
  let minimum: InnerMinimum
  var name: String { "minimum" }

  func resultCount(of counts: [Int]) -> Int? { counts == [minimum.outerCount] ? 1 : nil }

  func evaluate(
    _ operands: Operands, into result: UnsafeMutableBufferPointer<Double>
  ) throws {
    result[0] = try minimum.solve(operands[0]).value
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) throws {
    let gradient = try outerGradient(operands)
    let toOuter = adjoints[0]
    for i in toOuter.indices { toOuter[i] += adjoint[0] * gradient[i] }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) throws {
    tangent[0] = dot(try outerGradient(operands), tangents[0])
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) throws {
    // d(∂f/∂φ) = f_φφ dφ + f_φθ dθ̂: the outer part of the Hessian times (dθ̂, dφ).
    let solution = try minimum.solve(operands[0])
    let motion = try minimum.motion(solution, along: tangents[0])
    var gradient: [Double] = [], change: [Double] = []
    try minimum.tape.pullBack(
      [1], along: motion + Array(tangents[0]), at: solution.point + solution.outer,
      into: &gradient, product: &change)
    let toOuter = adjointTangents[0], inner = minimum.innerCount
    for i in toOuter.indices {
      toOuter[i] += adjoint.tangent[0] * gradient[inner + i] + adjoint.value[0] * change[inner + i]
    }
  }

  private func outerGradient(_ operands: Operands) throws -> [Double] {
    let solution = try minimum.solve(operands[0])
    var gradient: [Double] = []
    _ = try minimum.tape.gradient(at: solution.point + solution.outer, into: &gradient)
    return Array(gradient.dropFirst(minimum.innerCount))
  }
}

/// θ̂(φ), with dθ̂ = −H⁻¹ ∂²f/∂θ∂φ dφ.
struct MinimumPoint: Primitive {
  let minimum: InnerMinimum
  var name: String { "place of minimum" }

  func resultCount(of counts: [Int]) -> Int? {
    counts == [minimum.outerCount] ? minimum.innerCount : nil
  }

  func evaluate(
    _ operands: Operands, into result: UnsafeMutableBufferPointer<Double>
  ) throws {
    _ = result.update(fromContentsOf: try minimum.solve(operands[0]).point)
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) throws {
    // One solution of H λ = θ̄ and one product with the mixed second derivatives.
    let solution = try minimum.solve(operands[0])
    let multipliers = try solution.factor().solve(solution.free.map { adjoint[$0] })
    let direction = solution.scatter(multipliers) + solution.outer.map { _ in 0 }
    var product: [Double] = []
    try minimum.tape.hessianProduct(
      direction, at: solution.point + solution.outer, into: &product)
    let toOuter = adjoints[0]
    for i in toOuter.indices { toOuter[i] -= product[minimum.innerCount + i] }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) throws {
    let motion = try minimum.motion(minimum.solve(operands[0]), along: tangents[0])
    _ = tangent.update(fromContentsOf: motion)
  }
}
