// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

@Suite(.enabled(if: SharedData.isExpected, SharedData.comment))
struct OracleTests {
  @Test("The reference data are read whole")
  func count() { #expect(OracleCase.all.count == 21) }

  @Test("The best fit is as good as the best known one, at a minimum", arguments: OracleCase.all)
  func bestFit(oracle: OracleCase) throws {
    let analyzer = try Analyzer(oracle.model())
    let fit = try analyzer.fit()
    #expect(fit.twiceNLL <= oracle.twiceNLL + 1e-6)
    #expect(fit.isConverged && fit.edm < 1e-8 && fit.projectedGradient < 1e-4)
    // A lower value is a discovery, unless it is impossible.
    #expect(fit.twiceNLL > oracle.twiceNLL - 0.1)
  }

  @Test("Uncertainties from the inverse Hessian", arguments: OracleCase.all)
  func uncertainties(oracle: OracleCase) throws {
    let analyzer = try Analyzer(oracle.model())
    let uncertainties = try #require(try analyzer.uncertainties(at: analyzer.fit()))
    try #require(uncertainties.count == oracle.uncertainties.count)
    for (found, expected) in zip(uncertainties, oracle.uncertainties) {
      if let expected {
        #expect(abs(found / expected - 1) < 1e-4)
      } else {
        #expect(found == 0)
      }
    }
  }

  @Test("Conditional fits at mu = 0 and 1", arguments: OracleCase.all)
  func conditionalFits(oracle: OracleCase) throws {
    let model = try oracle.model()
    let poi = try #require(model.parameterOfInterest)
    let analyzer = try Analyzer(model)
    if let expected = oracle.twiceNLLAt0 {
      #expect(try analyzer.fit(fixing: [poi: 0]).twiceNLL <= expected + 1e-6)
    }
    if let expected = oracle.twiceNLLAt1 {
      #expect(try analyzer.fit(fixing: [poi: 1]).twiceNLL <= expected + 1e-6)
    }
  }

  @Test("CLs at mu = 1, observed and expected", arguments: OracleCase.all)
  func hypothesisTest(oracle: OracleCase) throws {
    guard let observedCLs = oracle.observedCLs else { return }
    let test = try Analyzer(oracle.model()).hypothesisTest(mu: 1)
    #expect(abs(test.observedCLs - observedCLs) < 1e-6)
    for (found, expected) in zip(test.expectedCLs.values, oracle.expectedCLs) {
      #expect(abs(found - expected) < 1e-6)
    }
    #expect(abs(test.observedCLs * test.observedCLb - test.observedCLsb) < 1e-12)
  }

  @Test("Upper limits, within 1e-4 of the reference's root", arguments: OracleCase.all)
  func upperLimit(oracle: OracleCase) throws {
    guard let observed = oracle.observedLimit else { return }
    let limit = try Analyzer(oracle.model()).upperLimit()
    #expect(abs(limit.observed / observed - 1) < 1e-4)
    for (sigmas, expected) in oracle.expectedLimits {
      #expect(abs(limit.expected.values[sigmas + 2] / expected - 1) < 1e-4)
    }
  }
}
