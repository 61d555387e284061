// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

@Suite struct FailureTests {
  @Test func chancesAreThoseOfTheFormula() {
    let none = Feasibility(succeeded: [[0.5, 0.5]], failed: [])
    #expect(none.probability(at: [0.1, 0.1]) == 1)
    let some = Feasibility(succeeded: [[0.5, 0.5]], failed: [[0.5, 0.6], [0.9, 0.9]])
    // Distances 0, 0.1 and √0.32; one failure is no region.
    let alone = exp(-0.5 / 0.09)
    #expect(abs(some.probability(at: [0.5, 0.5]) - 2 / (2 + alone)) < 1e-12)
    #expect(abs(some.probability(at: [0, 0]) - 1) < 1e-9)
    let region = Feasibility(succeeded: [], failed: [[0.5, 0.4], [0.5, 0.5], [0.5, 0.6]])
    let bad = 1 + 2 * alone + 2 * exp(-0.5)
    #expect(abs(region.probability(at: [0.5, 0.5]) - 1 / (1 + bad)) < 1e-12)
  }

  @Test func aRegionThatFailsIsLeftToOthers() throws {
    func failed(avoiding: Bool) throws -> Int {
      let sampler = try Sampler(SamplerTests.plane(), seed: 6, avoidsFailures: avoiding)
      // Left of m1 = 600 GeV nothing succeeds; a part of the contour lies there.
      return try SamplerTests.run(sampler, until: 30, fails: { $0.position[0] < 0.4 })
        .count { $0.outcome == .failed }
    }
    #expect(try failed(avoiding: true) < failed(avoiding: false))
  }

  @Test func understatedNoiseInflatesDeviations() throws {
    // Two values that contradict each other, declared exact.
    let sobol = Sobol(dimension: 2, seed: 3)
    let smooth = (0..<12).map { Observation(sobol[$0], value: sobol[$0][0] + sobol[$0][1]) }
    let honest = try GaussianProcess(fitting: smooth)
    #expect(honest.inflation == 1)
    let process = try GaussianProcess(
      fitting: smooth + [
        Observation([0.5, 0.5], value: 1), Observation([0.5, 0.5 + 1e-6], value: 1.4),
      ])
    let squares = process.leaveOneOut().map { $0.residual * $0.residual }
    let rms = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    #expect(rms > 1.5)
    #expect(abs(process.inflation - rms) < 1e-9 * rms)
    let same = try GaussianProcess(
      process.observations, hyperparameters: process.hyperparameters)
    let (inflated, plain) = (
      process.prediction(at: [0.9, 0.1]), same.prediction(at: [0.9, 0.1])
    )
    #expect(inflated.mean == plain.mean)
    #expect(abs(inflated.deviation / plain.deviation - process.inflation) < 1e-9)
  }

  @Test func leavingOneOutPredictsItsValue() throws {
    let process = try GaussianProcess(
      fitting: SobolTests.published.prefix(8).map {
        Observation([$0[0], $0[1]], value: sin(3 * $0[0]) + $0[1], variance: 1e-4)
      })
    for (left, observation) in zip(process.leaveOneOut(), process.observations) {
      #expect(
        abs((observation.value - left.mean) / left.deviation - left.residual) < 1e-9)
    }
  }
}
