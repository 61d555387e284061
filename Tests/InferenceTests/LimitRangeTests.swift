// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// Limits far from where the signal strength's bounds suggest them.
@Suite struct LimitRangeTests {
  private func limit(
    signal: Double, background: Double = 50, observed: Double = 55, upperBound: Double = 10
  ) throws -> UpperLimit {
    try Analyzer(
      Model(
        SmallModels.counting(
          signal: signal, background: background, observed: observed, upperBound: upperBound))
    ).upperLimit()
  }

  /// Signals with too many or too few events by orders of magnitude (pyhf issues 2228 and 2232, where
  /// the search leaves the bounds): only the number of signal events matters.
  @Test(
    "The number of events at the limit doesn't depend on the signal's scale",
    arguments: [1e-7, 1e-3, 0.4, 30, 5e4, 1e9])
  func scale(signal: Double) throws {
    let reference = try limit(signal: 1)
    let found = try limit(signal: signal)
    #expect(abs(found.observed * signal / reference.observed - 1) < 1e-7)
    for (found, expected) in zip(found.expected.values, reference.expected.values) {
      #expect(abs(found * signal / expected - 1) < 1e-7)
    }
  }

  @Test("A bound far below the limit and the best fit changes nothing", arguments: [0.01, 1, 1e5])
  func bound(upperBound: Double) throws {
    let reference = try limit(signal: 2, observed: 90, upperBound: 1000)
    let found = try limit(signal: 2, observed: 90, upperBound: upperBound)
    #expect(abs(found.observed / reference.observed - 1) < 1e-8)
    #expect(abs(found.expected.median / reference.expected.median - 1) < 1e-8)
  }

  @Test("No limit says which way there is none")
  func sentences() throws {
    let nothing = #expect(throws: InvalidHypothesis.self) { try limit(signal: 0) }
    #expect(nothing?.description.contains("no signal strength is excluded") == true)
    let negative = #expect(throws: InvalidHypothesis.self) { try limit(signal: -2) }
    #expect(
      negative?.description.contains("isn't a number") == true
        || negative?.description.contains("no signal strength is excluded") == true)
  }

  @Test("Limits of different confidence are ordered", arguments: TestStatistic.allCases)
  func confidence(statistic: TestStatistic) throws {
    let analyzer = try Analyzer(Model(SmallModels.random(seed: 2)))
    let limits = try [0.5, 0.8, 0.9, 0.95, 0.99, 0.9999].map {
      try analyzer.upperLimit(confidenceLevel: $0, testStatistic: statistic)
    }
    #expect(limits.map(\.observed) == limits.map(\.observed).sorted())
    #expect(limits.map(\.expected.minus2) == limits.map(\.expected.minus2).sorted())
    for limit in limits { #expect(limit.expected.values == limit.expected.values.sorted()) }
  }
}
