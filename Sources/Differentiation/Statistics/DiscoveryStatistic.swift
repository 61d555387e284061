// SPDX-License-Identifier: Apache-2.0

/// q0 of the Asimov data s + b in every bin, the square of the median significance of a discovery:
/// 2 [(s + b) log(1 + s/b) − s] (arXiv:1007.1727 eq. 97).
///
/// Accurate for s ≪ b too. It grows without limit as a bin's background goes to 0: a computation that
/// may move events between bins finds bins with hardly a simulated event. Give it
/// `discoveryStatistic(signal:background:variance:)` instead.
///
/// - Parameters:
///   - signal: the signal, ≥ 0 [bins].
///   - background: the background, > 0 [bins].
/// - Returns: [bins]; `sum` and `rootOfStatistic(_:)` make Z of it.
public func discoveryStatistic(signal: Variable, background: Variable) -> Variable {
  2 * (background * relativeEntropy(signal / background))
}

/// q0 of the Asimov data s + b in every bin where b is known with a variance v only
/// (Cowan, "Discovery sensitivity for a counting experiment with background uncertainty", 2012).
///
/// 2 [(s + b) log(1 + s b/(b² + (s + b) v)) − b²/v log(1 + v s/(b (b + v)))], which goes to 0 with b
/// if v doesn't: an empty bin wins nothing.
///
/// - Parameters:
///   - s: the signal, ≥ 0 [bins].
///   - b: the background, > 0 [bins].
///   - v: the background's variance, > 0 [bins], such as Σw² of the simulated events.
/// - Returns: [bins]; `sum` and `rootOfStatistic(_:)` make Z of it.
public func discoveryStatistic(
  signal s: Variable, background b: Variable, variance v: Variable
) -> Variable {
  let total = s + b, square = b * b
  let fluctuation = total * log1p(s * b / (square + total * v))
  let constraint = square / v * log1p(v * s / (b * (b + v)))
  return 2 * (fluctuation - constraint)
}
