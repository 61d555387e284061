// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// pyhf 0.7.6, numpy backend, minuit with strategy 2 and tolerance 1e-8: `hypotest(0.0, …,
/// test_stat="q0", return_expected_set=True)`, `test_statistics.tmu_tilde` and `.qmu_tilde`.
@Suite struct DiscoveryTests {
  struct Reference: Sendable, CustomTestStringConvertible {
    let workspace: String
    let p0: Double, q0: Double
    let expectedP0: [Double]
    /// mu → t̃, q̃
    let statistics: [Double: (tTilde: Double, qTilde: Double)]
    var testDescription: String { workspace }
  }

  static let references = [
    Reference(
      workspace: "docs_2bin", p0: 0.5, q0: 0,
      expectedP0: [
        0.001806558674376402, 0.028060091777858665, 0.18138456887566734, 0.5358161795865879,
        0.8621211356775905,
      ],
      statistics: [
        0.4: (0.13271307028450963, 0.13271307028450963),
        2.5: (5.348011372734675, 5.348011372734675),
      ]),
    Reference(
      workspace: "gen_alltypes", p0: 0.1106087379756519, q0: 1.4964559643215054,
      expectedP0: [
        0.00010911672830542591, 0.003499233174123942, 0.04485615509673093, 0.24292729736449792,
        0.6190866080265544,
      ],
      statistics: [
        0.4: (0.2742987651101174, 0), 2.5: (6.773074800964153, 6.773074800964153),
      ]),
    Reference(
      workspace: "xmlimport_bkg", p0: 0.5, q0: 0,
      expectedP0: [
        9.035888227101603e-05, 0.0030297010017819163, 0.040531661112423366, 0.22827206078540735,
        0.6008124242898677,
      ],
      statistics: [
        0.4: (0.48865204274145313, 0.48865204274145313),
        2.5: (17.406538768183747, 17.406538768183747),
      ]),
  ]

  @Test(
    "p0 with its band, and the statistics", .enabled(if: SharedData.isExpected, SharedData.comment),
    arguments: references)
  func peerNumbers(reference: Reference) throws {
    let analyzer = try Analyzer(Model(SharedData.workspace(reference.workspace + ".json")))
    let discovery = try analyzer.discovery()
    #expect(abs(discovery.q0 - reference.q0) < 1e-5)
    #expect(abs(discovery.p0 - reference.p0) < 1e-5)
    #expect(abs(discovery.significance - reference.q0.squareRoot()) < 1e-4)
    for (found, expected) in zip(discovery.expectedP0.values, reference.expectedP0) {
      #expect(abs(found - expected) < 1e-5)
    }
    for (mu, expected) in reference.statistics {
      #expect(abs(try analyzer.statistic(.tTilde, mu: mu) - expected.tTilde) < 1e-5)
      #expect(abs(try analyzer.statistic(.qTilde, mu: mu) - expected.qTilde) < 1e-5)
    }
  }

  /// n log n closed forms of one bin with s = 5, b = 50.
  private func twiceRatio(_ observed: Double, _ mu: Double, _ muHat: Double) -> Double {
    func value(_ mu: Double) -> Double { 5 * mu + 50 - observed * log(5 * mu + 50) }
    return 2 * (value(mu) - value(muHat))
  }

  @Test("All five statistics of a counting experiment are closed forms", arguments: [38.0, 50, 71])
  func closedForms(observed: Double) throws {
    let bounded = try Analyzer(
      Model(SmallModels.counting(signal: 5, background: 50, observed: observed)))
    var workspace = SmallModels.counting(signal: 5, background: 50, observed: observed)
    workspace.measurements[0].parameters[0].bounds = [-8...10]
    let unbounded = try Analyzer(Model(workspace))
    let muHat = (observed - 50) / 5
    let muHatTilde = max(0, muHat)
    for mu in [0.3, 2.0, 6] {
      let t = twiceRatio(observed, mu, muHat)
      let tTilde = twiceRatio(observed, mu, muHatTilde)
      #expect(abs(try unbounded.statistic(.t, mu: mu) - t) < 1e-10)
      #expect(abs(try bounded.statistic(.tTilde, mu: mu) - tTilde) < 1e-10)
      #expect(abs(try unbounded.statistic(.q, mu: mu) - (muHat > mu ? 0 : t)) < 1e-10)
      #expect(abs(try bounded.statistic(.qTilde, mu: mu) - (muHat > mu ? 0 : tTilde)) < 1e-10)
    }
    let q0 = muHat < 0 ? 0 : twiceRatio(observed, 0, muHat)
    #expect(abs(try unbounded.statistic(.q0, mu: 3) - q0) < 1e-10)
    let discovery = try unbounded.discovery(expectedMu: 2)
    #expect(abs(discovery.p0 - 0.5 * erfc((q0 / 2).squareRoot())) < 1e-7)
    let expected = twiceRatio(60, 0, 2).squareRoot()
    #expect(abs(discovery.expectedSignificance - expected) < 1e-9)
  }

  @Test("Overwhelming excesses keep the logarithm of p0")
  func underflow() throws {
    let model = try Model(
      SmallModels.counting(signal: 5, background: 50, observed: 4000, upperBound: 1e4))
    let discovery = try Analyzer(model).discovery()
    #expect(discovery.p0 == 0 && discovery.logP0 < -1000 && discovery.logP0.isFinite)
  }

  /// 3 − 5 μ events: none are observed, and −2 are expected.
  @Test("A signal whose Asimov data can't exist is no significance of NaN")
  func negativeAsimovData() throws {
    let analyzer = try Analyzer(
      Model(SmallModels.counting(signal: -5, background: 3, observed: 0)))
    #expect(throws: FitFailure.self) { try analyzer.discovery(expectedMu: 1) }
  }

  @Test("Strengths that are none are refused")
  func refusals() throws {
    let analyzer = try Analyzer(
      Model(SmallModels.counting(signal: 5, background: 50, observed: 50)))
    #expect(throws: InvalidHypothesis.self) { try analyzer.discovery(expectedMu: .infinity) }
    #expect(throws: InvalidHypothesis.self) { try analyzer.statistic(.t, mu: .nan) }
  }
}
