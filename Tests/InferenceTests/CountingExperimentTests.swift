// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// One bin, nothing uncertain: everything is a closed form.
@Suite struct CountingExperimentTests {
  private struct Experiment: Sendable {
    let signal: Double, background: Double, observed: Double

    /// −log L without its constant.
    func negativeLogLikelihood(_ mu: Double, _ count: Double) -> Double {
      let expected = mu * signal + background
      return expected - (count > 0 ? count * log(expected) : 0)
    }
    var muHat: Double { min(max((observed - background) / signal, 0), 10) }
    func q(_ mu: Double) -> Double {
      muHat > mu
        ? 0 : 2 * (negativeLogLikelihood(mu, observed) - negativeLogLikelihood(muHat, observed))
    }
    func qAsimov(_ mu: Double) -> Double {
      2 * (negativeLogLikelihood(mu, background) - negativeLogLikelihood(0, background))
    }
    var model: Model {
      get throws {
        try Model(
          SmallModels.counting(signal: signal, background: background, observed: observed))
      }
    }
  }

  private static let experiments = [
    Experiment(signal: 5, background: 50, observed: 51),
    Experiment(signal: 5, background: 50, observed: 44),
    Experiment(signal: 3, background: 1.5, observed: 0),
    Experiment(signal: 12, background: 7.25, observed: 25),
    Experiment(signal: 0.4, background: 100, observed: 103),
  ]

  private func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  @Test("q, qA, CLs and band to 1e-12", arguments: 0..<5, [0.5, 1, 2.75])
  func hypothesisTest(index: Int, mu: Double) throws {
    let experiment = Self.experiments[index]
    for statistic in TestStatistic.allCases {
      let test = try Analyzer(experiment.model).hypothesisTest(mu: mu, testStatistic: statistic)
      let q = experiment.q(mu)
      let qAsimov = experiment.qAsimov(mu)
      #expect(abs(test.muHat - experiment.muHat) < 1e-7)
      #expect(abs(test.q - q) < 1e-12 && abs(test.qAsimov - qAsimov) < 1e-12)
      let a = qAsimov.squareRoot()
      // q is a difference of likelihoods, so √q is as exact as q only above 1.
      let tolerance = 1e-12 / min(1, a)
      let usesTail = statistic == .qTilde && q > qAsimov
      let t = usesTail ? (q - qAsimov) / (2 * a) : q.squareRoot() - a
      #expect(abs(test.observedCLsb - cumulative(-t - a)) < tolerance)
      #expect(abs(test.observedCLb - cumulative(-t)) < tolerance)
      #expect(abs(test.observedCLs - cumulative(-t - a) / cumulative(-t)) < tolerance)
      for (n, cls) in zip(-2...2, test.expectedCLs.values) {
        #expect(abs(cls - cumulative(Double(n) - a) / cumulative(Double(n))) < tolerance)
      }
    }
  }

  @Test("Limits solve the closed form", arguments: 0..<5)
  func upperLimit(index: Int) throws {
    let experiment = Self.experiments[index]
    let limit = try Analyzer(experiment.model).upperLimit()
    func logCLs(_ mu: Double) -> Double {
      AsymptoticTest(
        q: experiment.q(mu), qAsimov: experiment.qAsimov(mu), testStatistic: .qTilde
      ).logCLs
    }
    // 12.5 events above the bound of 10: the limit search has no such bound.
    #expect(abs(logCLs(limit.observed) - log(0.05)) < 1e-8)
    for (n, mu) in zip(-2...2, limit.expected.values) {
      let root = experiment.qAsimov(mu).squareRoot()
      #expect(abs(cumulative(Double(n) - root) / cumulative(Double(n)) - 0.05) < 1e-9)
    }
  }

  @Test("Derivatives by the yields are closed forms", arguments: 0..<5)
  func yieldDerivatives(index: Int) throws {
    let experiment = Self.experiments[index]
    let model = try experiment.model
    let mu = 1.75
    let test = try Analyzer(model).hypothesisTest(mu: mu, derivatives: true)
    let derivatives = try #require(test.yieldDerivatives)
    func logCLs(_ signal: Double, _ background: Double) -> Double {
      let varied = Experiment(
        signal: signal, background: background, observed: experiment.observed)
      return AsymptoticTest(
        q: varied.q(mu), qAsimov: varied.qAsimov(mu), testStatistic: .qTilde
      ).logCLs
    }
    let h = 1e-5
    let s = experiment.signal
    let b = experiment.background
    let bySignal = (logCLs(s + h, b) - logCLs(s - h, b)) / (2 * h)
    let byBackground = (logCLs(s, b + h) - logCLs(s, b - h)) / (2 * h)
    let signalSlots = try #require(model.yieldRange(channel: "SR", sample: "signal"))
    let backgroundSlots = try #require(model.yieldRange(channel: "SR", sample: "background"))
    #expect(abs(derivatives[signalSlots.lowerBound] - bySignal) < 1e-7)
    #expect(abs(derivatives[backgroundSlots.lowerBound] - byBackground) < 1e-7)
  }

  @Test("A signal so large that CLs underflows keeps its logarithm")
  func underflow() throws {
    let model = try Model(SmallModels.counting(signal: 4000, background: 50, observed: 50))
    let test = try Analyzer(model).hypothesisTest(mu: 1)
    #expect(test.observedCLs == 0 && test.expectedCLs.plus2 == 0)
    let q = 2 * (4000 - 50 * log(4050 / 50.0))
    // log Φ(−z) = −z²/2 − log(z √2π) + O(1/z²), and CLb = ½.
    let expected = -q / 2 - log((q * 2 * .pi).squareRoot()) + log(2.0)
    #expect(abs(test.observedLogCLs / expected - 1) < 1e-6)
  }

  @Test("Questions that make no sense are refused with a sentence")
  func refusals() throws {
    let analyzer = try Analyzer(
      Model(SmallModels.counting(signal: 5, background: 50, observed: 50)))
    #expect(throws: InvalidHypothesis.self) { try analyzer.upperLimit(confidenceLevel: 1) }
    #expect(throws: InvalidHypothesis.self) { try analyzer.hypothesisTest(mu: .nan) }
    #expect(throws: FitFailure.self) { try analyzer.fit(fixing: [7: 1]) }
    let nothing = try Analyzer(
      Model(SmallModels.counting(signal: 0, background: 50, observed: 50)))
    #expect(throws: InvalidHypothesis.self) { try nothing.upperLimit() }
    #expect(try nothing.hypothesisTest(mu: 1).observedCLs == 1)
    let model = try Model(SmallModels.counting(signal: 5, background: 50, observed: 50))
    #expect(throws: InvalidHypothesis.self) {
      try Analyzer(model, data: ModelData(main: [50, 50], auxiliary: []))
    }
  }
}
