// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Foundation
import Inference
import Testing

@Suite struct ProjectedNewtonTests {
  private func box(_ lower: [Double], _ upper: [Double], fixed: [Int] = []) -> Box {
    Box(lower: lower, upper: upper, isFixed: lower.indices.map { fixed.contains($0) })
  }
  private let everywhere = Box(
    lower: [-.infinity, -.infinity], upper: [.infinity, .infinity], isFixed: [false, false])

  @Test("Rosenbrock's valley ends at (1, 1)", arguments: [[-1.2, 1], [0, 0], [3, -4], [-2, 8]])
  func rosenbrock(start: [Double]) {
    let found = ProjectedNewton(DenseObjective.rosenbrock()).minimise(from: start, in: everywhere)
    #expect(found.isConverged)
    #expect(abs(found.point[0] - 1) < 1e-7 && abs(found.point[1] - 1) < 1e-7)
    #expect(found.value < 1e-16 && found.edm < 1e-14)
    #expect(found.evaluations < 80)
  }

  @Test("Rosenbrock in a box whose wall cuts the valley: minimum on the wall, at its closed form")
  func rosenbrockWithBounds() {
    // With x ≤ ½ the best y is x² = ¼ and f = (1 − ½)².
    let found = ProjectedNewton(DenseObjective.rosenbrock()).minimise(
      from: [-1.2, 1], in: box([-2, -2], [0.5, 2]))
    #expect(found.isConverged)
    #expect(found.point[0] == 0.5 && abs(found.point[1] - 0.25) < 1e-12)
    #expect(abs(found.value - 0.25) < 1e-14)
    // With y ≤ 0 in addition, y = 0 and x solves 400x³ + 2x − 2 = 0.
    let corner = ProjectedNewton(DenseObjective.rosenbrock()).minimise(
      from: [-1.2, -1], in: box([-2, -2], [0.5, 0]))
    let x = corner.point[0]
    #expect(corner.isConverged && corner.point[1] == 0)
    #expect(abs(400 * x * x * x + 2 * x - 2) < 1e-9)
  }

  @Test("A walk that leads to a known minimum ends with it; one to another minimum goes on")
  func knownMinima() {
    let objective = DenseObjective.twoMinima(tilt: 0.2)
    let newton = ProjectedNewton(objective)
    let left = newton.minimise(from: [-2, 3], in: everywhere)
    #expect(left.isConverged && left.point[0] < -1)
    newton.known = left
    let again = newton.minimise(from: [-3, -2], in: everywhere)
    #expect(again.point == left.point && again.value == left.value)
    let right = newton.minimise(from: [2, 1], in: everywhere)
    let x = right.point[0]
    #expect(right.isConverged && x > 0.5 && abs(4 * x * (x * x - 1) + 0.2) < 1e-9)
    newton.known = nil
    let whole = newton.minimise(from: [-3, -2], in: everywhere)
    #expect(again.evaluations < whole.evaluations && abs(whole.value - left.value) < 1e-14)
  }

  @Test("A quadratic takes one step; its value and distance are closed forms")
  func quadratic() {
    let found = ProjectedNewton(DenseObjective.quadratic([4, 1, 1, 3], [1, 2])).minimise(
      from: [7, -5], in: everywhere)
    #expect(found.isConverged && found.evaluations <= 3)
    #expect(abs(found.point[0] - 1.0 / 11) < 1e-13 && abs(found.point[1] - 7.0 / 11) < 1e-13)
    #expect(abs(found.value + 0.5 * (1.0 / 11 + 14.0 / 11)) < 1e-13)
  }

  @Test("Bounds and fixed parameters hold, whatever the correlation pushes against them")
  func boundedQuadratic() {
    // Strong correlation: the free minimum is at (0, 4) / 3 …, outside the box.
    let objective = DenseObjective.quadratic([1, 0.99, 0.99, 1], [1, 2])
    let found = ProjectedNewton(objective).minimise(from: [0.5, 0.5], in: box([0, 0], [10, 10]))
    #expect(found.isConverged)
    #expect(found.point[0] == 0 && abs(found.point[1] - 2) < 1e-12)
    let fixed = ProjectedNewton(objective).minimise(
      from: [-3, 0], in: box([0, 0], [10, 10], fixed: [0]))
    #expect(fixed.point[0] == -3 && abs(fixed.point[1] - (2 + 3 * 0.99)) < 1e-12)
  }

  @Test("Random bounded quadratics satisfy the optimality conditions", arguments: 0..<50)
  func randomQuadratics(seed: Int) {
    var random = CounterRandom(seed: UInt64(seed))
    let n = 6
    let root = (0..<n * n).map { _ in random.normal() }
    var a = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        for k in 0..<n { a[i * n + j] += root[i * n + k] * root[j * n + k] }
      }
      a[i * n + i] += 1e-3
    }
    let b = (0..<n).map { _ in 3 * random.normal() }
    let limits = box([Double](repeating: -0.5, count: n), [Double](repeating: 0.5, count: n))
    let found = ProjectedNewton(DenseObjective.quadratic(a, b)).minimise(
      from: [Double](repeating: 0, count: n), in: limits)
    #expect(found.isConverged)
    for i in 0..<n {
      let gradient = (0..<n).reduce(-b[i]) { $0 + a[i * n + $1] * found.point[$1] }
      switch found.point[i] {
      case -0.5: #expect(gradient >= -1e-9)
      case 0.5: #expect(gradient <= 1e-9)
      default: #expect(abs(gradient) < 1e-9)
      }
    }
  }

  @Test("Indefinite curvature is passed, and said")
  func twoMinima() {
    let objective = DenseObjective.twoMinima(tilt: 0.2)
    let left = ProjectedNewton(objective).minimise(from: [-0.3, 1], in: everywhere)
    #expect(left.isConverged && !left.endsIndefinite)
    let right = ProjectedNewton(objective).minimise(from: [2, 2], in: everywhere)
    #expect(right.isConverged && !right.metIndefiniteCurvature)
    for found in [left, right] {
      let x = found.point[0]
      #expect(abs(4 * x * (x * x - 1) + 0.2) < 1e-9)
    }
    // Exactly between the wells, with no slope: the end is a saddle and is called one.
    let saddle = ProjectedNewton(DenseObjective.twoMinima(tilt: 0)).minimise(
      from: [0, 0], in: everywhere)
    #expect(saddle.endsIndefinite)
  }

  @Test("A point where the function is undefined isn't entered; a start there is a failure")
  func undefinedRegion() {
    // −log x + x is undefined for x ≤ 0; from 10 a full Newton step lands at −80.
    let objective = DenseObjective(
      dimension: 1, value: { $0[0] > 0 ? $0[0] - log($0[0]) : .nan }, gradient: { [1 - 1 / $0[0]] },
      hessian: { [1 / ($0[0] * $0[0])] })
    let limits = box([-1e3], [1e3])
    let found = ProjectedNewton(objective).minimise(from: [10], in: limits)
    #expect(found.isConverged && abs(found.point[0] - 1) < 1e-9)
    #expect(!ProjectedNewton(objective).minimise(from: [-1], in: limits).isConverged)
  }

  @Test("A parameter that nothing depends on stays where it is")
  func flatDirection() {
    let objective = DenseObjective.quadratic([2, 0, 0, 0], [2, 0])
    let found = ProjectedNewton(objective).minimise(from: [5, 3], in: everywhere)
    #expect(found.isConverged && abs(found.point[0] - 1) < 1e-8 && found.point[1] == 3)
  }

  @Test("Too few iterations are no convergence")
  func iterationLimit() {
    let newton = ProjectedNewton(DenseObjective.rosenbrock())
    newton.maximumIterations = 3
    #expect(!newton.minimise(from: [-1.2, 1], in: everywhere).isConverged)
  }
}
