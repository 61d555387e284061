// SPDX-License-Identifier: Apache-2.0

/// What `checkGradient` found: the largest deviations over all random directions.
public struct GradientCheck: Sendable, Hashable {
  /// Largest |reverse − differences|, relative to |differences|, or to 1 where they are smaller.
  public let reverseDeviation: Double
  /// The same for forward mode.
  public let forwardDeviation: Double
  /// Largest |⟨c, J d⟩ − ⟨Jᵀ c, d⟩|, relative to the sum of the magnitudes of the terms: rounding if
  /// both modes know the same Jacobian, however rough the function.
  public let dualityDeviation: Double
}

/// Compares derivatives of a tape's result along random directions with central differences.
///
/// For each direction d and a random cotangent c, c · J d is taken by reverse mode, by forward mode
/// and as the five-point difference of c · f(x ± h d), c · f(x ± 2 h d) with an error of O(h⁴).
/// - Parameters:
///   - tape: what is checked.
///   - point: where; f should be smooth within 2 · step of it.
///   - directions: how many.
///   - step: h.
///   - seed: the same seed gives the same directions.
public func checkGradient(
  of tape: Tape, at point: [Double], directions: Int = 5, step: Double = 1e-3, seed: UInt64 = 0
) throws(TapeFailure) -> GradientCheck {
  var random = CounterRandom(seed: seed)
  var reverse = 0.0, forward = 0.0, duality = 0.0
  var gradient: [Double] = [], tangent: [Double] = []
  for _ in 0..<directions {
    let direction = random.vector(point.count)
    let cotangent = random.vector(tape.resultCount)
    var differences = 0.0
    for (offset, weight) in stencil {
      let moved = displaced(point, by: offset * step, along: direction)
      differences += weight * dot(cotangent, try tape.value(at: moved)) / (12 * step)
    }
    try tape.pullBack(cotangent, at: point, into: &gradient)
    try tape.pushForward(direction, at: point, into: &tangent)
    let scale = max(1, abs(differences))
    let left = dot(gradient, direction), right = dot(cotangent, tangent)
    reverse = max(reverse, abs(left - differences) / scale)
    forward = max(forward, abs(right - differences) / scale)
    let magnitude =
      dot(gradient.map(abs), direction.map(abs)) + dot(cotangent.map(abs), tangent.map(abs))
    duality = max(duality, magnitude == 0 ? 0 : abs(left - right) / magnitude)
  }
  return GradientCheck(
    reverseDeviation: reverse, forwardDeviation: forward, dualityDeviation: duality)
}

/// Compares how Jᵀ c changes along random directions with five-point differences of Jᵀ c: a test of
/// the second derivatives.
///
/// Parameters as of `checkGradient`.
/// - Returns: the largest deviation of an element, relative to the largest element of the change, or
///   to 1 where that is smaller.
/// - Throws: `TapeFailure`, also for an operation without second derivatives.
public func checkCurvature(
  of tape: Tape, at point: [Double], directions: Int = 5, step: Double = 1e-3, seed: UInt64 = 0
) throws(TapeFailure) -> Double {
  var random = CounterRandom(seed: seed)
  var deviation = 0.0
  var gradient: [Double] = [], change: [Double] = []
  for _ in 0..<directions {
    let direction = random.vector(point.count)
    let cotangent = random.vector(tape.resultCount)
    var differences = point.map { _ in 0.0 }
    for (offset, weight) in stencil {
      let moved = displaced(point, by: offset * step, along: direction)
      try tape.pullBack(cotangent, at: moved, into: &gradient)
      for i in point.indices { differences[i] += weight * gradient[i] / (12 * step) }
    }
    try tape.pullBack(
      cotangent, along: direction, at: point, into: &gradient, product: &change)
    let scale = differences.reduce(1) { max($0, abs($1)) }
    for i in point.indices { deviation = max(deviation, abs(change[i] - differences[i]) / scale) }
  }
  return deviation
}

/// Offsets and weights, times 12 h, of the five-point first derivative.
private let stencil: [(Double, Double)] = [(-2, 1), (-1, -8), (1, 8), (2, -1)]

private func displaced(_ x: [Double], by step: Double, along direction: [Double]) -> [Double] {
  zip(x, direction).map { $0 + step * $1 }
}

extension CounterRandom {
  fileprivate mutating func vector(_ count: Int) -> [Double] {
    (0..<count).map { _ in 2 * uniform() - 1 }
  }
}
