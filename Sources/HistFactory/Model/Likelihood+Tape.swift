// SPDX-License-Identifier: Apache-2.0
public import Differentiation

extension Likelihood {
  /// −log L at parameters [parameters] that a tape computes: one node of it.
  ///
  /// The node uses this likelihood's scratch memory, and its data at the time of the replay.
  public func negativeLogLikelihood(_ parameters: Variable) -> Variable {
    parameters.builder.apply(LikelihoodPrimitive(likelihood: self), to: [parameters])
  }
}

private struct LikelihoodPrimitive: Primitive {
  let likelihood: Likelihood

  var name: String { "negative log likelihood" }

  func resultCount(of counts: [Int]) -> Int? {
    counts == [likelihood.model.inits.count] ? 1 : nil
  }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    likelihood.rates.evaluate(operands[0])
    result[0] = likelihood.value()
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let toParameters = adjoints[0]
    evaluateGradient(operands)
    for i in toParameters.indices { toParameters[i] += adjoint[0] * likelihood.tapeGradient[i] }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    evaluateGradient(operands)
    tangent[0] = zip(likelihood.tapeGradient, tangents[0]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Anew, since the likelihood may have been evaluated elsewhere after this node was.
  private func evaluateGradient(_ operands: Operands) {
    likelihood.rates.evaluate(operands[0])
    _ = likelihood.value()
    likelihood.pullBack(into: &likelihood.tapeGradient)
  }
}
