// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference
import Testing

/// Toys with a bin in which nothing was drawn.
@Suite struct EmptyBinToyTests {
  /// 5 μ + 3 (1 + 2 α) events: an uncertainty of 200 % takes the background below 0 long before its
  /// constraint stops it.
  private static func workspace() -> Workspace {
    var workspace = SmallModels.counting(signal: 5, background: 3, observed: 3)
    workspace.channels[0].samples[1].modifiers = [
      Workspace.Modifier(name: "alpha", kind: .histosys(lo: [-3], hi: [9]))
    ]
    return workspace
  }

  /// q̃ at μ = 1 without events, α measured as a: −log L = ν + (α − a)²/2 for ν ≥ 0 only.
  private static func statistic(measured a: Double) -> Double {
    // At μ = 1, ν = 8 + 6α ≥ 0; α = a − 6 is where the slope vanishes.
    let held = max(-4.0 / 3, a - 6)
    let conditional = 8 + 6 * held + 0.5 * (held - a) * (held - a)
    // Below α = −½ a signal makes up for the background, and ν = 0 costs nothing.
    if a < -0.5 {
      return 0.6 * (-1 - 2 * a) > 1 ? 0 : 2 * conditional
    }
    let free = max(-0.5, a - 6)
    return 2 * (conditional - (3 + 6 * free + 0.5 * (free - a) * (free - a)))
  }

  @Test("Fits to toys without events expect no less than nothing: closed form")
  func closedForm() async throws {
    let model = try Model(Self.workspace())
    let calculator = try ToyCalculator(model, mu: 1, seed: 5)
    let tally = try await calculator.run(calculator.start(), toys: 0..<600)
    #expect(tally.tested.failures.isEmpty)
    #expect(tally.alternative.failures.isEmpty)
    let poi = try #require(model.parameterOfInterest)
    let point = try Analyzer(model).fit(fixing: [poi: 0]).bestFit
    let generator = ToyGenerator(model, parameters: point, seed: 11)
    var empty = 0
    for (number, found) in zip(tally.alternative.numbers, tally.alternative.statistics) {
      let toy = generator.data(number)
      guard toy.main[0] == 0 else { continue }
      empty += 1
      #expect(abs(found - Self.statistic(measured: toy.auxiliary[0])) < 1e-5)
    }
    #expect(empty > 15)
  }

  /// A bin that expects nothing whatever the parameters holds no fit back.
  @Test("A bin that always expects nothing changes nothing")
  func nothingExpected() async throws {
    var workspace = SmallModels.counting(signal: 4, background: 3, observed: 3)
    let plain = try ToyCalculator(Model(workspace), seed: 5)
    workspace.channels[0].samples[0].data.append(0)
    workspace.channels[0].samples[1].data.append(0)
    workspace.observations[0].data.append(0)
    let wider = try ToyCalculator(Model(workspace), seed: 5)
    let expected = try await plain.run(plain.start(), toys: 0..<60)
    let found = try await wider.run(wider.start(), toys: 0..<60)
    #expect(found.tested.failures.isEmpty && found.tested.count == 60)
    for (found, expected) in zip(found.tested.statistics, expected.tested.statistics) {
      #expect(abs(found - expected) < 1e-6)
    }
  }
}
