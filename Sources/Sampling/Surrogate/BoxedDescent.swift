// SPDX-License-Identifier: Apache-2.0

/// A small limited-memory BFGS in a box: coordinates that push against their bound are held.
///
/// Two-loop recursion of Nocedal and Wright, Numerical Optimization, algorithm 7.4, with a
/// projected backtracking line search (Armijo, 1e-4).
enum BoxedDescent {
  typealias Objective = ([Double]) -> (value: Double, gradient: [Double])?

  /// The best point found, and its value; nil when the objective has none at the start.
  static func minimum(
    of objective: Objective, from start: [Double], in box: [ClosedRange<Double>],
    iterations: Int = 60
  ) -> (point: [Double], value: Double)? {
    var point = clamped(start, box)
    guard var (value, gradient) = objective(point) else { return nil }
    var pairs: [(step: [Double], change: [Double])] = []
    for _ in 0..<iterations {
      let free = point.indices.map { i in
        !(point[i] <= box[i].lowerBound && gradient[i] > 0)
          && !(point[i] >= box[i].upperBound && gradient[i] < 0)
      }
      let slope = zip(gradient, free).map { $1 ? $0 : 0 }
      guard slope.contains(where: { abs($0) > 1e-6 }) else { break }
      var direction = zip(downhill(slope, pairs), free).map { $1 ? $0 : 0 }
      if dot(direction, slope) >= 0 {
        pairs = []
        direction = slope.map { -$0 }
      }
      // No coordinate, a logarithm, moves by more than 1.5 at once.
      var length = min(1, 1.5 / (direction.map(abs).max() ?? 1))
      var accepted = false
      for _ in 0..<20 {
        let trial = clamped(zip(point, direction).map { $0 + length * $1 }, box)
        let step = zip(trial, point).map { $0 - $1 }
        if let next = objective(trial), next.value <= value + 1e-4 * dot(step, gradient) {
          let change = zip(next.gradient, gradient).map { $0 - $1 }
          if dot(step, change) > 1e-12 { pairs = pairs.suffix(9) + [(step, change)] }
          accepted = value - next.value > 1e-10 * max(1, abs(value))
          (point, value, gradient) = (trial, next.value, next.gradient)
          break
        }
        length /= 2
      }
      if !accepted { break }
    }
    return (point, value)
  }

  private static func downhill(
    _ gradient: [Double], _ pairs: [(step: [Double], change: [Double])]
  ) -> [Double] {
    var q = gradient
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = dot(pair.step, q) / dot(pair.step, pair.change)
      factors.append(factor)
      for i in q.indices { q[i] -= factor * pair.change[i] }
    }
    if let last = pairs.last {
      let size = dot(last.step, last.change) / dot(last.change, last.change)
      for i in q.indices { q[i] *= size }
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      let other = dot(pair.change, q) / dot(pair.step, pair.change)
      for i in q.indices { q[i] += (factor - other) * pair.step[i] }
    }
    return q.map { -$0 }
  }

  private static func clamped(_ point: [Double], _ box: [ClosedRange<Double>]) -> [Double] {
    zip(point, box).map { min(max($0, $1.lowerBound), $1.upperBound) }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
