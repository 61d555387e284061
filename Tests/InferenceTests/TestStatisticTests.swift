// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// q and q̃ at other signal strengths than the oracle's: pyhf 0.7.6, numpy backend, minuit with
/// strategy 2 and tolerance 1e-8, `hypotest(mu, …, return_tail_probs=True, return_expected_set=True)`.
@Suite(.enabled(if: SharedData.isExpected, SharedData.comment))
struct TestStatisticTests {
  struct Reference: Sendable, CustomTestStringConvertible {
    let workspace: String, mu: Double, statistic: TestStatistic
    let cls: Double, clsb: Double, clb: Double
    let expected: [Double]
    var testDescription: String { "\(workspace) at \(mu), \(statistic.rawValue)" }
  }

  static let references = [
    Reference(
      workspace: "docs_2bin", mu: 0.4, statistic: .q, cls: 0.7156354547766242,
      clsb: 0.357817727388301, clb: 0.5,
      expected: [0.3970146865, 0.5435489045, 0.7156354548, 0.8765903043, 0.9711426323]),
    Reference(
      workspace: "patchset_example_bkg", mu: 2.5, statistic: .qTilde, cls: 0.014987075185892465,
      clsb: 0.014436337440340744, clb: 0.9632524866446164,
      expected: [
        5.057986185555491e-08, 2.05664347e-06, 7.038963194e-05, 0.00174139115, 0.02469794635,
      ]
    ),
    Reference(
      workspace: "1Lbb_simpl_700_400", mu: 2.5, statistic: .q, cls: 0.023855162584695423,
      clsb: 0.016981737592760865, clb: 0.7118684491237008,
      expected: [6.3247252e-05, 0.000736890818, 0.007376380914, 0.055317751539, 0.254239990547]),
    Reference(
      workspace: "smo_2019-09_onshell_simpl", mu: 0.4, statistic: .q, cls: 0.6064591367476365,
      clsb: 0.23036100777753077, clb: 0.379845885434141,
      expected: [0.3302206106, 0.4796841667, 0.6659064806, 0.8499008505, 0.9635058139]),
    Reference(
      workspace: "smo_2019-09_onshell_simpl", mu: 0.4, statistic: .qTilde, cls: 0.5857477063046804,
      clsb: 0.19877375240382855, clb: 0.33935045799468333,
      expected: [0.3302206106, 0.4796841667, 0.6659064806, 0.8499008505, 0.9635058139]),
    Reference(
      workspace: "smo_2019-09_onshell_simpl", mu: 2.5, statistic: .q, cls: 0.007604780394687587,
      clsb: 0.002844918809160353, clb: 0.37409611606243176,
      expected: [0.00019396367, 0.00180558101, 0.01452075671, 0.08837420552, 0.33612627528]),
    Reference(
      workspace: "smo_2019-09_onshell_simpl", mu: 2.5, statistic: .qTilde,
      cls: 0.007282313718896454, clsb: 0.002666312623248972, clb: 0.3661353693579984,
      expected: [0.00019396367, 0.00180558101, 0.01452075671, 0.08837420552, 0.33612627528]),
    Reference(
      workspace: "c2p_multibin_histosys", mu: 2.5, statistic: .q, cls: 1.7271453976930036e-06,
      clsb: 1.7271453976930036e-06, clb: 1, expected: [0, 0, 0, 0, 0]),
  ]

  @Test("CLs, CLsb, CLb and the band", arguments: references)
  func tailProbabilities(reference: Reference) throws {
    let model = try Model(SharedData.workspace(reference.workspace + ".json"))
    let test = try Analyzer(model).hypothesisTest(
      mu: reference.mu, testStatistic: reference.statistic)
    #expect(abs(test.observedCLs - reference.cls) < 1e-6)
    #expect(abs(test.observedCLsb - reference.clsb) < 1e-6)
    #expect(abs(test.observedCLb - reference.clb) < 1e-6)
    for (found, expected) in zip(test.expectedCLs.values, reference.expected) {
      #expect(abs(found - expected) < 1e-6)
    }
  }

  @Test("The two statistics agree up to the Asimov value of q; above it q̃ gives the smaller CLs")
  func relation() throws {
    for observed in [30.0, 44, 50, 60] {
      let model = try Model(
        SmallModels.counting(signal: 5, background: 50, observed: observed))
      let q = try Analyzer(model).hypothesisTest(mu: 2, testStatistic: .q)
      let tilde = try Analyzer(model).hypothesisTest(mu: 2, testStatistic: .qTilde)
      #expect(q.q == tilde.q && q.qAsimov == tilde.qAsimov)
      #expect(q.expectedCLs == tilde.expectedCLs)
      if q.q <= q.qAsimov {
        #expect(q.observedLogCLs == tilde.observedLogCLs)
      } else {
        #expect(tilde.observedLogCLs < q.observedLogCLs)
      }
    }
  }

  @Test("Names as on the command line")
  func names() {
    #expect(TestStatistic.allCases.map(\.rawValue) == ["q", "qtilde"])
  }
}
