// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

@Suite struct InferencePropertyTests {
  private func analyzer(_ seed: Int) throws -> Analyzer {
    try Analyzer(Model(SmallModels.random(seed: UInt64(seed))))
  }

  @Test("CLs falls with mu, observed and expected; the band is ordered", arguments: 0..<8)
  func monotone(seed: Int) throws {
    let analyzer = try analyzer(seed)
    var previous = [Double](repeating: 1 + 1e-9, count: 6)
    for mu in stride(from: 0.1, through: 4.1, by: 0.5) {
      let test = try analyzer.hypothesisTest(mu: mu)
      let band = test.expectedCLs.values
      #expect(band == band.sorted())
      let now = [test.observedCLs] + band
      for (a, b) in zip(now, previous) { #expect(a < b) }
      previous = now
    }
  }

  @Test("The CLs of a limit is 1 − confidence level", arguments: 0..<8)
  func roundTrip(seed: Int) throws {
    for confidenceLevel in [0.9, 0.95] {
      let limit = try analyzer(seed).upperLimit(confidenceLevel: confidenceLevel)
      let fresh = try analyzer(seed)
      let observed = try fresh.hypothesisTest(mu: limit.observed)
      #expect(abs(observed.observedCLs - (1 - confidenceLevel)) < 1e-8)
      for n in 0..<5 {
        let test = try fresh.hypothesisTest(mu: limit.expected.values[n])
        #expect(abs(test.expectedCLs.values[n] - (1 - confidenceLevel)) < 1e-8)
      }
      #expect(limit.expected.values == limit.expected.values.sorted())
    }
  }

  @Test("Order of channels, samples and modifiers doesn't matter", arguments: 0..<4)
  func order(seed: Int) throws {
    let workspace = SmallModels.random(seed: UInt64(seed))
    var reversed = workspace
    reversed.channels.reverse()
    for c in reversed.channels.indices {
      reversed.channels[c].samples.reverse()
      for s in reversed.channels[c].samples.indices {
        reversed.channels[c].samples[s].modifiers.reverse()
      }
    }
    let a = try Analyzer(Model(workspace))
    let b = try Analyzer(Model(reversed))
    #expect(abs(try a.fit().twiceNLL - b.fit().twiceNLL) < 1e-9)
    #expect(
      abs(try a.hypothesisTest(mu: 1).observedCLs - b.hypothesisTest(mu: 1).observedCLs) < 1e-8)
    #expect(abs(try a.upperLimit().observed / b.upperLimit().observed - 1) < 1e-7)
  }

  @Test("Twice the signal, half the limit", arguments: 0..<4)
  func scaling(seed: Int) throws {
    let workspace = SmallModels.random(seed: UInt64(seed))
    var doubled = workspace
    for c in doubled.channels.indices {
      var signal = doubled.channels[c].samples[0]
      signal.data = signal.data.map { 2 * $0 }
      signal.modifiers = signal.modifiers.map { modifier in
        guard case .histosys(let lo, let hi) = modifier.kind else { return modifier }
        return Workspace.Modifier(
          name: modifier.name, kind: .histosys(lo: lo.map { 2 * $0 }, hi: hi.map { 2 * $0 }))
      }
      doubled.channels[c].samples[0] = signal
    }
    let one = try Analyzer(Model(workspace)).upperLimit()
    let two = try Analyzer(Model(doubled)).upperLimit()
    #expect(abs(one.observed / two.observed - 2) < 1e-6)
    #expect(abs(one.expected.plus2 / two.expected.plus2 - 2) < 1e-6)
  }

  @Test("Answers don't depend on what was asked before", arguments: 0..<4)
  func history(seed: Int) throws {
    let used = try analyzer(seed)
    _ = try used.upperLimit()
    _ = try used.hypothesisTest(mu: 3)
    let fresh = try analyzer(seed).hypothesisTest(mu: 1)
    let difference = try used.hypothesisTest(mu: 1).observedLogCLs - fresh.observedLogCLs
    #expect(abs(difference) < 1e-8)
  }

  @Test("More starting points never make a fit worse, and the seed alone decides", arguments: 0..<4)
  func starts(seed: Int) throws {
    let model = try Model(SmallModels.random(seed: UInt64(seed)))
    var options = FitOptions()
    options.starts = 8
    options.seed = 5
    let one = try Analyzer(model).fit()
    let many = try Analyzer(model, options: options).fit()
    #expect(many.twiceNLL <= one.twiceNLL + 1e-9)
    #expect(try Analyzer(model, options: options).fit().bestFit == many.bestFit)
  }
}
