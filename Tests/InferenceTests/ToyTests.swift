// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Foundation
import HistFactory
import Inference
import Testing

@Suite struct ToyTests {
  @Test(
    "Counts have the mean and variance of Poisson's law", arguments: [0.02, 1, 7.5, 10, 43, 2e4])
  func poisson(mean: Double) {
    var random = CounterRandom(seed: 5, stream: 2)
    let count = 40_000
    let draws = (0..<count).map { _ in random.poisson(mean) }
    let average = draws.reduce(0, +) / Double(count)
    let variance = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(count)
    let error = (mean / Double(count)).squareRoot()
    #expect(abs(average - mean) < 4.5 * error)
    // Var(s²) ≈ (2 mean² + mean)/n.
    #expect(abs(variance - mean) < 4.5 * ((2 * mean * mean + mean) / Double(count)).squareRoot())
    #expect(draws.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
  }

  @Test("Single probabilities agree with Poisson's law", arguments: [3.0, 12, 60])
  func probabilities(mean: Double) {
    var random = CounterRandom(seed: 6)
    let count = 60_000
    var hits: [Double: Int] = [:]
    for _ in 0..<count { hits[random.poisson(mean), default: 0] += 1 }
    for k in stride(from: (mean - 2 * mean.squareRoot()).rounded(), to: mean * 1.5 + 3, by: 1) {
      let p = exp(k * log(mean) - mean - lgamma(k + 1))
      let found = Double(hits[k] ?? 0) / Double(count)
      #expect(abs(found - p) < 5 * (p * (1 - p) / Double(count)).squareRoot())
    }
  }

  private static let model = Result { try Model(SmallModels.random(seed: 6)) }

  /// With 50 expected events the asymptotic formula is good to about 0.01.
  @Test("Toys agree with the asymptotic formula at high counts", arguments: [0.8, 2])
  func asymptotics(mu: Double) async throws {
    let model = try Self.model.get()
    let calculator = try ToyCalculator(model, mu: mu, seed: 1)
    let tally = try await calculator.run(calculator.start(), toys: 0..<4000)
    let toys = try tally.test()
    let test = try Analyzer(model).hypothesisTest(mu: mu)
    #expect(tally.observed == test.q)
    #expect(abs(toys.clsb.value - test.observedCLsb) < 4 * toys.clsb.uncertainty + 0.01)
    #expect(abs(toys.clb.value - test.observedCLb) < 4 * toys.clb.uncertainty + 0.01)
    let cls = try #require(toys.cls)
    #expect(abs(cls.value - test.observedCLs) < 4 * cls.uncertainty + 0.01)
    #expect(toys.expectedCLs.values == toys.expectedCLs.values.sorted())
    let uncertainties = toys.expectedUncertainties.values
    // Where data fluctuate upwards beyond mu, q is 0 and CLs 1, of which the formula knows nothing.
    for i in 0..<5 where Double(i - 2) < test.qAsimov.squareRoot() - 0.2 {
      let asymptotic = test.expectedCLs.values[i]
      #expect(abs(toys.expectedCLs.values[i] - asymptotic) < 4 * uncertainties[i] + 0.02)
    }
  }

  /// P(n ≥ 62 | 50) = 0.0557 and, at 55, the median with a signal, P(n ≥ 55 | 50) = 0.2577: sums of
  /// Poisson's law, as SciPy's `poisson.sf` has them.
  @Test("p0 of a counting experiment is a sum of Poisson's law")
  func discovery() async throws {
    let model = try Model(SmallModels.counting(signal: 5, background: 50, observed: 62))
    let calculator = try ToyCalculator(model, mu: 7, statistic: .q0, seed: 4)
    #expect(calculator.plan.mu == 0 && calculator.plan.alternativeMu == 1)
    let tally = try await calculator.run(calculator.start(), toys: 0..<5000)
    let toys = try tally.discovery()
    func tail(_ mean: Double) -> Double {
      1 - (0..<62).reduce(0) { $0 + exp(Double($1) * log(mean) - mean - lgamma(Double($1) + 1)) }
    }
    #expect(abs(toys.p0.value - tail(50)) < 4 * toys.p0.uncertainty)
    #expect(
      abs(toys.expectedP0.median - 0.2577) < 4 * toys.expectedUncertainties.median + 0.01)
    let share = toys.p0.value
    #expect(abs(toys.p0.uncertainty - (share * (1 - share) / 5000).squareRoot()) < 1e-4)
    // −Φ⁻¹ of it is 1.592 by SciPy's `norm.isf`.
    let significance = try #require(toys.significance)
    #expect(abs(significance.value - 1.592) < 4 * significance.uncertainty)
    #expect(significance.uncertainty < 0.04)
    #expect(toys.tested == 5000 && toys.alternative == 5000 && toys.failures == 0)
    #expect(throws: InvalidHypothesis.self) { try tally.test() }
  }

  @Test("An excess that no toy reaches has no significance; a deficit has 0")
  func extremes() async throws {
    let far = try ToyCalculator(
      Model(SmallModels.counting(signal: 5, background: 50, observed: 140)), statistic: .q0)
    let excess = try (await far.run(far.start(), toys: 0..<50)).discovery()
    #expect(excess.p0.value == 0 && excess.p0.uncertainty > 0.01 && excess.significance == nil)
    let low = try ToyCalculator(
      Model(SmallModels.counting(signal: 5, background: 50, observed: 40)), statistic: .q0)
    let deficit = try (await low.run(low.start(), toys: 0..<50)).discovery()
    #expect(deficit.p0.value == 1 && deficit.significance?.value == 0)
    let strength = try ToyCalculator(
      Model(SmallModels.counting(signal: 5, background: 50, observed: 50)))
    let tally = try await strength.run(strength.start(), toys: 0..<10)
    #expect(throws: InvalidHypothesis.self) { try tally.discovery() }
  }

  /// Many minima lie on a kink then.
  @Test("Toys of models with kinks are fitted as other data")
  func kinks() async throws {
    let model = try Model(
      SmallModels.random(seed: 6), options: ModelOptions(histosys: .code0, normsys: .code1))
    let poi = try #require(model.parameterOfInterest)
    let calculator = try ToyCalculator(model, mu: 1.2, seed: 3)
    let tally = try await calculator.run(calculator.start(), toys: 0..<40)
    #expect(tally.tested.count == 40 && tally.alternative.count == 40)
    let point = try Analyzer(model).fit(fixing: [poi: 1.2]).bestFit
    let generator = ToyGenerator(model, parameters: point, seed: 6)
    for (number, found) in zip(tally.tested.numbers, tally.tested.statistics) {
      let expected = try Analyzer(model, data: generator.data(number)).statistic(.qTilde, mu: 1.2)
      #expect(abs(found - expected) < 1e-5)
    }
  }

  @Test("A toy that can't be fitted is counted and ends nothing")
  func failures() async throws {
    var options = FitOptions()
    options.maximumIterations = 5
    // The data are fitted in time, starting where they are expected; some toys aren't.
    let model = try Self.model.get()
    let calculator = try ToyCalculator(model, seed: 2, options: options)
    let tally = try await calculator.run(calculator.start(), toys: 0..<400)
    for sample in [tally.tested, tally.alternative] {
      #expect(sample.count + sample.failures.count == 400)
      #expect(sample.failures.allSatisfy { $0.message.contains("didn't converge") })
    }
    let again = try await calculator.run(tally, toys: 0..<400)
    #expect(again == tally)
  }

  @Test("A cancelled task keeps what it made; without toys there is no test")
  func cancellation() async throws {
    let calculator = try ToyCalculator(Self.model.get(), seed: 2)
    let task = Task { try await calculator.run(calculator.start(), toys: 0..<200_000, width: 2) }
    task.cancel()
    let tally = try await task.value
    #expect(tally.tested.count < 200_000)
    #expect(throws: InvalidHypothesis.self) { try calculator.start().test() }
  }
}
