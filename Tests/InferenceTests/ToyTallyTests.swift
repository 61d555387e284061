// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Synchronization
import Testing

@Suite struct ToyTallyTests {
  private static let model = Result { try Model(SmallModels.random(seed: 6)) }

  @Test("Toys are the same in one task or three, at once, resumed or merged")
  func reproducible() async throws {
    let calculator = try ToyCalculator(Self.model.get(), mu: 1.5, seed: 9)
    let once = try await calculator.run(calculator.start(), toys: 0..<60, width: 1)
    let wide = try await calculator.run(calculator.start(), toys: 0..<60, width: 3)
    let first = try await calculator.run(calculator.start(), toys: 0..<25, width: 2)
    let resumed = try await calculator.run(first, toys: 0..<60, width: 2)
    var merged = try await calculator.run(calculator.start(), toys: 25..<60, width: 2)
    let filled = try await calculator.run(merged, toys: 0..<60)
    try merged.merge(first)
    #expect(once.tested.numbers == Array(0..<60) && once.tested.failures.isEmpty)
    #expect(once == wide && once == resumed && once == merged && once == filled)
    await #expect(throws: InvalidHypothesis.self) {
      try await calculator.run(once, toys: -3..<70)
    }
  }

  @Test("Toys of the same number aren't merged, nor those of another plan")
  func refusedMerges() async throws {
    let calculator = try ToyCalculator(Self.model.get(), mu: 1.5, seed: 9)
    let first = try await calculator.run(calculator.start(), toys: 0..<12)
    var second = try await calculator.run(calculator.start(), toys: 11..<20)
    let before = second
    let overlap = #expect(throws: InvalidHypothesis.self) { try second.merge(first) }
    #expect(overlap?.description.contains("both have toy 11 of the tested") == true)
    #expect(second == before)
    for (mu, statistic, seed, problem) in [
      (1.5, ProfileStatistic.qTilde, UInt64(10), "the seed is 10, not 9"),
      (1.6, .qTilde, 9, "the signal strength is 1.6, not 1.5"),
      (1.5, .q, 9, "the test statistic is 'q', not 'qtilde'"),
    ] {
      let other = try ToyCalculator(Self.model.get(), mu: mu, statistic: statistic, seed: seed)
      let toys = try await other.run(other.start(), toys: 20..<22)
      if seed == 10 {
        let mine = try await calculator.run(calculator.start(), toys: 20..<22)
        #expect(toys.tested.statistics != mine.tested.statistics)
      }
      let refusal = #expect(throws: InvalidHypothesis.self) {
        var tally = first
        try tally.merge(toys)
      }
      #expect(refusal?.description.contains("in those made so far") == true)
      let resumption = await #expect(throws: InvalidHypothesis.self) {
        try await calculator.run(toys, toys: 0..<70)
      }
      #expect(resumption?.description.contains(problem) == true)
    }
  }

  /// Each changes toys or their test statistics and nothing that is expected near the nominal point.
  @Test("Models that differ in anything toys depend on have fingerprints of their own")
  func fingerprints() throws {
    let workspace = SmallModels.random(seed: 6)
    var changed: [Workspace] = [workspace]
    func change(_ configuration: Workspace.ParameterConfiguration) {
      var other = workspace
      other.measurements[0].parameters.append(configuration)
      changed.append(other)
    }
    // A constraint's width, a fixed parameter, a bound.
    change(
      Workspace.ParameterConfiguration(
        name: "staterror_CR", inits: nil, bounds: nil, auxiliaryData: nil, sigmas: [0.5],
        isFixed: nil))
    change(
      Workspace.ParameterConfiguration(
        name: "theory", inits: nil, bounds: nil, auxiliaryData: nil, sigmas: nil, isFixed: true))
    change(
      Workspace.ParameterConfiguration(
        name: "mainNorm", inits: nil, bounds: [0...7], auxiliaryData: nil, sigmas: nil,
        isFixed: nil))
    // The rate of a Poisson constraint, and the parameter of interest.
    var other = workspace
    for channel in other.channels.indices {
      for sample in other.channels[channel].samples.indices {
        for modifier in other.channels[channel].samples[sample].modifiers.indices {
          if case .shapesys(let deviations) =
            other.channels[channel].samples[sample].modifiers[modifier].kind
          {
            other.channels[channel].samples[sample].modifiers[modifier].kind =
              .shapesys(deviations.map { 1.01 * $0 })
          }
        }
      }
    }
    changed.append(other)
    other = workspace
    other.measurements[0].poi = "mainNorm"
    changed.append(other)
    let plans = try changed.map { workspace in
      let model = try Model(workspace)
      return ToyPlan(model, data: model.data, mu: 1, statistic: .q, seed: 1)
    }
    #expect(Set(plans.map(\.fingerprint)).count == changed.count)
    // A lower template that code 1 uses below 0 only.
    let codes = try [0.9, 0.8].map { lo in
      var workspace = SmallModels.counting(signal: 5, background: 50, observed: 55)
      workspace.channels[0].samples[1].modifiers = [
        Workspace.Modifier(name: "theory", kind: .normsys(lo: lo, hi: 1.1))
      ]
      let model = try Model(workspace, options: ModelOptions(normsys: .code1))
      return ToyPlan(model, data: model.data, mu: 1, statistic: .q, seed: 1).fingerprint
    }
    #expect(codes[0] != codes[1])
  }

  @Test("What is made is saved on the way")
  func saving() async throws {
    let calculator = try ToyCalculator(Self.model.get(), seed: 3)
    let saved = Mutex<[ToyTally]>([])
    let tally = try await calculator.run(
      calculator.start(), toys: 0..<70, savingEvery: .zero
    ) { tally in saved.withLock { $0.append(tally) } }
    let counts = saved.withLock { $0.map(\.tested.count) }
    #expect(counts.count > 2 && counts == counts.sorted() && counts.last == 70)
    #expect(saved.withLock { $0.last } == tally)
    #expect(saved.withLock { $0.allSatisfy { $0.alternative.count == $0.tested.count } })
    struct Full: Error {}
    await #expect(throws: Full.self) {
      try await calculator.run(calculator.start(), toys: 0..<70) { _ in throw Full() }
    }
  }
}
