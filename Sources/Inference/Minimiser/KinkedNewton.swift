// SPDX-License-Identifier: Apache-2.0

/// Minimises a function that has kinks at 0 in some parameters and is smooth between them.
///
/// A minimum on a kink is the common case where the data pull a parameter little. Newton's steps are
/// therefore made on one side of each kink, as if it were a bound; a parameter that ends on its kink
/// changes the side where the slope on the other one leads down.
struct KinkedNewton<Target: Objective> {
  let newton: ProjectedNewton<Target>
  /// Flat indices.
  let kinks: [Int]

  /// Next to a kink, where derivatives are those of one side: 0 for every sum.
  private static var next: Double { 1e-300 }

  /// Walks downhill from `start`, which is first brought into the box.
  func minimise(from start: [Double], in box: Box) -> Minimum {
    let kinks = kinks.filter { !box.isFixed[$0] && box.lower[$0] < 0 && box.upper[$0] > 0 }
    var point = start
    box.clamp(&point)
    guard !kinks.isEmpty else { return newton.minimise(from: point, in: box) }
    var evaluations = chooseSides(&point, kinks)
    var found = Minimum()
    // Each change of sides leads further down; two minima at one height might alternate.
    for _ in 0..<4 * kinks.count + 8 {
      found = newton.minimise(from: point, in: sided(box, at: point, kinks))
      evaluations += found.evaluations
      point = found.point
      guard found.isConverged, changeSides(&point, kinks, found.value) else { break }
      evaluations += 1
    }
    for i in kinks where abs(found.point[i]) <= Self.next { found.point[i] = 0 }
    found.evaluations = evaluations
    return found
  }

  /// Takes parameters on their kink to the side the gradient points to; returns the evaluations.
  private func chooseSides(_ point: inout [Double], _ kinks: [Int]) -> Int {
    guard kinks.contains(where: { point[$0] == 0 }) else { return 0 }
    var gradient = [Double](repeating: 0, count: point.count)
    _ = newton.objective.evaluate(point, gradient: &gradient)
    for i in kinks where point[i] == 0 { point[i] = gradient[i] > 0 ? -Self.next : Self.next }
    return 1
  }

  private func sided(_ box: Box, at point: [Double], _ kinks: [Int]) -> Box {
    var box = box
    for i in kinks {
      if point[i] > 0 { box.lower[i] = Self.next } else { box.upper[i] = -Self.next }
    }
    return box
  }

  /// Takes parameters that ended on their kink to the other side if that leads down. One evaluation
  /// tells for all: at the kink a slope depends on the side of its own parameter only.
  private func changeSides(_ point: inout [Double], _ kinks: [Int], _ value: Double) -> Bool {
    let ended = kinks.filter { abs(point[$0]) <= Self.next }
    guard !ended.isEmpty else { return false }
    var other = point, gradient = point
    for i in ended { other[i] = -point[i] }
    _ = newton.objective.evaluate(other, gradient: &gradient)
    var isChanged = false
    for i in ended where gradient[i] * other[i].sign.factor < -1e-9 * max(1, abs(value)) {
      point[i] = other[i]
      isChanged = true
    }
    return isChanged
  }
}

extension FloatingPointSign {
  fileprivate var factor: Double { self == .plus ? 1 : -1 }
}
