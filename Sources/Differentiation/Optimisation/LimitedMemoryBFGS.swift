// SPDX-License-Identifier: Apache-2.0

/// Quasi-Newton minimisation of a smooth function of many variables from its gradients (Liu, Nocedal,
/// Math. Program. 45 (1989) 503), with a line search for the weak Wolfe conditions (Lewis, Overton,
/// Math. Program. 141 (2013) 135), which kinks don't trap.
///
/// The value is the whole state between two steps: stored and read back, it goes on as if nothing had
/// happened.
///
/// ```swift
/// var search = LimitedMemoryBFGS(start: [20])
/// try search.minimise { try tape.gradient(at: $0, into: &$1) }
/// print(search.point, search.value)
/// ```
public struct LimitedMemoryBFGS: Sendable, Hashable, Codable {
  /// The function: fills in the gradient at a point and returns the value. A `TapeFailure` at
  /// a trial point counts as an infinite value; other errors are passed on, and those of the start.
  public typealias Objective = (_ point: [Double], _ gradient: inout [Double]) throws -> Double

  /// Where the search is.
  public private(set) var point: [Double]
  /// The function there; nil before the first step.
  public private(set) var value: Double?
  /// Its gradient there; empty before the first step.
  public private(set) var gradient: [Double] = []
  /// Steps taken.
  public private(set) var steps = 0
  /// Evaluations of the function.
  public private(set) var evaluations = 0
  private let memory: Int
  private var corrections: [Correction] = []

  /// How far a step went, how the gradient changed, and 1 over their product.
  private struct Correction: Sendable, Hashable, Codable {
    let step: [Double]
    let change: [Double]
    let inverse: Double
  }

  /// Before the first step.
  ///
  /// - Parameters:
  ///   - start: where to begin.
  ///   - memory: how many past steps the curvature is taken from.
  public init(start: [Double], memory: Int = 10) {
    point = start
    self.memory = memory
  }

  /// Largest magnitude of the gradient's elements; infinite before the first step.
  public var slope: Double {
    gradient.isEmpty ? .infinity : gradient.reduce(0) { max($0, abs($1)) }
  }

  /// Steps until no element of the gradient exceeds `tolerance`, no lower point is found or `limit`
  /// steps have been taken in all.
  ///
  /// - Parameters:
  ///   - tolerance: of the gradient.
  ///   - limit: of `steps`.
  ///   - checkpoint: called after every step with the state to store.
  ///   - objective: the function.
  public mutating func minimise(
    tolerance: Double = 1e-8, limit: Int = 1000,
    checkpoint: (LimitedMemoryBFGS) throws -> Void = { _ in }, _ objective: Objective
  ) throws {
    while slope > tolerance, steps < limit {
      guard try step(objective) else { return }
      try checkpoint(self)
    }
  }

  /// Takes one step; false if there is no lower point within rounding.
  public mutating func step(_ objective: Objective) throws -> Bool {
    if gradient.isEmpty {
      gradient = Array(repeating: 0, count: point.count)
      value = try objective(point, &gradient)
      evaluations += 1
    }
    var direction = descent()
    if dot(direction, gradient) >= 0 {
      corrections = []
      direction = descent()
    }
    let fall = -dot(direction, gradient)
    guard let value, fall > 0, let found = try search(direction, value, fall, objective) else {
      return false
    }
    let there = found.gradient.reduce(0) { max($0, abs($1)) }
    // Neither lower nor flatter: what is left is rounding.
    if found.value >= value, there >= slope { return false }
    remember(found)
    point = found.point
    self.value = found.value
    gradient = found.gradient
    steps += 1
    return true
  }

  private struct Trial {
    let point: [Double], value: Double, gradient: [Double]
  }

  /// Bisection between steps that are too long (no sufficient fall) and too short (still steep).
  private mutating func search(
    _ direction: [Double], _ value: Double, _ fall: Double, _ objective: Objective
  ) throws -> Trial? {
    var short = 0.0, long = Double.infinity, length = 1.0
    var best: Trial?
    for _ in 0..<60 {
      let trial = try evaluate(length, direction, objective)
      if !(trial.value <= value - 1e-4 * length * fall) {
        long = length
      } else {
        best = trial
        if -dot(trial.gradient, direction) <= 0.9 * fall { return trial }
        short = length
      }
      length = long == .infinity ? 2 * length : 0.5 * (short + long)
      if long < .infinity, long - short <= 1e-14 * long { break }
    }
    return best
  }

  private mutating func evaluate(
    _ length: Double, _ direction: [Double], _ objective: Objective
  ) throws -> Trial {
    let moved = zip(point, direction).map { $0 + length * $1 }
    var there = gradient
    evaluations += 1
    do {
      let found = try objective(moved, &there)
      return Trial(point: moved, value: found, gradient: there)
    } catch is TapeFailure {
      // Outside the function's domain: the search comes back.
      return Trial(point: moved, value: .infinity, gradient: there)
    }
  }

  private mutating func remember(_ trial: Trial) {
    let step = zip(trial.point, point).map(-)
    let change = zip(trial.gradient, gradient).map(-)
    let product = dot(step, change)
    guard product > 1e-12 * (dot(step, step) * dot(change, change)).squareRoot() else { return }
    if corrections.count == memory { corrections.removeFirst() }
    corrections.append(Correction(step: step, change: change, inverse: 1 / product))
  }

  /// −H⁻¹ g by the two loops of the paper; without memory a step of length 1 at most.
  private func descent() -> [Double] {
    var direction = gradient.map { -$0 }
    guard let last = corrections.last else {
      let length = dot(gradient, gradient).squareRoot()
      return direction.map { $0 / max(1, length) }
    }
    var weights: [Double] = []
    for correction in corrections.reversed() {
      let weight = correction.inverse * dot(correction.step, direction)
      weights.append(weight)
      for i in direction.indices { direction[i] -= weight * correction.change[i] }
    }
    let scale = 1 / (last.inverse * dot(last.change, last.change))
    for i in direction.indices { direction[i] *= scale }
    for (correction, weight) in zip(corrections, weights.reversed()) {
      let back = correction.inverse * dot(correction.change, direction)
      for i in direction.indices { direction[i] += (weight - back) * correction.step[i] }
    }
    return direction
  }
}
