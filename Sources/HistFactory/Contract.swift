// SPDX-License-Identifier: Apache-2.0


/// How a parameter is constrained; sigma and auxiliary data in the same order as the parameter's slots.
public enum Constraint: Sendable, Hashable {
  case none
  case normal(auxiliary: [Double], sigmas: [Double])
  /// Poisson(aux | gamma·tau); aux = tau for the nominal data.
  case poisson(tau: [Double])
}
/// A named parameter: one or several slots of the flat parameter vector (pyhf's par_order).
public struct Parameter: Sendable, Hashable {
  public let name: String
  public let range: Range<Int>
  public let isScalar: Bool  // scalar parameters are called "mu", not "mu[0]"
  public let inits: [Double], bounds: [ClosedRange<Double>], isFixed: [Bool]
  public let constraint: Constraint
}
/// Observed (or Asimov, or toy) numbers: main bins in channel order, then auxiliary data in pyhf's order.
public struct ModelData: Sendable, Hashable {
  public var main: [Double]
  public var auxiliary: [Double]
  public init(main: [Double], auxiliary: [Double]) {
    self.main = main
    self.auxiliary = auxiliary
  }
}
public struct InvalidModel: Error, Sendable, CustomStringConvertible { public let description: String }
/// A compiled model: immutable, shareable. Yields can be replaced without recompiling.
public final class Model: Sendable {
  public let parameters: [Parameter] = []
  /// Flat names in pyhf's order: "mu", "gamma[0]".
  public var parameterNames: [String] { [] }
  public var parameterOfInterest: Int? { nil }
  public var inits: [Double] { [] }
  public var bounds: [ClosedRange<Double>] { [] }
  public var isFixed: [Bool] { [] }
  public var channelNames: [String] { [] }
  /// Observed data of the workspace with the measurement's auxiliary data.
  public var data: ModelData { fatalError("contract stub") }
  /// measurement: nil takes the first.
  public init(_ workspace: Workspace, measurement: String? = nil) throws(InvalidModel) { fatalError("contract stub") }
  public func expectedData(_ parameters: [Double]) -> ModelData { fatalError("contract stub") }
  /// (channel, sample) → slots in the flat yield vector, for derivatives with respect to yields.
  public func yieldRange(channel: String, sample: String) -> Range<Int>? { nil }
}
/// The negative log likelihood of one model for one data set, with its scratch memory. Not Sendable: one per task.
public final class Likelihood {
  public let model: Model
  public var data: ModelData
  public init(_ model: Model, data: ModelData) { fatalError("contract stub") }
  /// −log L with all constants, so 2× it is pyhf's twice_nll. NaN where the model is undefined.
  public func negativeLogLikelihood(_ parameters: [Double]) -> Double { fatalError("contract stub") }
  /// Value; gradient of −log L (count = parameters).
  public func evaluate(_ parameters: [Double], gradient: inout [Double]) -> Double { fatalError("contract stub") }
  /// Value, gradient and curvature. fisher: expected information (positive semi-definite) instead of the exact Hessian.
  public func evaluate(_ parameters: [Double], gradient: inout [Double], hessian: StructuredHessian, fisher: Bool) -> Double { fatalError("contract stub") }
  /// ∂(−log L)/∂(nominal yield), flat over (channel, sample, bin); modifiers' absolute templates (histosys) held fixed.
  public func yieldGradient(_ parameters: [Double]) -> [Double] { fatalError("contract stub") }
}
/// Hessian of −log L: dense block over shared parameters, small blocks for gammas that touch one bin, coupling.
public final class StructuredHessian {
  public init(for model: Model) { fatalError("contract stub") }
  /// Prepares solves on the free parameters with damping·1 added to the diagonal; false if not positive definite.
  public func factorise(free: [Bool], damping: Double) -> Bool { fatalError("contract stub") }
  /// Solution of (H_free + damping) d = rhs; 0 at parameters that aren't free. Call after factorise.
  public func solve(_ rhs: [Double], into solution: inout [Double]) { fatalError("contract stub") }
  /// Row-major dense copy [parameters × parameters].
  public func dense() -> [Double] { fatalError("contract stub") }
}
