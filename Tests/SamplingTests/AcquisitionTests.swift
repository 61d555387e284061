// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

@Suite struct AcquisitionTests {
  /// Standard normal numbers by Box and Muller, seeded.
  static func normal(_ index: Int) -> Double {
    let u = CounterRandom.uniform(CounterRandom.bits(5, UInt64(index), 0))
    let v = CounterRandom.uniform(CounterRandom.bits(5, UInt64(index), 1))
    return (-2 * log1p(-u)).squareRoot() * cos(2 * .pi * v)
  }

  @Test(arguments: [-1.5, -0.2, 0.0, 0.4, 2.0])
  func misclassificationIsTheShareOfDrawsOnTheOtherSide(mean: Double) {
    let draws = 200_000
    let other = (0..<draws).count { ((mean + 0.8 * Self.normal($0)) > 0.3) != (mean > 0.3) }
    let ours = Acquisition.misclassification((mean, 0.8), level: 0.3)
    #expect(abs(Double(other) / Double(draws) - ours) < 0.005)
  }

  @Test func entropyAddsOverContours() {
    let targets = [Target(), Target(level: 1, weight: 0.5)]
    let both = Acquisition.entropy.value([(0, 1), (1, 2)], targets, uniform: 0)
    #expect(abs(both - 1.5 * log(2)) < 1e-12)
    #expect(Acquisition.entropy.value([(50, 1)], [Target()], uniform: 0) < 1e-300)
  }

  @Test func straddleDrawsItsWidthFromChiSquared() {
    let draws = 100_000
    let sum = (0..<draws).reduce(0) { sum, index in
      let uniform = CounterRandom.uniform(CounterRandom.bits(9, UInt64(index)))
      let value = Acquisition.randomisedStraddle.value([(0, 1)], [Target()], uniform: uniform)
      return sum + value * value
    }
    // The mean of chi-squared with two degrees of freedom.
    #expect(abs(sum / Double(draws) - 2) < 0.03)
  }
}
