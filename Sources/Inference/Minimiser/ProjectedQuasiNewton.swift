// SPDX-License-Identifier: Apache-2.0

/// Minimises a smooth function in a box with gradients alone: limited-memory BFGS steps (Nocedal and
/// Wright, Numerical Optimization, algorithm 7.4) on the parameters that no bound holds, projected on
/// the box.
///
/// Slower than `ProjectedNewton` by far and independent of its curvature, factorisation and
/// fallbacks: a check on it.
package final class ProjectedQuasiNewton<Target: Objective> {
  package let objective: Target
  package var maximumIterations = 5000
  /// Converged where no free component of the gradient, times the parameter's scale, is larger.
  package var tolerance = 1e-5

  private struct Pair {
    let step: [Double], change: [Double]
    let inverseProduct: Double
  }
  private let memory = 30
  private var pairs: [Pair] = []

  package init(_ objective: Target) { self.objective = objective }

  /// Walks downhill from `start`, which is first brought into the box.
  ///
  /// scales: rough distances over which the function changes [dimension].
  package func minimise(from start: [Double], in box: Box, scales: [Double]) -> Minimum {
    var point = start
    box.clamp(&point)
    var gradient = [Double](repeating: 0, count: point.count)
    var value = objective.evaluate(point, gradient: &gradient)
    var evaluations = 1
    pairs = []
    var isConverged = false
    for _ in 0..<maximumIterations where value.isFinite {
      let free = gradient.indices.map { i in
        !box.isFixed[i] && !box.blocks(point[i], at: i, step: -gradient[i])
      }
      let largest = gradient.indices.reduce(0) {
        free[$1] ? max($0, abs(gradient[$1]) * scales[$1]) : $0
      }
      isConverged = largest < tolerance
      if isConverged { break }
      let found = search(point, value, gradient, free, box, scales, &evaluations)
      guard let found else {
        if pairs.isEmpty { break }
        pairs = []
        continue
      }
      remember(step: difference(found.point, point), change: difference(found.gradient, gradient))
      (point, value, gradient) = (found.point, found.value, found.gradient)
    }
    return minimum(point, value, gradient, box, isConverged, evaluations)
  }

  /// A point that is lower by 10⁻⁴ of what the slope promises; nil if there is none along the
  /// direction.
  private func search(
    _ point: [Double], _ value: Double, _ gradient: [Double], _ free: [Bool], _ box: Box,
    _ scales: [Double], _ evaluations: inout Int
  ) -> (point: [Double], value: Double, gradient: [Double])? {
    let direction = direction(gradient, free, scales)
    var length = 1.0
    for _ in 0..<50 {
      var trial = point
      var promised = 0.0
      for i in point.indices where free[i] {
        trial[i] = box.clamp(point[i] + length * direction[i], at: i)
        promised += gradient[i] * (trial[i] - point[i])
      }
      var trialGradient = gradient
      let found = objective.evaluate(trial, gradient: &trialGradient)
      evaluations += 1
      let rounding = 2e-13 * max(1, abs(value))
      if promised < 0, found <= value + 1e-4 * promised + rounding {
        return (trial, found, trialGradient)
      }
      length *= 0.4
    }
    return nil
  }

  /// −(approximate inverse Hessian) · gradient; downhill, as steep as the scales say where it isn't.
  private func direction(_ gradient: [Double], _ free: [Bool], _ scales: [Double]) -> [Double] {
    var result = gradient.indices.map { free[$0] ? gradient[$0] : 0 }
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = pair.inverseProduct * dot(pair.step, result)
      weights.append(weight)
      for i in result.indices { result[i] -= weight * pair.change[i] }
    }
    let last = pairs.last.map { pair in
      1
        / (pair.inverseProduct
          * pair.change.indices.reduce(0) { $0 + square(pair.change[$1] * scales[$1]) })
    }
    // The first step goes no further than one scale.
    let factor =
      last ?? 1 / max(1, gradient.indices.reduce(0) { max($0, abs(gradient[$1]) * scales[$1]) })
    for i in result.indices { result[i] *= factor * scales[i] * scales[i] }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      let correction = weight - pair.inverseProduct * dot(pair.change, result)
      for i in result.indices { result[i] += correction * pair.step[i] }
    }
    for i in result.indices { result[i] = free[i] ? -result[i] : 0 }
    if dot(result, gradient) < 0 { return result }
    return gradient.indices.map {
      free[$0] ? -factor * scales[$0] * scales[$0] * gradient[$0] : 0
    }
  }

  private func remember(step: [Double], change: [Double]) {
    let product = dot(step, change)
    guard product > 1e-12 * (dot(step, step) * dot(change, change)).squareRoot() else { return }
    pairs.append(Pair(step: step, change: change, inverseProduct: 1 / product))
    if pairs.count > memory { pairs.removeFirst() }
  }

  private func minimum(
    _ point: [Double], _ value: Double, _ gradient: [Double], _ box: Box, _ isConverged: Bool,
    _ evaluations: Int
  ) -> Minimum {
    var end = Minimum()
    end.point = point
    end.value = value
    end.gradient = gradient
    end.isConverged = isConverged && value.isFinite
    end.evaluations = evaluations
    end.projectedGradient = 0
    for i in gradient.indices
    where !box.isFixed[i] && !box.blocks(point[i], at: i, step: -gradient[i])
      && abs(gradient[i]) > end.projectedGradient
    {
      end.projectedGradient = abs(gradient[i])
      end.steepestParameter = i
    }
    return end
  }

  private func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }

  private func square(_ x: Double) -> Double { x * x }
}
