// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

@Suite struct PoolTests {
  /// A grid of 15 × 15, half of which the constraint of `space()` forbids.
  static let pool = (0..<225).map { [Double($0 % 15) / 14, Double($0 / 15) / 14] }

  static func space() throws -> ParameterSpace {
    try SamplerTests.plane(allowing: { $0[0] > $0[1] + 200 })
  }

  @Test(arguments: [
    Sampler.Strategy.active(), .active(.randomisedStraddle), .active(.targetedVariance),
    .active(.stepwiseReduction), .sobol, .random, .grid(perAxis: 6),
  ])
  func onlyItsPointsAndEachOnce(strategy: Sampler.Strategy) throws {
    let sampler = try Sampler(Self.space(), strategy: strategy, seed: 8, pool: Self.pool)
    let log = try SamplerTests.run(sampler, until: 24, batch: 5)
    #expect(Set(log.map(\.proposal.position)).count == 24)
    #expect(log.allSatisfy { Self.pool.contains($0.proposal.position) })
    #expect(log.allSatisfy { sampler.space.contains($0.proposal.position) })
  }

  @Test func endsWithItsLastPoint() throws {
    let allowed = try Self.pool.filter(Self.space().contains)
    for strategy in [Sampler.Strategy.active(), .sobol] {
      let sampler = try Sampler(
        Self.space(), strategy: strategy, seed: 8, pool: Array(Self.pool.prefix(45)))
      var log: [Trial] = []
      while case let next = try sampler.proposals(7, after: log), !next.isEmpty {
        log += next.map { SamplerTests.finished($0) }
      }
      let all = allowed.filter { Self.pool.prefix(45).contains($0) }
      #expect(Set(log.map(\.proposal.position)) == Set(all))
      #expect(log.count == all.count)
    }
  }

  @Test func aDesignIsTheSameHoweverManyAreAskedFor() throws {
    let sampler = try Sampler(Self.space(), strategy: .sobol, seed: 3, pool: Self.pool)
    let one = try SamplerTests.run(sampler, until: 12).map(\.proposal.position)
    #expect(try SamplerTests.run(sampler, until: 12, batch: 12).map(\.proposal.position) == one)
  }

  @Test func theAssessmentIsOverIt() throws {
    let sampler = try Sampler(Self.space(), seed: 3, pool: Self.pool)
    let log = try SamplerTests.run(sampler, until: 10)
    let surrogate = try sampler.surrogates(log)[0]
    let allowed = Self.pool.filter(sampler.space.contains)
    let sum = allowed.reduce(0) {
      $0 + Acquisition.misclassification(surrogate.prediction(at: $1), level: 0)
    }
    // A third, as of every exact active scan in two dimensions.
    let expected = sum / Double(allowed.count) / 3
    #expect(abs(try sampler.assessment(log).misclassified - expected) < 1e-12)
  }

  @Test func refusesWhatIsNoPool() throws {
    for pool in [[], [[0.5]], [[0.5, 2]]] {
      #expect(throws: SamplingError.self) { try Sampler(Self.space(), seed: 1, pool: pool) }
    }
  }
}
