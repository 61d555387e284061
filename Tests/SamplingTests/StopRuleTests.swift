// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

@Suite struct StopRuleTests {
  static func round(_ evaluations: Int, _ misclassified: Double, _ shift: Double) -> Assessment {
    Assessment(evaluations: evaluations, misclassified: misclassified, shift: shift)
  }

  @Test func patienceCountsRoundsInARow() {
    let rule = StopRule(misclassified: 0.01, shift: 0.005, patience: 2, evaluations: 40)
    let start = [Self.round(6, 0.2, 0.1), Self.round(7, 0.009, 0.002)]
    #expect(rule.reason(after: start) == nil)
    #expect(rule.reason(after: start + [Self.round(8, 0.008, 0.001)]) == .converged)
    #expect(rule.reason(after: start + [Self.round(8, 0.011, 0.001)]) == nil)
    #expect(rule.reason(after: start + [Self.round(8, 0.008, 0.007)]) == nil)
    #expect(rule.reason(after: start + [Self.round(40, 0.3, 0.007)]) == .evaluations)
    #expect(rule.reason(after: []) == nil)
  }

  @Test func theAssessmentOfAScanFalls() throws {
    let sampler = try Sampler(SamplerTests.plane(), seed: 2)
    let log = try SamplerTests.run(sampler, until: 24)
    let early = try sampler.assessment(Array(log.prefix(8)))
    let late = try sampler.assessment(log)
    #expect((early.evaluations, late.evaluations) == (8, 24))
    #expect(late.misclassified < early.misclassified)
    #expect(late.shift < early.shift)
    #expect(try sampler.assessment(Array(log.prefix(4))).shift == 1)
    #expect(try sampler.assessment(log.reversed()) == late)
  }

  /// Of 2048 points, what the last four results changed with the last fit's hyperparameters.
  @Test func theShiftIsWhatTheLastResultsChanged() throws {
    let sampler = try Sampler(SamplerTests.plane(), seed: 2)
    let log = try SamplerTests.run(sampler, until: 12)
    let now = try sampler.surrogates(log)[0]
    let before = try GaussianProcess(
      Array(now.observations.prefix(8)), hyperparameters: now.hyperparameters)
    let changed = MassPlane.grid.count { (now.mean(at: $0) > 0) != (before.mean(at: $0) > 0) }
    let shift = try sampler.assessment(log).shift
    #expect(abs(shift - Double(changed) / Double(MassPlane.grid.count)) < 0.02)
  }

  /// Declared noise and space-filling designs are taken at their word.
  @Test func onlyExactActiveScansAreTooPessimistic() throws {
    let space = try SamplerTests.plane()
    let log = try SamplerTests.run(Sampler(space, seed: 2), until: 14)
    let active = try Sampler(space, seed: 2).assessment(log)
    let sobol = try Sampler(space, strategy: .sobol, seed: 2).assessment(log)
    #expect(abs(3 * active.misclassified - sobol.misclassified) < 1e-12)
    let noisy = log.map { trial in
      Trial(
        trial.proposal,
        .finished([
          Observation(
            trial.proposal.position, value: MassPlane.response(trial.proposal.position),
            variance: 1e-12)
        ]))
    }
    let declared = try Sampler(space, seed: 2).assessment(noisy)
    #expect(abs(declared.misclassified / sobol.misclassified - 1) < 1e-3)
  }
}
