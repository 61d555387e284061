// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

@Suite struct YieldDerivativeTests {
  @Test(
    "∂ log CLs/∂yield agrees with differences of whole tests, every yield of the model",
    arguments: 0..<6, TestStatistic.allCases)
  func differences(seed: Int, statistic: TestStatistic) throws {
    try compare(Model(SmallModels.random(seed: UInt64(seed))), mu: 1.3, statistic: statistic)
  }

  @Test(
    "The same for workspaces with every type of modifier and with a best fit on its bound",
    .enabled(if: SharedData.isExpected, SharedData.comment),
    arguments: ["gen_alltypes.json", "docs_2bin.json", "xmlimport_bkg.json"])
  func workspaces(file: String) throws {
    try compare(Model(SharedData.workspace(file)), mu: 1.3, statistic: .qTilde)
  }

  private func compare(_ model: Model, mu: Double, statistic: TestStatistic) throws {
    let test = try Analyzer(model).hypothesisTest(
      mu: mu, testStatistic: statistic, derivatives: true)
    let derivatives = try #require(test.yieldDerivatives)
    let yields = model.yields
    try #require(derivatives.count == yields.count)
    func logCLs(_ index: Int, _ step: Double) throws -> Double {
      var changed = yields
      changed[index] += step
      let analyzer = try Analyzer(model.replacing(yields: changed))
      return try analyzer.hypothesisTest(mu: mu, testStatistic: statistic).observedLogCLs
    }
    for index in yields.indices where yields[index] > 0 {
      let step = 1e-4 * yields[index]
      let difference = try (logCLs(index, step) - logCLs(index, -step)) / (2 * step)
      #expect(abs(derivatives[index] - difference) < 2e-6 * max(1, abs(difference)))
    }
  }

  @Test("Nothing is filled that wasn't asked for")
  func notAsked() throws {
    let model = try Model(SmallModels.random(seed: 1))
    #expect(try Analyzer(model).hypothesisTest(mu: 1).yieldDerivatives == nil)
  }

  @Test("Above the tested strength q is 0, and only the Asimov data matter")
  func vanishingStatistic() throws {
    let model = try Model(SmallModels.counting(signal: 5, background: 50, observed: 70))
    let test = try Analyzer(model).hypothesisTest(mu: 1, derivatives: true)
    let derivatives = try #require(test.yieldDerivatives)
    #expect(test.q == 0 && derivatives.allSatisfy { $0.isFinite && $0 != 0 })
  }
}
