// SPDX-License-Identifier: Apache-2.0
public import Differentiation

/// −log L as a function of the parameters: one node of a tape.
///
/// The node uses the likelihood's scratch memory and its data at the time of the replay.
extension Likelihood: Primitive {
  public var name: String { "negative log likelihood" }

  public func resultCount(of counts: [Int]) -> Int? { counts == [model.inits.count] ? 1 : nil }

  public func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    rates.evaluate(operands[0])
    result[0] = value()
  }

  public func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let gradient = nodeGradient(operands), toParameters = adjoints[0]
    for i in gradient.indices { toParameters[i] += adjoint[0] * gradient[i] }
  }

  public func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    tangent[0] = zip(nodeGradient(operands), tangents[0]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The gradient at the operands, which another node may have replaced since `evaluate`.
  private func nodeGradient(_ operands: Operands) -> [Double] {
    rates.evaluate(operands[0])
    _ = value()
    pullBack(into: &tapeGradient)
    return tapeGradient
  }
}
