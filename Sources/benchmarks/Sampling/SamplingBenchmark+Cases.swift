// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling

extension SamplingBenchmark {
  func sequential(_ scan: ScanCase, budget: Int) async throws {
    for acquisition in [
      Acquisition.entropy, .randomisedStraddle, .targetedVariance, .stepwiseReduction,
    ] {
      try await curve("\(scan.name), \(acquisition.rawValue)", budget: budget) {
        try ScanRun(scan, seed: $0, strategy: .active(acquisition))
      }
    }
  }

  /// Evaluations until the error stays below 1 % and 0.5 %, and the error at the budget.
  func curve(
    _ name: String, budget: Int, _ make: @escaping @Sendable (UInt64) throws -> ScanRun
  ) async throws {
    let errors = try await each { seed in
      let run = try make(seed)
      return try run.errors(run.log(budget))
    }
    let counts = [0.01, 0.005].map { level in
      Self.median(errors.map { ScanRun.evaluations($0, until: level) })
    }
    let last = Self.median(errors.map { $0.last ?? 1 })
    Self.line(
      name,
      String(
        format: "until 1 %%: %.1f, 0.5 %%: %.1f; at %d: %.2f %%", counts[0], counts[1], budget,
        100 * last))
  }

  func peers() async throws {
    for scan in [ScanCase.massPlane, .fast] {
      for (name, peer) in [
        ("straddle", PeerStrategy.straddle), ("excursion's entropy", .gridEntropy),
      ] {
        try await curve("\(scan.name), \(name)", budget: 42) { seed in
          var run = try ScanRun(scan, seed: seed)
          run.peer = peer
          return run
        }
      }
      for (name, strategy) in [("Sobol'", Sampler.Strategy.sobol), ("random", .random)] {
        try await curve("\(scan.name), \(name)", budget: 42) {
          try ScanRun(scan, seed: $0, strategy: strategy)
        }
      }
      let errors = (3...32).map { (Double($0 * $0), LinearGrid(scan, nodes: $0).error) }
      let counts = [0.01, 0.005].map { level in
        errors.drop { $0.1 >= level }.first?.0 ?? .infinity
      }
      Self.line(
        "\(scan.name), grid with linear interpolation",
        "first below 1 %: \(counts[0]), 0.5 %: \(counts[1])")
    }
  }

  func batches() async throws {
    for (name, peer) in [("ours", PeerStrategy?.none), ("Poisson-disc band", .band)] {
      let errors = try await each { seed in
        var run = try ScanRun(.massPlane, seed: seed)
        (run.peer, run.batch) = (peer, 8)
        return try run.error(after: run.log(38))
      }
      Self.line(
        "batches of 8, 38 evaluations, \(name)",
        String(format: "%.2f %%", 100 * Self.median(errors)))
    }
  }

  /// Successful evaluations until 1 % and 0.5 %, each seed with and without failures.
  func failures() async throws {
    let counts = try await each { seed in
      try [0, 0.2].map { chance in
        var run = try ScanRun(.massPlane, seed: seed)
        run.failures = chance
        let log = try run.log(chance > 0 ? 52 : 40).filter { $0.outcome != .failed }
        let renumbered = log.enumerated().map { index, trial in
          Trial(
            Proposal(
              number: index, position: trial.proposal.position,
              hyperparameters: trial.proposal.hyperparameters), trial.outcome)
        }
        let errors = try run.errors(renumbered)
        return [0.01, 0.005].map { ScanRun.evaluations(errors, until: $0) }
      }
    }
    for (index, level) in ["1 %", "0.5 %"].enumerated() {
      let clean = Self.median(counts.map { $0[0][index] })
      let lossy = Self.median(counts.map { $0[1][index] })
      Self.line(
        "20 % failures, successful until \(level)",
        String(format: "%.1f, without %.1f: %+.0f %%", lossy, clean, 100 * (lossy / clean - 1)))
    }
  }

  func fourContours() async throws {
    for acquisition in [Acquisition.entropy, .stepwiseReduction] {
      let errors = try await each { seed in
        let run = try ScanRun(.fourContours, seed: seed, strategy: .active(acquisition))
        return try run.error(after: run.log(30))
      }
      Self.line(
        "four contours, 30 evaluations, \(acquisition.rawValue)",
        String(format: "%.2f %%", 100 * Self.median(errors)))
    }
  }

  /// The rule at 1 %: how often the truth is below it, and evaluations over those of an oracle.
  func stopRule() async throws {
    for (scan, budget) in [(ScanCase.massPlane, 40), (.fast, 46), (.three, 60)] {
      let stops = try await each { seed in
        let run = try ScanRun(scan, seed: seed)
        let log = try run.log(budget)
        let rounds = try (6...log.count).map { try run.sampler.assessment(Array(log.prefix($0))) }
        let rule = StopRule()
        let errors = try run.errors(log)
        let oracle = ScanRun.evaluations(errors, until: 0.01)
        let stop = rounds.indices.first { rule.reason(after: Array(rounds[...$0])) != nil }
        guard let stop else { return (error: 1.0, ratio: Double.infinity) }
        return (error: errors[stop], ratio: Double(stop + 6) / oracle)
      }
      let right = stops.count { $0.error <= 0.01 }
      Self.line(
        "\(scan.name), stop rule at 1 %",
        "right \(right) of \(stops.count), "
          + String(format: "%.2f times the oracle", Self.median(stops.map(\.ratio))))
    }
  }

  /// Gradients at 20 evaluations against values only at `count`.
  func gradients(_ scan: ScanCase, _ count: Int) async throws {
    for acquisition in [Acquisition.entropy, .stepwiseReduction] {
      for (enhanced, count) in [(true, 20), (false, count)] {
        let errors = try await each { seed in
          let design = Design(count: enhanced ? scan.dimension + 2 : nil)
          var run = try ScanRun(scan, seed: seed, strategy: .active(acquisition, design: design))
          run.gradients = enhanced
          return try run.error(after: run.log(count))
        }
        Self.line(
          "\(scan.name), \(enhanced ? "gradients" : "values"), \(count), \(acquisition.rawValue)",
          String(format: "%.2f %%", 100 * Self.median(errors)))
      }
    }
  }

  func proposalTime() throws {
    for acquisition in [
      Acquisition.entropy, .randomisedStraddle, .targetedVariance, .stepwiseReduction,
    ] {
      let run = try ScanRun(.four, seed: 1, strategy: .active(acquisition))
      let sobol = Sobol(dimension: 4, seed: 2)
      let log = (0..<100).map { index in
        let position = sobol[UInt32(index)]
        return Trial(
          Proposal(number: index, position: position),
          .finished(run.scan.outputs(at: position)))
      }
      let times = try (0..<5).map { _ in
        let start = ProcessorTime.thread
        _ = try run.sampler.proposals(1, after: log)
        return (ProcessorTime.thread - start) * 1e3
      }
      Self.line(
        "one proposal at 100 points, 4-D, \(acquisition.rawValue)",
        String(format: "%.1f ms", Self.median(times)))
    }
  }
}
