// SPDX-License-Identifier: Apache-2.0

/// Minimises a smooth function in a box: Newton's steps with the exact curvature on the parameters
/// that no bound holds, projected on the box.
///
/// - Parameters on a bound whose gradient points outwards, or that the step would push outwards,
///   are held (active set); the step is made by the others.
/// - Where the exact curvature is indefinite the positive one takes its place; where that is
///   singular a multiple of 1 is added (Levenberg).
/// - A step is accepted when it yields 10⁻⁴ of the decrease its slope promises (Armijo), else
///   shortened.
/// - Converged: ½ gᵀH⁻¹g < 10⁻⁸ at the point that is returned, and a projected gradient below
///   10⁻⁵ · max(1, |f|).
///
/// Keeps its scratch memory between calls; one per task.
package final class ProjectedNewton<Target: Objective> {
  package let objective: Target
  package var maximumIterations = 200
  /// A minimum that needn't be walked to again: a walk that Newton's step leads there ends with it.
  package var known: Minimum?

  private var point: [Double]
  private var trial: [Double]
  private var gradient: [Double]
  private var trialGradient: [Double]
  private var direction: [Double]
  private var negativeGradient: [Double]
  private var free: [Bool]
  private var value = 0.0
  private var evaluations = 0
  private var curvature = Curvature.exact
  private var damping = 0.0
  private var metIndefiniteCurvature = false

  /// Below this estimated distance one more step is exact to rounding, nearly always.
  private let polishingDistance = 1e-9
  private let polishedDistance = 1e-14
  private let convergedDistance = 1e-8
  private let largestDamping = 1e14

  package init(_ objective: Target) {
    self.objective = objective
    let zeros = [Double](repeating: 0, count: objective.dimension)
    point = zeros
    trial = zeros
    gradient = zeros
    trialGradient = zeros
    direction = zeros
    negativeGradient = zeros
    free = [Bool](repeating: true, count: objective.dimension)
  }

  /// Walks downhill from `start`, which is first brought into the box.
  package func minimise(from start: [Double], in box: Box) -> Minimum {
    begin(from: start, in: box)
    guard value.isFinite else { return minimum(edm: .infinity, in: box) }
    var edm = Double.infinity
    for _ in 0..<maximumIterations {
      guard findDirection(in: box) else { break }
      edm = -0.5 * slope()
      if let known, leads(to: known, edm: edm) {
        var end = known
        end.evaluations = evaluations
        return end
      }
      if edm < polishingDistance, damping <= 1e-4 {
        let polished = polish(edm: edm, in: box)
        if polished < polishedDistance || polished >= 0.5 * edm {
          return minimum(edm: polished, in: box)
        }
        value = evaluate(point, into: &gradient)
        continue
      }
      if step(in: box) {
        relaxDamping()
      } else if edm < convergedDistance {
        return minimum(edm: edm, in: box)
      } else if !strengthenDamping() {
        break
      }
    }
    return minimum(edm: edm, in: box)
  }

  /// Whether the quadratic function that value, gradient and curvature make here has its minimum at the
  /// known one.
  ///
  /// With the step d and δ = known − point, ½ dᵀHδ is told by the gradient here and
  /// dᵀHδ − ½ δᵀHδ by the known value; if both are ½ dᵀHd, the distance, then (δ − d)ᵀH(δ − d) is 0.
  private func leads(to known: Minimum, edm: Double) -> Bool {
    guard known.isConverged, curvature == .exact, damping == 0, edm < 1 else { return false }
    var along = 0.0
    for i in gradient.indices { along += gradient[i] * (point[i] - known.point[i]) }
    let tolerance = 0.1 * edm + roundingError
    return abs(0.5 * along - edm) < tolerance && abs(value - known.value - edm) < tolerance
  }

  private func begin(from start: [Double], in box: Box) {
    point = start
    box.clamp(&point)
    evaluations = 0
    curvature = .exact
    damping = 0
    metIndefiniteCurvature = false
    value = evaluate(point, into: &gradient)
  }

  /// Value, gradient and curvature of the current kind.
  private func evaluate(_ x: [Double], into gradient: inout [Double]) -> Double {
    evaluations += 1
    return objective.evaluate(x, gradient: &gradient, curvature: curvature)
  }

  private func slope() -> Double {
    var sum = 0.0
    for i in gradient.indices where free[i] { sum += gradient[i] * direction[i] }
    return sum
  }
}

// MARK: - Direction

extension ProjectedNewton {
  /// Fills `free` and `direction`; false when no damping makes the curvature positive definite.
  private func findDirection(in box: Box) -> Bool {
    for i in gradient.indices {
      negativeGradient[i] = -gradient[i]
      free[i] = !box.isFixed[i] && !box.blocks(point[i], at: i, step: -gradient[i])
    }
    while true {
      guard factorise() else { return false }
      objective.solve(negativeGradient, into: &direction)
      guard holdOutwardSteps(in: box) else { return true }
    }
  }

  /// A parameter on its bound that the step, not the gradient, pushes outwards is held too;
  /// otherwise the projected step of the others need not go downhill. True if any was.
  private func holdOutwardSteps(in box: Box) -> Bool {
    var isChanged = false
    for i in direction.indices
    where free[i] && direction[i] != 0 && box.blocks(point[i], at: i, step: direction[i]) {
      free[i] = false
      isChanged = true
    }
    return isChanged
  }

  private func factorise() -> Bool {
    if objective.factorise(free: free, damping: damping) { return true }
    if curvature == .exact {
      // Singular, not indefinite: a parameter that nothing depends on here.
      if damping == 0, objective.factorise(free: free, damping: 1e-9) { return true }
      metIndefiniteCurvature = true
      curvature = .positive
      value = evaluate(point, into: &gradient)
      if objective.factorise(free: free, damping: damping) { return true }
    }
    while strengthenDamping() {
      if objective.factorise(free: free, damping: damping) { return true }
    }
    return false
  }

  private func relaxDamping() {
    damping = damping > 1e-6 ? damping * 0.05 : 0
  }

  /// False when there is no use in more.
  private func strengthenDamping() -> Bool {
    damping = max(damping * 10, 1e-6)
    return damping <= largestDamping
  }
}

// MARK: - Step

extension ProjectedNewton {
  /// Moves along the projected direction if a sufficient decrease can be had.
  ///
  /// The exact curvature is asked for again after each success, so that one indefinite point
  /// doesn't make the rest of the walk slow.
  private func step(in box: Box) -> Bool {
    let wasPositive = curvature == .positive
    curvature = .exact
    var length = 1.0
    for attempt in 0..<40 {
      let promised = project(length: length, in: box)
      let found: Double
      if attempt == 0 {
        found = evaluate(trial, into: &trialGradient)
      } else {
        evaluations += 1
        found = objective.evaluate(trial, gradient: &trialGradient)
      }
      if promised <= 0, found <= value + 1e-4 * promised + roundingError {
        if attempt > 0 { _ = evaluate(trial, into: &trialGradient) }
        swap(&point, &trial)
        swap(&gradient, &trialGradient)
        value = found
        return true
      }
      // A step that a bound cuts off may fail because the others counted on it: go to that bound
      // and no further, so that the next step knows.
      let reach = attempt == 0 ? lengthToBound(in: box) : 1
      length = reach < 1 ? reach : length * (attempt < 3 ? 0.5 : 0.2)
    }
    // The kept curvature belongs to a rejected point.
    if wasPositive { curvature = .positive }
    value = evaluate(point, into: &gradient)
    return false
  }

  /// How far along the direction the first bound lies; +∞ if none does.
  private func lengthToBound(in box: Box) -> Double {
    var length = Double.infinity
    for i in point.indices where free[i] && direction[i] != 0 {
      let bound = direction[i] < 0 ? box.lower[i] : box.upper[i]
      length = min(length, (bound - point[i]) / direction[i])
    }
    return length
  }

  /// What sums of terms larger than the value itself may lose.
  private var roundingError: Double { 2e-13 * max(1, abs(value)) }

  /// Fills `trial` with the projection of point + length · direction; the decrease (negative)
  /// that the gradient promises for it.
  private func project(length: Double, in box: Box) -> Double {
    var promised = 0.0
    for i in point.indices {
      if free[i] {
        let moved = box.clamp(point[i] + length * direction[i], at: i)
        promised += gradient[i] * (moved - point[i])
        trial[i] = moved
      } else {
        trial[i] = point[i]
      }
    }
    return promised
  }
}

// MARK: - End

extension ProjectedNewton {
  /// One last Newton step, made if it shortens the distance, which is returned: by the gradient
  /// where it ends and the curvature where it began. The value is too coarse to tell.
  private func polish(edm: Double, in box: Box) -> Double {
    _ = project(length: 1, in: box)
    evaluations += 1
    let found = objective.evaluate(trial, gradient: &trialGradient)
    guard found <= value + 1e3 * roundingError else { return edm }
    for i in trialGradient.indices { negativeGradient[i] = -trialGradient[i] }
    objective.solve(negativeGradient, into: &direction)
    var distance = 0.0
    for i in direction.indices where free[i] { distance -= 0.5 * trialGradient[i] * direction[i] }
    guard distance < edm else { return edm }
    swap(&point, &trial)
    swap(&gradient, &trialGradient)
    value = found
    return max(distance, 0)
  }

  private func minimum(edm: Double, in box: Box) -> Minimum {
    var largest = 0.0
    var steepest: Int?
    for i in gradient.indices
    where !box.isFixed[i] && !box.blocks(point[i], at: i, step: -gradient[i]) {
      if abs(gradient[i]) > largest {
        largest = abs(gradient[i])
        steepest = i
      }
    }
    var end = Minimum()
    end.point = point
    end.value = value
    end.gradient = gradient
    end.edm = edm
    end.projectedGradient = largest
    end.steepestParameter = steepest
    end.isConverged =
      value.isFinite && edm < convergedDistance && largest < 1e-5 * max(1, abs(value))
    end.evaluations = evaluations
    end.metIndefiniteCurvature = metIndefiniteCurvature
    end.endsIndefinite = curvature == .positive
    return end
  }
}

// MARK: - Neighbouring problems

extension ProjectedNewton {
  /// How the minimum just found moves with a parameter that is fixed or on a bound: −H⁻¹ ∂g over the
  /// free parameters, 1 at the parameter itself. Nil where the curvature isn't positive definite.
  ///
  /// Uses the curvature of the last full step; call right after `minimise`.
  package func tangent(along index: Int) -> [Double]? {
    free[index] = true
    guard objective.factorise(free: free, damping: 0) else { return nil }
    for i in negativeGradient.indices { negativeGradient[i] = 0 }
    negativeGradient[index] = 1
    objective.solve(negativeGradient, into: &direction)
    let scale = direction[index]
    guard scale > 0, scale < .infinity else { return nil }
    return direction.map { $0 / scale }
  }
}
