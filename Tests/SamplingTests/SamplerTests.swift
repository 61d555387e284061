// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

@Suite struct SamplerTests {
  static func plane(
    allowing allows: @escaping @Sendable ([Double]) -> Bool = { _ in true }
  ) throws -> ParameterSpace {
    try ParameterSpace(
      [.init("m1", from: 200, to: 1200), .init("m2", from: 0, to: 800)], allowing: allows)
  }

  static func finished(
    _ proposal: Proposal, _ response: ([Double]) -> Double = MassPlane.response
  ) -> Trial {
    Trial(
      proposal,
      .finished([Observation(proposal.position, value: response(proposal.position))]))
  }

  /// A whole scan in rounds; `fails` says which proposals do.
  static func run(
    _ sampler: Sampler, until count: Int, batch: Int = 1,
    response: ([Double]) -> Double = MassPlane.response, fails: (Proposal) -> Bool = { _ in false }
  ) throws -> [Trial] {
    var log: [Trial] = []
    while log.count < count {
      log += try sampler.proposals(min(batch, count - log.count), after: log).map {
        fails($0) ? Trial($0, .failed) : finished($0, response)
      }
    }
    return log
  }

  @Test func functionsAreThoseOfTheBaselines() {
    // cls_mu_points and fast2d_points of unit_values.json.
    let points = [[0.2, 0.1], [0.5, 0.5], [0.8, 0.0]]
    let plane = [-1.1735103922111154, -0.12885036802422634, 0.5885030637877053]
    let fast = [-12.78836237151668, -2.6485391537911007, -1.2612340863126414]
    for index in points.indices {
      #expect(abs(MassPlane.response(points[index]) - plane[index]) < 1e-9)
      #expect(abs(FastPlane.response(points[index]) - fast[index]) < 1e-9)
    }
  }

  @Test(arguments: [
    Sampler.Strategy.active(),
    .active(.randomisedStraddle, design: Design(count: 5)), .sobol, .random,
  ])
  func neverTwiceAndAlwaysAllowed(strategy: Sampler.Strategy) throws {
    let sampler = try Sampler(
      Self.plane(allowing: { $0[0] > $0[1] + 100 }), strategy: strategy, seed: 3)
    let log = try Self.run(sampler, until: 25, batch: 4, fails: { $0.number % 5 == 4 })
    #expect(Set(log.map(\.proposal.position)).count == 25)
    #expect(log.map(\.proposal.number) == Array(0..<25))
    #expect(log.allSatisfy { sampler.space.contains($0.proposal.position) })
  }

  @Test func finiteStrategiesEnd() throws {
    let space = try Self.plane(allowing: { $0[0] > 500 })
    let grid = try Sampler(space, strategy: .grid(perAxis: 2), seed: 1)
    #expect(try grid.proposals(9, after: []).map(\.position) == [[0.75, 0.25], [0.75, 0.75]])
    let points = [[0.9, 0.1], [0.1, 0.1], [0.9, 0.1], [0.6, 0.2]]
    let given = try Sampler(space, strategy: .points(points), seed: 1)
    let first = try given.proposals(1, after: [])
    #expect(first.map(\.position) == [[0.9, 0.1]])
    let rest = try given.proposals(5, after: first.map { Self.finished($0) })
    #expect(rest.map(\.position) == [[0.6, 0.2]])
    #expect(throws: SamplingError.self) {
      try Sampler(space, strategy: .grid(perAxis: 0), seed: 1)
    }
  }

  @Test(arguments: [[0.5], [0.5, 1.5], [0.5, -0.1], [0.5, .nan], [450, 400]])
  func givenPointsMustBePositions(point: [Double]) throws {
    let error = try #require(throws: SamplingError.self) {
      try Sampler(Self.plane(), strategy: .points([[0.9, 0.1], point]), seed: 1)
    }
    #expect(error.description.hasPrefix("point 1 is \(point), not a position of the unit cube"))
  }

  @Test func targetsMustMeanSomething() throws {
    let space = try Self.plane()
    for target in [
      Target(output: -1), Target(level: .infinity), Target(level: .nan), Target(weight: 0),
      Target(weight: -1), Target(weight: .infinity),
    ] {
      let error = try #require(throws: SamplingError.self) {
        try Sampler(space, targets: [Target(), target], seed: 1)
      }
      #expect(error.description.hasPrefix("target 1 has output \(target.output), "))
    }
  }

  @Test func aResultWithoutTheTargetsOutputIsRefused() throws {
    let sampler = try Sampler(Self.plane(), targets: [Target(output: 1)], seed: 1)
    let log = try sampler.proposals(1, after: []).map { Self.finished($0) }
    let error = try #require(throws: SamplingError.self) { try sampler.surrogates(log) }
    #expect(error.description.hasPrefix("the result of proposal 0 lacks an output"))
  }

  @Test func seedsReproduceAndArrivalOrderDoesNotMatter() throws {
    let sampler = try Sampler(Self.plane(), seed: 11)
    let log = try Self.run(sampler, until: 16, batch: 4)
    #expect(try Self.run(sampler, until: 16, batch: 4) == log)
    #expect(try Self.run(Sampler(Self.plane(), seed: 12), until: 6) != Array(log.prefix(6)))
    let next = try sampler.proposals(4, after: log)
    #expect(try sampler.proposals(4, after: log.reversed()) == next)
    #expect(try sampler.proposals(2, after: log) == Array(next.prefix(2)))
    #expect(next.allSatisfy { $0.acquisition != nil && $0.hyperparameters.count == 1 })
  }

  @Test func pendingPointsKeepOthersAway() throws {
    let sampler = try Sampler(Self.plane(), seed: 4)
    let log = try Self.run(sampler, until: 14)
    let first = try sampler.proposals(1, after: log)
    let second = try sampler.proposals(1, after: log + first.map { Trial($0, .pending) })
    let scales = try sampler.surrogates(log)[0].hyperparameters.dropFirst().map { exp($0) }
    let square = scales.indices.reduce(0) {
      $0 + pow((first[0].position[$1] - second[0].position[$1]) / scales[$1], 2)
    }
    #expect(square > 0.0625)
  }

  @Test func refusesALogWithGapsOrForeignResults() throws {
    let sampler = try Sampler(Self.plane(), seed: 1)
    let gap = Self.finished(Proposal(number: 1, position: [0.5, 0.5]))
    let foreign = Trial(
      Proposal(number: 0, position: [0.5, 0.5]),
      .finished([Observation([0.4, 0.5], value: 1)]))
    for trial in [gap, foreign] {
      #expect(throws: SamplingError.self) { try sampler.proposals(1, after: [trial]) }
    }
    #expect(throws: SamplingError.self) { try Sampler(Self.plane(), targets: [], seed: 1) }
  }

  @Test func anImpossibleConstraintIsToldSo() throws {
    let sampler = try Sampler(Self.plane(allowing: { _ in false }), strategy: .sobol, seed: 1)
    #expect(throws: SamplingError.self) { try sampler.proposals(1, after: []) }
  }

  @Test func findsTheContourOfTheMassPlane() throws {
    let sampler = try Sampler(Self.plane(), seed: 21)
    let log = try Self.run(sampler, until: 30)
    let surrogate = try sampler.surrogates(log)[0]
    let wrong = MassPlane.grid.count {
      (surrogate.prediction(at: $0).mean > 0) != (MassPlane.response($0) > 0)
    }
    #expect(Double(wrong) / Double(MassPlane.grid.count) < 0.01)
  }
}
