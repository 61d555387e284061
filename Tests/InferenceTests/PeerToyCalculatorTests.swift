// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference
import Testing

/// p-values and expected bands by toys beside those of pyhf 0.7.6's `infer.calculators.ToyCalculator`
/// (numpy backend with NumPy's generator; `distributions`, `pvalues`, and the quantiles of CLs, for q0
/// of p0, over its alternative toys): two sets of toys of the same law.
@Suite(.enabled(if: SharedData.isExpected, SharedData.comment))
struct PeerToyCalculatorTests {
  struct Peer: Sendable, CustomTestStringConvertible {
    let workspace: String, statistic: ProfileStatistic
    let toys: Int
    let observed: Double
    let clsb: Double, clb: Double
    /// −2 … +2σ.
    let expected: [Double]
    var testDescription: String { "\(workspace), \(statistic)" }
  }

  static let peers = [
    // SciPy's optimizer, seed 1, 140 toys a second.
    Peer(
      workspace: "docs_2bin", statistic: .qTilde, toys: 3000, observed: 0.8379487384532638,
      clsb: 0.183, clb: 0.499,
      expected: [0.13701854347695458, 0.1964859092555872, 0.3659673985362608, 1, 1]),
    // The same, seed 2. Where q0 is 0 all toys count.
    Peer(
      workspace: "docs_2bin", statistic: .q0, toys: 2000, observed: 0, clsb: 1, clb: 1,
      expected: [0.002, 0.02707592630449133, 0.18025, 0.5585, 1]),
    // Minuit, seed 1, 4 toys a second.
    Peer(
      workspace: "gen_alltypes", statistic: .qTilde, toys: 300, observed: 0.22187344327788594,
      clsb: 0.32666666666666666, clb: 0.8933333333333333,
      expected: [0, 0.026469445938773917, 0.07074028122415219, 0.2485687440437571, 1]),
  ]

  @Test("Toys agree with pyhf's within the errors of both", arguments: peers)
  func agreement(peer: Peer) async throws {
    let model = try Model(SharedData.workspace(peer.workspace + ".json"))
    let calculator = try ToyCalculator(model, mu: 1, statistic: peer.statistic, seed: 31)
    #expect(abs(calculator.observed - peer.observed) < 1e-5)
    let tally = try await calculator.run(calculator.start(), toys: 0..<10_000)
    #expect(tally.tested.failures.isEmpty && tally.alternative.failures.isEmpty)
    // Of the same size, as their spread in units of pyhf's toys has to be known.
    let alike = try await calculator.run(calculator.start(), toys: 0..<peer.toys)
    func check(_ ours: Double, _ theirs: Double, _ ourError: Double, _ theirError: Double) {
      let error = (ourError * ourError + theirError * theirError).squareRoot()
      #expect(abs(ours - theirs) < 3.5 * error, "\(ours) ± \(ourError), pyhf \(theirs)")
    }
    if peer.statistic == .q0 {
      let (many, few) = (try tally.discovery(), try alike.discovery())
      check(many.p0.value, peer.clsb, many.p0.uncertainty, few.p0.uncertainty)
      for i in 0..<5 {
        check(
          many.expectedP0.values[i], peer.expected[i], many.expectedUncertainties.values[i],
          few.expectedUncertainties.values[i])
      }
    } else {
      let (many, few) = (try tally.test(), try alike.test())
      check(many.clsb.value, peer.clsb, many.clsb.uncertainty, few.clsb.uncertainty)
      check(many.clb.value, peer.clb, many.clb.uncertainty, few.clb.uncertainty)
      for i in 0..<5 {
        check(
          many.expectedCLs.values[i], peer.expected[i], many.expectedUncertainties.values[i],
          few.expectedUncertainties.values[i])
      }
    }
  }
}
