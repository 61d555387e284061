// SPDX-License-Identifier: Apache-2.0

/// How a parameter is constrained by an auxiliary measurement, one value per slot of the parameter.
public enum Constraint: Sendable, Hashable {
  /// No auxiliary measurement.
  case none
  /// Normal(auxiliary | parameter, sigma).
  case normal(auxiliary: [Double], sigmas: [Double])
  /// Poisson(auxiliary | parameter · tau); auxiliary = tau unless the measurement says otherwise.
  case poisson(auxiliary: [Double], tau: [Double])
}

/// A named parameter: one or several slots of the flat parameter vector, in pyhf's `par_order`.
public struct Parameter: Sendable, Hashable {
  /// The name of the modifiers that share it.
  public let name: String
  /// Its slots in the flat parameter vector.
  public let range: Range<Int>
  /// Scalar parameters are called "mu", others "gamma[0]", "gamma[1]" … even if there is only one.
  public let isScalar: Bool
  /// Suggested starting values, one per slot.
  public let inits: [Double]
  /// Suggested bounds, one per slot.
  public let bounds: [ClosedRange<Double>]
  /// Slots that fits leave at their starting value.
  public let isFixed: [Bool]
  /// The auxiliary measurement that goes with it.
  public let constraint: Constraint
}

extension Parameter {
  /// The names of its slots.
  var slotNames: [String] {
    isScalar ? [name] : range.indices.map { "\(name)[\($0 - range.lowerBound)]" }
  }
}
