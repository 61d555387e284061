// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

/// Numbers for the comparison with other strategies, printed; run when SAMPLING_MEASUREMENTS is
/// set. Medians over ten seeds; "until" is the first number of evaluations from which the wrong
/// fraction of the 61 × 61 grid stays below a level.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["SAMPLING_MEASUREMENTS"] != nil,
    "measurements: set SAMPLING_MEASUREMENTS to run them"), .serialized)
struct Measurements {
  static let seeds = 0..<10

  static func wrong(
    _ sampler: Sampler, _ log: [Trial], _ response: ([Double]) -> Double
  ) throws -> Double {
    let surrogates = try sampler.surrogates(log)
    let wrong = MassPlane.grid.count {
      (surrogates[0].prediction(at: $0).mean > 0) != (response($0) > 0)
    }
    return Double(wrong) / Double(MassPlane.grid.count)
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Wrong fractions after each evaluation from the sixth.
  static func errors(
    _ log: [Trial], _ sampler: Sampler, _ response: ([Double]) -> Double
  ) throws -> [Double] {
    try (6...log.count).map { try wrong(sampler, Array(log.prefix($0)), response) }
  }

  static func evaluations(_ errors: [Double], until level: Double) -> Double {
    Double((errors.lastIndex { $0 >= level } ?? -1) + 1 + 6)
  }

  @Test(arguments: [0, 1], [Acquisition.entropy, .randomisedStraddle])
  func sequential(function: Int, acquisition: Acquisition) throws {
    let response = function == 0 ? MassPlane.response : FastPlane.response
    let budget = function == 0 ? 32 : 38
    let runs = try Self.seeds.map { seed in
      let sampler = try Sampler(
        SamplerTests.plane(), strategy: .active(acquisition, design: nil), seed: UInt64(seed))
      return try Self.errors(
        SamplerTests.run(sampler, until: budget, response: response), sampler, response)
    }
    let (one, half) = (
      runs.map { Self.evaluations($0, until: 0.01) },
      runs.map { Self.evaluations($0, until: 0.005) }
    )
    print("measured", function == 0 ? "mass plane" : "fast_2D", acquisition.rawValue)
    print("measured   1 %:", Self.median(one), one, " 0.5 %:", Self.median(half), half)
    #expect(Self.median(one) <= Double(budget))
  }

  @Test func batchesAndFailures() throws {
    var (batches, clean, failing): ([Double], [Double], [Double]) = ([], [], [])
    for seed in Self.seeds {
      let sampler = try Sampler(SamplerTests.plane(), seed: UInt64(seed))
      let log = try SamplerTests.run(sampler, until: 38, batch: 8)
      batches.append(try Self.wrong(sampler, log, MassPlane.response))
      let lossy = try SamplerTests.run(
        sampler, until: 38,
        fails: { CounterRandom.bits(UInt64(seed), UInt64($0.number), 99) % 5 == 0 })
      let succeeded = lossy.filter { $0.outcome != .failed }.enumerated().map { index, trial in
        Trial(Proposal(number: index, position: trial.proposal.position), trial.outcome)
      }
      failing.append(
        Self.evaluations(
          try Self.errors(succeeded, sampler, MassPlane.response), until: 0.01))
      clean.append(
        Self.evaluations(
          try Self.errors(
            SamplerTests.run(sampler, until: 38), sampler, MassPlane.response), until: 0.01))
    }
    print("measured batches of 8, 38 evaluations:", Self.median(batches), batches)
    print("measured 1 % successful:", Self.median(failing), "without failures:", Self.median(clean))
    #expect(Self.median(batches) < 0.02)
  }

  @Test func stopRuleAtOnePerCent() throws {
    var (errors, ratios): ([Double], [Double]) = ([], [])
    for seed in Self.seeds {
      let sampler = try Sampler(SamplerTests.plane(), seed: UInt64(seed))
      let log = try SamplerTests.run(sampler, until: 40)
      let rounds = try (6...log.count).map { try sampler.assessment(Array(log.prefix($0))) }
      let rule = StopRule()
      let stop = rounds.indices.first { rule.reason(after: Array(rounds[...$0])) != nil }
      let truth = try Self.errors(log, sampler, MassPlane.response)
      errors.append(stop.map { truth[$0] } ?? 1)
      ratios.append(
        stop.map { Double($0 + 6) / Self.evaluations(truth, until: 0.01) } ?? .infinity)
    }
    print("measured stop rule, true errors:", errors, "evaluations over oracle:", ratios)
    #expect(errors.count == Self.seeds.count)
  }

  @Test func fourContours() throws {
    // s95 of unit_values.json.
    let excluded = [17.067868370777408, 12.75929761929469, 18.327797831123313, 8.985047903501876]
    let means = try Self.seeds.map { seed in
      let sampler = try Sampler(
        SamplerTests.plane(), targets: (0..<4).map { Target(output: $0) }, seed: UInt64(seed))
      var log: [Trial] = []
      while log.count < 30 {
        log += try sampler.proposals(1, after: log).map { proposal in
          let events = log10(MassPlane.events(proposal.position))
          return Trial(
            proposal,
            .finished(
              excluded.map { Observation(proposal.position, value: log10($0) - events) }))
        }
      }
      let wrong = zip(try sampler.surrogates(log), excluded).map { surrogate, limit in
        MassPlane.grid.count {
          (surrogate.prediction(at: $0).mean > 0) != (limit > MassPlane.events($0))
        }
      }
      return Double(wrong.reduce(0, +)) / Double(4 * MassPlane.grid.count)
    }
    print("measured four contours at 30 evaluations:", Self.median(means), means)
    #expect(Self.median(means) < 0.02)
  }

  /// `cls_3d` of gegp.py, on 4096 Sobol' points.
  @Test func gradientsInThreeDimensions() throws {
    func response(_ u: [Double]) -> Double {
      MassPlane.response(u) - 2 * log10(0.5 + 1.5 * u[2])
    }
    let space = try ParameterSpace((0..<3).map { .init("p\($0)", from: 0, to: 1) })
    let sobol = Sobol(dimension: 3, seed: 99)
    let points = (0..<4096).map { sobol[UInt32($0)] }
    for (count, enhanced) in [(20, true), (40, false)] {
      let errors = try Self.seeds.map { seed in
        let sampler = try Sampler(space, seed: UInt64(seed))
        var log: [Trial] = []
        while log.count < count {
          log += try sampler.proposals(1, after: log).map { proposal in
            let slopes: [Double?] = (0..<3).map { axis in
              var (up, down) = (proposal.position, proposal.position)
              up[axis] += 1e-5
              down[axis] -= 1e-5
              return (response(up) - response(down)) / 2e-5
            }
            let observation = Observation(
              proposal.position, value: response(proposal.position),
              gradient: enhanced ? slopes : [])
            return Trial(proposal, .finished([observation]))
          }
        }
        let surrogate = try sampler.surrogates(log)[0]
        let wrong = points.count {
          (surrogate.prediction(at: $0).mean > 0) != (response($0) > 0)
        }
        return Double(wrong) / 4096
      }
      print("measured 3-D", enhanced ? "gradients" : "values", count, Self.median(errors), errors)
      #expect(Self.median(errors) < 0.1)
    }
  }

  @Test func proposalTimeInFourDimensions() throws {
    let space = try ParameterSpace((0..<4).map { .init("p\($0)", from: 0, to: 1) })
    let sampler = try Sampler(space, seed: 1)
    let sobol = Sobol(dimension: 4, seed: 2)
    let log = (0..<100).map { index in
      SamplerTests.finished(Proposal(number: index, position: sobol[UInt32(index)])) {
        MassPlane.response($0) - 0.6 * cos(2.5 * $0[3]) - log10($0[2] + 0.5)
      }
    }
    let duration = try ContinuousClock().measure { _ = try sampler.proposals(1, after: log) }
    print("measured one proposal at 100 points in 4-D:", duration)
  }
}
