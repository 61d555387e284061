// SPDX-License-Identifier: Apache-2.0
import Reinterpretation
import Testing

/// The rule of the verdict: excluded below 0.05, inconclusive when the 68 % interval crosses it.
@Suite struct VerdictTests {
  private func test(
    _ cls: Double?, uncertainty: Double? = nil, expected: [Double] = [], mu: Double = 1,
    step: String = "test"
  ) -> ReinterpretationReport.Test {
    .init(
      step: step, mu: mu, cls: cls, clsUncertainty: uncertainty, clsExpected: expected, muHat: 0)
  }

  @Test(arguments: [
    (0.0, nil, Verdict.Conclusion.excluded), (0.0499, nil, .excluded), (0.05, nil, .allowed),
    (0.9, nil, .allowed), (0.04, 0.005, .excluded), (0.04, 0.02, .inconclusive),
    (0.06, 0.02, .inconclusive), (0.08, 0.02, .allowed),
  ])
  func rule(cls: Double, uncertainty: Double?, conclusion: Verdict.Conclusion) {
    let verdict = Verdict([test(cls, uncertainty: uncertainty)], isExtrapolated: false)
    #expect(verdict.conclusion == conclusion)
    #expect(verdict.cls == cls)
    #expect(verdict.isExtrapolated == false)
  }

  @Test func nothingTested() {
    #expect(Verdict([], isExtrapolated: nil).conclusion == .untested)
    #expect(Verdict([test(0.01, mu: 2)], isExtrapolated: nil).conclusion == .untested)
  }

  /// The most sensitive test by expectation decides, whatever the data say in another one.
  @Test func mostSensitiveTestDecides() {
    let verdict = Verdict(
      [
        test(0.01, expected: [0.1, 0.2, 0.4, 0.6, 0.8], step: "lucky"),
        test(0.20, expected: [0.01, 0.02, 0.1, 0.3, 0.5], step: "sensitive"),
      ], isExtrapolated: true)
    #expect(verdict.step == "sensitive")
    #expect(verdict.conclusion == .allowed)
    #expect(verdict.rule.contains("most sensitive"))
  }

  @Test func validityDomain() {
    let domain = ValidityDomain(validated: [
      ["m_sq_gev": 800, "m_lsp_gev": 0], ["m_sq_gev": 2200, "m_lsp_gev": 0],
      ["m_sq_gev": 1400, "m_lsp_gev": 800],
    ])
    #expect(domain.isExtrapolated(["m_sq_gev": 1400, "m_lsp_gev": 100]) == false)
    #expect(domain.isExtrapolated(["m_sq_gev": 2200, "m_lsp_gev": 800]) == true)
    #expect(domain.isExtrapolated(["m_gl_gev": 2200]) == true)
    #expect(domain.isExtrapolated([:]) == nil)
    #expect(ValidityDomain(validated: []).isExtrapolated(["m_sq_gev": 1400]) == nil)
  }
}
