// SPDX-License-Identifier: Apache-2.0

/// Finds where an increasing function of a positive variable reaches a target, by Newton's steps
/// that a bracket keeps in check.
package struct IncreasingRoot {
  /// A step this small, relative to the variable, is the last: its error is of the order of its
  /// square.
  var tolerance = 3e-5
  var maximumIterations = 80

  package init() {}

  /// Where `function` (value, derivative) is `target`; nil if it stays below however large the
  /// variable gets, is above even next to 0, or is no number somewhere on the way.
  ///
  /// guess: where to begin; 1 takes the place of one that isn't positive and finite.
  package func solve<Failure>(
    target: Double, guess: Double,
    _ function: (Double) throws(Failure) -> (value: Double, derivative: Double)
  ) throws(Failure) -> Double? {
    var lower = 0.0
    var upper = Double.infinity
    var x = guess > 0 && guess < .infinity ? guess : 1
    for _ in 0..<maximumIterations {
      let (value, derivative) = try function(x)
      // Bisection would take the edge of where it is defined for a root.
      if value.isNaN { return nil }
      if value < target { lower = x } else { upper = x }
      let newton = derivative > 0 ? x + (target - value) / derivative : .infinity
      if abs(newton - x) <= tolerance * x { return newton }
      x = next(newton, lower: lower, upper: upper)
      if upper - lower <= 1e-12 * x { return x }
      if x > 1e100 || x < 1e-100 { return nil }
    }
    return nil
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
