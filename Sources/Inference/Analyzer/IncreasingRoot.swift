// SPDX-License-Identifier: Apache-2.0

/// Finds where an increasing function of a positive variable reaches a target, by Newton's steps
/// that a bracket keeps in check.
package struct IncreasingRoot {
  /// How a search ended.
  package enum Outcome: Sendable, Hashable {
    /// Where the function takes the target's value.
    case found(Double)
    /// Below the target however large the variable gets.
    case staysBelow
    /// Above the target even next to 0.
    case staysAbove
    /// Not a number at this value of the variable.
    case undefined(at: Double)
    /// Still between these when the iterations were used up, or when the function jumps there.
    case notConverged(lower: Double, upper: Double)

    /// The root, if there is one.
    package var root: Double? { if case .found(let root) = self { root } else { nil } }
  }

  /// A step this small, relative to the variable, is the last: its error is of the order of its
  /// square.
  var tolerance = 3e-5
  /// A value this near to the target, relative to it or to 1, is next to it: a function that has no
  /// such value jumps over the target, and has no root.
  var nearness = 0.01
  var maximumIterations = 80
  /// The variable gets no larger than this.
  var maximum = Double.infinity

  package init() {}

  /// Where `function` (value, derivative) is `target`.
  ///
  /// guess: where to begin; 1 takes the place of one that isn't positive and finite.
  package func solve<Failure>(
    target: Double, guess: Double,
    _ function: (Double) throws(Failure) -> (value: Double, derivative: Double)
  ) throws(Failure) -> Outcome {
    var lower = 0.0
    var upper = Double.infinity
    /// How far from the target the ends of the bracket are.
    var (below, above) = (Double.infinity, Double.infinity)
    let near = nearness * max(1, abs(target))
    var x = min(guess > 0 && guess < .infinity ? guess : 1, maximum)
    for _ in 0..<maximumIterations {
      let (value, derivative) = try function(x)
      // Bisection would take the edge of where it is defined for a root.
      if value.isNaN { return .undefined(at: x) }
      if value < target {
        (lower, below) = (x, target - value)
      } else {
        (upper, above) = (x, value - target)
      }
      if lower >= maximum { return .staysBelow }
      let newton = derivative > 0 ? x + (target - value) / derivative : .infinity
      if abs(newton - x) <= tolerance * x, abs(target - value) <= near { return .found(newton) }
      x = min(next(newton, lower: lower, upper: upper), maximum)
      if upper - lower <= 1e-12 * x {
        return min(below, above) <= near ? .found(x) : .notConverged(lower: lower, upper: upper)
      }
      if x > 1e100 { return .staysBelow }
      if x < 1e-100 { return .staysAbove }
    }
    if upper == .infinity { return .staysBelow }
    return lower == 0 ? .staysAbove : .notConverged(lower: lower, upper: upper)
  }

  /// Newton's proposal if it lies in the bracket and not absurdly far, else the bracket's middle
  /// (of the logarithms: signal strengths span decades).
  private func next(_ newton: Double, lower: Double, upper: Double) -> Double {
    if upper == .infinity { return min(max(newton, 1.05 * lower), 8 * lower) }
    if newton > lower, newton < upper {
      return lower > 0 ? newton : max(newton, upper / 64)
    }
    return lower > 0 ? (lower * upper).squareRoot() : upper / 8
  }
}
