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

  @Test("A signal that changes nothing has no limit, and it is said why")
  func nothing() throws {
    let nothing = #expect(throws: InvalidHypothesis.self) { try limit(signal: 0) }
    #expect(nothing?.description.contains("no signal strength is excluded") == true)
  }

  /// A signal of −2 events lacks them: at the limit 50 − 2μ is as far from the data as 50 + 2μ would
  /// be from data below, in the same closed form.
  @Test("A signal that takes events away has a limit")
  func negative() throws {
    let found = try limit(signal: -2, observed: 50)
    func q(_ mu: Double) -> Double { 2 * (-2 * mu - 50 * log1p(-mu / 25)) }
    // Data as expected: CLs = 2 Φ(−√q) = 0.05.
    #expect(abs(q(found.observed).squareRoot() - 1.959963984540054) < 1e-7)
    #expect(abs(found.observed / found.expected.median - 1) < 1e-8)
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
