// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// One bin with many events and nothing uncertain: q̃ falls with the number of events, so CLsb and CLb
/// are sums of Poisson's law, which the asymptotic formulae come close to.
@Suite struct ToyConvergenceTests {
  private static let background = 1e4, signal = 150.0

  /// P(N ≤ count) for a mean.
  private static func cumulative(_ count: Double, _ mean: Double) -> Double {
    stride(from: 0, through: count, by: 1).reduce(0) {
      $0 + exp($1 * log(mean) - mean - lgamma($1 + 1))
    }
  }

  @Test(
    "Toys converge to Poisson's law, and the asymptotic formulae too",
    arguments: [9900, 1e4, 10_120])
  func convergence(observed: Double) async throws {
    let model = try Model(
      SmallModels.counting(
        signal: Self.signal, background: Self.background, observed: observed))
    let calculator = try ToyCalculator(model, mu: 1, seed: 8)
    let toys = try (await calculator.run(calculator.start(), toys: 0..<20_000)).test()
    let clsb = Self.cumulative(observed, Self.background + Self.signal)
    let clb = Self.cumulative(observed, Self.background)
    #expect(toys.failures == 0)
    #expect(abs(toys.clsb.value - clsb) < 4 * toys.clsb.uncertainty)
    #expect(abs(toys.clb.value - clb) < 4 * toys.clb.uncertainty)
    #expect(abs((toys.cls?.value ?? .nan) - clsb / clb) < 4 * (toys.cls?.uncertainty ?? .nan))
    // 1/√10⁴ is the order of what the formulae leave out: half a step of the counts, and skewness.
    let test = try Analyzer(model).hypothesisTest(mu: 1)
    #expect(abs(test.observedCLsb - clsb) < 0.005 && abs(test.observedCLb - clb) < 0.005)
    #expect(abs(test.observedCLs - clsb / clb) < 0.007)
  }

  @Test("The uncertainty falls as the root of the number of toys and covers the truth")
  func uncertainty() async throws {
    let model = try Model(
      SmallModels.counting(signal: Self.signal, background: Self.background, observed: 1e4))
    let truth = Self.cumulative(1e4, Self.background + Self.signal)
    var pulls: [Double] = []
    for seed in 0..<40 {
      let calculator = try ToyCalculator(model, mu: 1, seed: UInt64(seed))
      let toys = try (await calculator.run(calculator.start(), toys: 0..<500)).test()
      pulls.append((toys.clsb.value - truth) / toys.clsb.uncertainty)
      let binomial = (toys.clsb.value * (1 - toys.clsb.value) / 500).squareRoot()
      #expect(abs(toys.clsb.uncertainty / binomial - 1) < 0.05)
    }
    // Σ pulls² of 40 is χ² distributed: beyond these in 10⁻⁴ of all cases (SciPy's chi2.ppf).
    let squares = pulls.reduce(0) { $0 + $1 * $1 }
    #expect(squares > 14.1 && squares < 84.5)
  }
}
