// SPDX-License-Identifier: Apache-2.0

/// What `checkGradient` found.
public struct GradientCheck: Sendable, Hashable {
  /// Largest |reverse − differences| over the random directions, relative to |differences|, or to
  /// 1 where they are smaller.
  public let reverseDeviation: Double
  /// The same for forward mode.
  public let forwardDeviation: Double
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
) -> GradientCheck {
  var generator = SplitMix(state: seed)
  var reverse = 0.0, forward = 0.0
  var gradient: [Double] = [], tangent: [Double] = []
  for _ in 0..<directions {
    let direction = point.map { _ in Double.random(in: -1...1, using: &generator) }
    let cotangent = (0..<tape.resultCount).map { _ in Double.random(in: -1...1, using: &generator) }
    var differences = 0.0
    for (offset, weight) in [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)] {
      let moved = zip(point, direction).map { $0 + offset * step * $1 }
      differences += weight * product(cotangent, tape.value(at: moved)) / (12 * step)
    }
    tape.pullBack(cotangent, at: point, into: &gradient)
    tape.pushForward(direction, at: point, into: &tangent)
    let scale = max(1, abs(differences))
    reverse = max(reverse, abs(product(gradient, direction) - differences) / scale)
    forward = max(forward, abs(product(cotangent, tangent) - differences) / scale)
  }
  return GradientCheck(reverseDeviation: reverse, forwardDeviation: forward)
}

private func product(_ x: [Double], _ y: [Double]) -> Double {
  zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
