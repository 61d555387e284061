// SPDX-License-Identifier: Apache-2.0
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

  @Test("Toys are the same in one task or three, at once, resumed or merged")
  func reproducible() async throws {
    let calculator = try ToyCalculator(Self.model.get(), mu: 1.5, seed: 9)
    let once = try await calculator.run(calculator.start(), toys: 60, width: 1)
    let wide = try await calculator.run(calculator.start(), toys: 60, width: 3)
    let first = try await calculator.run(calculator.start(), toys: 25, width: 2)
    let resumed = try await calculator.run(first, toys: 60, width: 2)
    var merged = try await calculator.run(calculator.start(), toys: 60, first: 20, width: 2)
    try merged.merge(first)
    #expect(once.tested.numbers == Array(0..<60) && once.tested.failures.isEmpty)
    #expect(once == wide && once == resumed && once == merged)
    let other = try ToyCalculator(Self.model.get(), mu: 1.5, seed: 10)
    let different = try await other.run(other.start(), toys: 60)
    #expect(different.tested.statistics != once.tested.statistics)
    #expect(throws: InvalidHypothesis.self) { try merged.merge(different) }
    await #expect(throws: InvalidHypothesis.self) { try await calculator.run(different, toys: 70) }
  }

  @Test("A tally survives JSON; one that contradicts itself is refused")
  func coding() async throws {
    let calculator = try ToyCalculator(Self.model.get(), seed: 3)
    var tally = try await calculator.run(calculator.start(), toys: 7)
    tally = try await calculator.run(tally, toys: 12, first: 10)
    let text = String(decoding: try JSONEncoder().encode(tally), as: UTF8.self)
    #expect(text.contains("[[0,7],[10,2]]"))
    #expect(try JSONDecoder().decode(ToyTally.self, from: Data(text.utf8)) == tally)
    for broken in ["[[0,7],[10,3]]", "[[0,7],[6,2]]", "[[0,9],[9]]", "[[-1,9]]", "[[0,-9]]"] {
      let changed = text.replacingOccurrences(of: "[[0,7],[10,2]]", with: broken)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(ToyTally.self, from: Data(changed.utf8))
      }
    }
  }

  /// With 50 expected events the asymptotic formula is good to about 0.01.
  @Test("Toys agree with the asymptotic formula at high counts", arguments: [0.8, 2])
  func asymptotics(mu: Double) async throws {
    let model = try Self.model.get()
    let calculator = try ToyCalculator(model, mu: mu, seed: 1)
    let tally = try await calculator.run(calculator.start(), toys: 4000)
    let toys = try tally.test()
    let test = try Analyzer(model).hypothesisTest(mu: mu)
    #expect(tally.observed == test.q)
    #expect(abs(toys.clsb.value - test.observedCLsb) < 4 * toys.clsb.uncertainty + 0.01)
    #expect(abs(toys.clb.value - test.observedCLb) < 4 * toys.clb.uncertainty + 0.01)
    let cls = try #require(toys.cls)
    #expect(abs(cls.value - test.observedCLs) < 4 * cls.uncertainty + 0.01)
    let expected = try #require(toys.expected)
    #expect(abs(expected.median - test.expectedCLs.median) < 0.03)
    #expect(expected.values == expected.values.sorted())
  }

  /// P(n ≥ 62 | 50) = 0.0559 and P(n ≥ 62 | 55) = 0.1894: sums of Poisson's law.
  @Test("p0 of a counting experiment is a sum of Poisson's law")
  func discovery() async throws {
    let model = try Model(SmallModels.counting(signal: 5, background: 50, observed: 62))
    let calculator = try ToyCalculator(model, mu: 7, statistic: .q0, seed: 4)
    #expect(calculator.plan.mu == 0 && calculator.plan.alternativeMu == 1)
    let toys = try (await calculator.run(calculator.start(), toys: 5000)).test()
    func tail(_ mean: Double) -> Double {
      1 - (0..<62).reduce(0) { $0 + exp(Double($1) * log(mean) - mean - lgamma(Double($1) + 1)) }
    }
    #expect(abs(toys.clsb.value - tail(50)) < 4 * toys.clsb.uncertainty)
    #expect(abs(toys.clb.value - tail(55)) < 4 * toys.clb.uncertainty)
    #expect(toys.cls == nil && toys.expected != nil && toys.failures == 0)
    let share = toys.clsb.value
    #expect(abs(toys.clsb.uncertainty - (share * (1 - share) / 5000).squareRoot()) < 1e-4)
  }

  @Test("A toy that can't be fitted is counted and ends nothing")
  func failures() async throws {
    var options = FitOptions()
    options.maximumIterations = 5
    // The data are fitted in time, starting where they are expected; some toys aren't.
    let model = try Self.model.get()
    let calculator = try ToyCalculator(model, seed: 2, options: options)
    let tally = try await calculator.run(calculator.start(), toys: 400)
    for sample in [tally.tested, tally.alternative] {
      #expect(sample.count + sample.failures.count == 400)
      #expect(sample.failures.allSatisfy { $0.message.contains("didn't converge") })
    }
    let again = try await calculator.run(tally, toys: 400)
    #expect(again == tally)
  }

  @Test("A cancelled task keeps what it made; without toys there is no test")
  func cancellation() async throws {
    let calculator = try ToyCalculator(Self.model.get(), seed: 2)
    let task = Task { try await calculator.run(calculator.start(), toys: 200_000, width: 2) }
    task.cancel()
    let tally = try await task.value
    #expect(tally.tested.count < 200_000)
    #expect(throws: InvalidHypothesis.self) { try calculator.start().test() }
  }
}
