// SPDX-License-Identifier: Apache-2.0
import Sampling
import Testing

@Suite struct StopRuleTests {
  static func round(_ evaluations: Int, _ misclassified: Double, above: Int) -> Assessment {
    Assessment(
      evaluations: evaluations, misclassified: misclassified,
      isAbove: [(0..<1000).map { $0 < above }])
  }

  @Test func patienceCountsRoundsInARow() {
    let rule = StopRule(misclassified: 0.01, shift: 0.005, patience: 2, evaluations: 40)
    let start = [Self.round(6, 0.2, above: 400), Self.round(7, 0.009, above: 402)]
    #expect(rule.reason(after: start) == nil)
    #expect(rule.reason(after: start + [Self.round(8, 0.008, above: 403)]) == .converged)
    #expect(rule.reason(after: start + [Self.round(8, 0.011, above: 403)]) == nil)
    #expect(rule.reason(after: start + [Self.round(8, 0.008, above: 410)]) == nil)
    #expect(rule.reason(after: start + [Self.round(40, 0.3, above: 410)]) == .evaluations)
    #expect(rule.reason(after: []) == nil)
  }

  @Test func theAssessmentOfAScanFalls() throws {
    let sampler = try Sampler(SamplerTests.plane(), seed: 2)
    let log = try SamplerTests.run(sampler, until: 24)
    let early = try sampler.assessment(Array(log.prefix(8)))
    let late = try sampler.assessment(log)
    #expect((early.evaluations, late.evaluations) == (8, 24))
    #expect(late.misclassified < early.misclassified)
    #expect(late.shift(from: late) == 0)
    #expect(late.shift(from: early) > 0)
  }
}
