// SPDX-License-Identifier: Apache-2.0

/// A selection made of cuts with a smooth step each: the logarithms of an event's weights add up.
///
/// ```swift
/// let selection = SoftSelection(met, above: metCut, steepness: alpha)
///   .and(SoftSelection(deltaPhi, above: angleCut, steepness: alpha))
/// let signal = sum(weights * selection.weights)
/// ```
///
/// The optimum of a smooth cut is biased towards loose cuts, the more so the gentler the step: raise
/// the steepness in stages and evaluate the sharp cut in the end.
public struct SoftSelection {
  /// log w of every event, not above 0 [events].
  public let logWeights: Variable

  /// w of every event, between 0 and 1 [events].
  public var weights: Variable { exp(logWeights) }

  /// x > cut: w = 1/(1 + exp(−steepness · (x − cut))).
  ///
  /// - Parameters:
  ///   - x: [events].
  ///   - cut: [1], in units of x.
  ///   - steepness: [1], in inverse units of x.
  public init(_ x: Variable, above cut: Variable, steepness: Variable) {
    logWeights = -softplus(steepness * (cut - x))
  }

  /// x < cut.
  public init(_ x: Variable, below cut: Variable, steepness: Variable) {
    logWeights = -softplus(steepness * (x - cut))
  }

  private init(logWeights: Variable) { self.logWeights = logWeights }

  /// Events that pass this selection and another one.
  public func and(_ other: SoftSelection) -> SoftSelection {
    SoftSelection(logWeights: logWeights + other.logWeights)
  }
}
