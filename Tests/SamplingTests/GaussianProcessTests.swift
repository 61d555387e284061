// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

@Suite struct GaussianProcessTests {
  /// `gp_unit` of unit_values.json, made by the reference Gaussian process in numpy.
  static let positions = [[0.1, 0.2], [0.5, 0.7], [0.9, 0.4], [0.3, 0.9]]
  static let values = [1.0, -0.5, 0.25, 0.0]
  static let logarithms = [0.0, -0.6931471805599453, -0.35667494393873245]

  static func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    abs(a - b) <= tolerance
  }

  /// Values with slopes of a smooth function, one slope unknown.
  static let enhanced: [Observation] = positions.map { x in
    Observation(
      x, value: sin(3 * x[0]) + x[1] * x[1], variance: 1e-4,
      gradient: [3 * cos(3 * x[0]), x[0] > 0.8 ? nil : 2 * x[1]], gradientVariance: 1e-3)
  }

  @Test func agreesWithTheReference() throws {
    let evidence = Evidence(
      zip(Self.positions, Self.values).map { Observation($0, value: $1, variance: 1e-4) },
      offset: 0, scale: 1)
    let (value, gradient) = try #require(evidence.negativeLogPosterior(at: Self.logarithms))
    #expect(Self.near(value, 0.47602298603284116, 1e-9))
    for (ours, theirs) in zip(gradient, [0.573045945119975, 0.6882357049687188, 0.370753434998741])
    { #expect(Self.near(ours, theirs, 1e-9)) }
  }

  @Test func predictsAsTheReference() throws {
    // Its noise is in standardised units: times the values' variance here.
    let mean = Self.values.reduce(0, +) / 4
    let variance = Self.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
    let process = try GaussianProcess(
      zip(Self.positions, Self.values).map {
        Observation($0, value: $1, variance: 1e-4 * variance)
      }, hyperparameters: Self.logarithms)
    let first = process.prediction(at: [0.4, 0.4])
    let second = process.prediction(at: [0, 0])
    #expect(Self.near(first.mean, 0.03923676293524345, 1e-9))
    #expect(Self.near(second.mean, 1.1554791195224077, 1e-9))
    #expect(Self.near(first.deviation, 0.20367997668400384, 1e-9))
    #expect(Self.near(second.deviation, 0.21116070726894548, 1e-9))
  }

  @Test func evidenceGradientIsThatOfTheEvidence() throws {
    let evidence = Evidence(Self.enhanced, offset: 0.3, scale: 0.7)
    let point = [0.2, -0.5, 0.1]
    let gradient = try #require(evidence.negativeLogPosterior(at: point)).gradient
    for axis in point.indices {
      var (up, down) = (point, point)
      up[axis] += 1e-5
      down[axis] -= 1e-5
      let high = try #require(evidence.negativeLogPosterior(at: up)).value
      let low = try #require(evidence.negativeLogPosterior(at: down)).value
      #expect(Self.near(gradient[axis], (high - low) / 2e-5, 1e-5 * (1 + abs(gradient[axis]))))
    }
  }

  @Test func kernelBlocksAreDerivatives() {
    let kernel = Matern(logarithms: [0.3, -0.7, 0.2])
    let (a, b, h) = ([0.2, 0.9], [0.6, 0.3], 1e-4)
    func moved(_ x: [Double], _ axis: Int, _ step: Double) -> [Double] {
      var x = x
      x[axis] += step
      return x
    }
    func k(_ a: [Double], _ b: [Double]) -> Double { kernel.covariance((a, nil), (b, nil)) }
    for i in 0..<2 {
      let slope = (k(moved(a, i, h), b) - k(moved(a, i, -h), b)) / (2 * h)
      #expect(Self.near(kernel.covariance((a, i), (b, nil)), slope, 1e-6))
      #expect(Self.near(kernel.covariance((b, nil), (a, i)), slope, 1e-6))
      for j in 0..<2 {
        let above = k(moved(a, i, h), moved(b, j, h)) - k(moved(a, i, -h), moved(b, j, h))
        let below = k(moved(a, i, h), moved(b, j, -h)) - k(moved(a, i, -h), moved(b, j, -h))
        #expect(
          Self.near(kernel.covariance((a, i), (b, j)), (above - below) / (4 * h * h), 1e-5))
      }
    }
  }

  @Test func meanGradientIsThatOfTheMean() throws {
    let process = try GaussianProcess(fitting: Self.enhanced)
    let gradient = process.meanGradient(at: [0.35, 0.45])
    let x = process.prediction(at: [0.35 + 1e-5, 0.45]).mean
    let y = process.prediction(at: [0.35, 0.45 + 1e-5]).mean
    let here = process.prediction(at: [0.35, 0.45]).mean
    #expect(Self.near(gradient[0], (x - here) / 1e-5, 1e-3))
    #expect(Self.near(gradient[1], (y - here) / 1e-5, 1e-3))
  }

  @Test func residualsAreThoseOfLeavingOut() throws {
    let all = Self.enhanced.map { Observation($0.position, value: $0.value, variance: 1e-3) }
    let process = try GaussianProcess(all, hyperparameters: Self.logarithms)
    // The same by hand, in standardised units: universal kriging from the other rows.
    let mean = all.reduce(0) { $0 + $1.value } / 4
    let variance = all.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / 4
    let kernel = Matern(logarithms: Self.logarithms)
    let noise = 1e-3 / variance + Evidence.nugget
    func k(_ i: Int, _ j: Int) -> Double {
      kernel.covariance((all[i].position, nil), (all[j].position, nil)) + (i == j ? noise : 0)
    }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let residuals = process.leaveOneOut().map(\.residual)
    for out in all.indices {
      let rest = all.indices.filter { $0 != out }
      let factor = try #require(
        Cholesky(rest.map { i in rest.filter { $0 <= i }.map { k(i, $0) } }))
      let y = rest.map { (all[$0].value - mean) / variance.squareRoot() }
      let (cross, ones) = (rest.map { k(out, $0) }, [1.0, 1, 1])
      let total = dot(ones, factor.solve(ones))
      let constant = dot(ones, factor.solve(y)) / total
      let expected = constant + dot(cross, factor.solve(y.map { $0 - constant }))
      let missing = 1 - dot(cross, factor.solve(ones))
      let spread = k(out, out) - dot(cross, factor.solve(cross)) + missing * missing / total
      let here = (all[out].value - mean) / variance.squareRoot()
      #expect(Self.near(residuals[out], (here - expected) / spread.squareRoot(), 1e-8))
    }
  }

  @Test func aFitSurvivesJSONAndInterpolates() throws {
    let process = try GaussianProcess(fitting: Self.enhanced)
    let copy = try JSONDecoder().decode(
      GaussianProcess.self, from: JSONEncoder().encode(process))
    #expect(copy.prediction(at: [0.1, 0.6]) == process.prediction(at: [0.1, 0.6]))
    let prediction = process.prediction(at: [0.5, 0.7])
    #expect(Self.near(prediction.mean, sin(1.5) + 0.49, 0.03))
  }

  @Test func refusesBadObservations() {
    let good = Observation([0.1], value: 1)
    for bad in [
      Observation([0.2], value: .nan), Observation([0.2], value: 1, variance: -1),
      Observation([0.2, 0.3], value: 1), Observation([0.2], value: 1, gradient: [1, 2]),
    ] {
      #expect(throws: SamplingError.self) { try GaussianProcess(fitting: [good, bad]) }
    }
    #expect(throws: SamplingError.self) { try GaussianProcess(fitting: []) }
  }
}
