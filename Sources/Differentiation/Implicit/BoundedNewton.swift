// SPDX-License-Identifier: Apache-2.0

/// Newton's method with exact Hessians for few parameters between bounds.
///
/// Where the Hessian isn't positive definite its diagonal is raised; steps are projected onto the
/// bounds and shortened until they descend. It ends where a full step changes nothing any more.
struct BoundedNewton {
  let lower: [Double]
  let upper: [Double]

  struct Solution {
    let point: [Double]
    let outer: [Double]
    let value: Double
    /// Parameters that aren't at a bound.
    let free: [Int]
    fileprivate let hessian: CholeskyFactor?

    /// Of the free parameters' Hessian.
    func factor() throws -> CholeskyFactor {
      guard let hessian else {
        throw Refusal(
          description: "the Hessian at the minimum \(point) isn't positive definite, so that the "
            + "minimum's place isn't a function of the outer variables; constrain its parameters")
      }
      return hessian
    }

    /// Numbers of the free parameters among zeros.
    func scatter(_ numbers: [Double]) -> [Double] {
      var result = point.map { _ in 0.0 }
      for (index, number) in zip(free, numbers) { result[index] = number }
      return result
    }
  }

  func minimise(_ tape: Tape, from start: [Double], outer: [Double]) throws -> Solution {
    var point = project(start)
    var gradient: [Double] = []
    var value = try tape.gradient(at: point + outer, into: &gradient)
    for _ in 0..<200 {
      let free = point.indices.filter { !isHeld(point, gradient, $0) }
      let hessian = try hessian(tape, point + outer, free)
      let descent = free.map { -gradient[$0] }
      let (step, decrement) = raise(hessian, descent)
      if decrement <= 1e-15 * max(1, abs(value)) {
        // A last full step squares what is left of the distance.
        return try polished(tape, point, outer, free, step, value)
      }
      guard let next = try search(tape, point, outer, free, step, value, decrement) else {
        if decrement <= 1e-9 * max(1, abs(value)) {
          return Solution(
            point: point, outer: outer, value: value, free: free,
            hessian: CholeskyFactor(hessian))
        }
        break
      }
      point = next
      value = try tape.gradient(at: point + outer, into: &gradient)
    }
    throw Refusal(
      description: "no minimum was found from \(start): the search ended at \(point), where the "
        + "function is \(value); other starts or bounds may help")
  }

  private func polished(
    _ tape: Tape, _ point: [Double], _ outer: [Double], _ free: [Int], _ step: [Double],
    _ value: Double
  ) throws -> Solution {
    let moved = moved(point, free, step, by: 1)
    let inside = free.allSatisfy { lower[$0] < moved[$0] && moved[$0] < upper[$0] }
    let end = inside ? moved : point
    let hessian = try hessian(tape, end + outer, free)
    return Solution(
      point: end, outer: outer, value: try tape.value(at: end + outer)[0], free: free,
      hessian: CholeskyFactor(hessian))
  }

  /// At a bound, with the function falling beyond it.
  private func isHeld(_ point: [Double], _ gradient: [Double], _ index: Int) -> Bool {
    point[index] <= lower[index] && gradient[index] > 0
      || point[index] >= upper[index] && gradient[index] < 0
  }

  private func hessian(_ tape: Tape, _ point: [Double], _ free: [Int]) throws -> [[Double]] {
    try tape.hessianRows(free, at: point).map { row in free.map { row[$0] } }
  }

  /// The Newton step, and half the fall it promises.
  private func raise(_ hessian: [[Double]], _ descent: [Double]) -> ([Double], Double) {
    let scale = hessian.indices.reduce(1e-8) { max($0, abs(hessian[$1][$1])) }
    var addition = 0.0
    while true {
      var raised = hessian
      for i in raised.indices { raised[i][i] += addition }
      if let factor = CholeskyFactor(raised) {
        let step = factor.solve(descent)
        return (step, 0.5 * dot(step, descent))
      }
      addition = addition == 0 ? 1e-6 * scale : 10 * addition
      // A Hessian without numbers ends as a step of none.
      if !(addition < .infinity) { return (descent.map { _ in 0 }, .infinity) }
    }
  }

  /// A lower point along the projected step; nil if there is none.
  private func search(
    _ tape: Tape, _ point: [Double], _ outer: [Double], _ free: [Int], _ step: [Double],
    _ value: Double, _ decrement: Double
  ) throws -> [Double]? {
    var length = 1.0
    for _ in 0..<40 {
      let moved = moved(point, free, step, by: length)
      do {
        let there = try tape.value(at: moved + outer)[0]
        if there < value - 1e-4 * length * min(decrement, abs(value) + 1) { return moved }
      } catch {
        // Outside the function's domain: closer.
      }
      length *= 0.5
    }
    return nil
  }

  private func moved(
    _ point: [Double], _ free: [Int], _ step: [Double], by length: Double
  ) -> [Double] {
    var moved = point
    for (index, change) in zip(free, step) { moved[index] += length * change }
    return project(moved)
  }

  private func project(_ point: [Double]) -> [Double] {
    point.indices.map { min(max(point[$0], lower[$0]), upper[$0]) }
  }
}
