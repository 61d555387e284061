// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

@Suite struct LimitDerivativeTests {
  @Test(
    "∂limit/∂yield agrees with differences of whole limits, every yield of the model",
    arguments: 0..<4, TestStatistic.allCases)
  func differences(seed: Int, statistic: TestStatistic) throws {
    try compare(Model(SmallModels.random(seed: UInt64(seed))), statistic: statistic)
  }

  @Test(
    "The same for workspaces with every type of modifier and with a best fit on its bound",
    .enabled(if: SharedData.isExpected, SharedData.comment),
    arguments: ["gen_alltypes.json", "docs_2bin.json", "xmlimport_bkg.json"])
  func workspaces(file: String) throws {
    try compare(Model(SharedData.workspace(file)), statistic: .qTilde)
  }

  private func compare(_ model: Model, statistic: TestStatistic) throws {
    let limit = try Analyzer(model).upperLimit(testStatistic: statistic, derivatives: true)
    let derivatives =
      [try #require(limit.yieldDerivatives)] + (try #require(limit.expectedYieldDerivatives))
    let yields = model.yields
    try #require(derivatives.allSatisfy { $0.count == yields.count } && derivatives.count == 6)
    func limits(_ index: Int, _ step: Double) throws -> [Double] {
      var changed = yields
      changed[index] += step
      let limit = try Analyzer(model.replacing(yields: changed)).upperLimit(
        testStatistic: statistic)
      return [limit.observed] + limit.expected.values
    }
    for index in yields.indices where yields[index] > 0 {
      let step = 2e-4 * yields[index]
      for (derivative, (up, down)) in zip(
        derivatives, zip(try limits(index, step), try limits(index, -step)))
      {
        let difference = (up - down) / (2 * step)
        #expect(
          abs(derivative[index] - difference) < 2e-5
            * max(limit.observed / yields[index], abs(difference)))
      }
    }
  }

  /// The expected number of signal events at the limit doesn't depend on how the signal is scaled:
  /// Σ_b s_b ∂μ/∂s_b = −μ for a signal whose only modifier is its strength.
  @Test("Scaling the signal scales the limit inversely", arguments: [0.4, 5, 80])
  func scaling(signal: Double) throws {
    let model = try Model(SmallModels.counting(signal: signal, background: 50, observed: 56))
    let limit = try Analyzer(model).upperLimit(derivatives: true)
    let slot = try #require(model.yieldRange(channel: "SR", sample: "signal")).lowerBound
    let derivatives =
      [try #require(limit.yieldDerivatives)] + (try #require(limit.expectedYieldDerivatives))
    for (derivative, limit) in zip(derivatives, [limit.observed] + limit.expected.values) {
      #expect(abs(signal * derivative[slot] / limit + 1) < 1e-7)
    }
  }

  @Test("∂ log(expected CLs)/∂yield agrees with differences", arguments: 0..<4)
  func expectedCLs(seed: UInt64) throws {
    let model = try Model(SmallModels.random(seed: seed))
    let test = try Analyzer(model).hypothesisTest(mu: 1.3, derivatives: true)
    let derivatives = try #require(test.expectedYieldDerivatives)
    let yields = model.yields
    func logCLs(_ index: Int, _ step: Double) throws -> [Double] {
      var changed = yields
      changed[index] += step
      return try Analyzer(model.replacing(yields: changed)).hypothesisTest(mu: 1.3)
        .expectedLogCLs.values
    }
    for index in yields.indices where yields[index] > 0 {
      let step = 1e-4 * yields[index]
      let up = try logCLs(index, step)
      let down = try logCLs(index, -step)
      for n in 0..<5 {
        let difference = (up[n] - down[n]) / (2 * step)
        #expect(abs(derivatives[n][index] - difference) < 2e-6 * max(1, abs(difference)))
      }
    }
  }

  @Test("Nothing is filled that wasn't asked for")
  func notAsked() throws {
    let limit = try Analyzer(Model(SmallModels.random(seed: 1))).upperLimit()
    #expect(limit.yieldDerivatives == nil && limit.expectedYieldDerivatives == nil)
  }
}
