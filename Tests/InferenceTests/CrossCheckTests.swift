// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

@Suite struct CrossCheckTests {
  @Test("Quasi-Newton steps find a curved valley's end and a quadratic's minimum on a bound")
  func functions() {
    let valley = ProjectedQuasiNewton(DenseObjective.rosenbrock()).minimise(
      from: [-1.2, 1], in: Box(lower: [-5, -5], upper: [5, 5], isFixed: [false, false]),
      scales: [1, 1])
    #expect(valley.isConverged && abs(valley.point[0] - 1) < 1e-4)
    // ½(x² + y²) + xy/2 − 3x + y on y ≥ 0: the minimum is at (3, 0), where ∂/∂y = 2.5.
    let bound = ProjectedQuasiNewton(DenseObjective.quadratic([1, 0.5, 0.5, 1], [3, -1])).minimise(
      from: [0, 4], in: Box(lower: [-9, 0], upper: [9, 9], isFixed: [false, false]),
      scales: [1, 1])
    #expect(bound.isConverged && abs(bound.point[0] - 3) < 1e-4 && bound.point[1] == 0)
    let fixed = ProjectedQuasiNewton(DenseObjective.quadratic([1, 0.5, 0.5, 1], [3, -1])).minimise(
      from: [0, 4], in: Box(lower: [-9, 0], upper: [9, 9], isFixed: [false, true]),
      scales: [1, 1])
    #expect(fixed.point[1] == 4 && abs(fixed.point[0] - 1) < 1e-4)
  }

  @Test("The second minimiser confirms fits of every kind of modifier", arguments: 0..<8)
  func confirms(seed: UInt64) throws {
    let analyzer = try Analyzer(Model(SmallModels.random(seed: seed)))
    let check = try analyzer.crossCheck(analyzer.fit())
    #expect(check.confirms && abs(check.difference) < 1e-6 && check.distance < 1e-2)
    let held = try analyzer.crossCheck(analyzer.fit(fixing: [0: 0.5]))
    #expect(held.confirms && abs(held.difference) < 1e-6)
  }

  @Test(
    "The same for published workspaces",
    .enabled(if: SharedData.isExpected, SharedData.comment),
    arguments: ["gen_alltypes.json", "sbottomA_1000_131.json", "1Lbb_simpl_700_400.json"])
  func published(file: String) throws {
    let analyzer = try Analyzer(Model(SharedData.workspace(file)))
    let check = try analyzer.crossCheck(analyzer.fit())
    #expect(check.confirms && abs(check.difference) < 1e-4)
  }

  @Test("A fit that isn't the best one isn't confirmed")
  func contradiction() throws {
    let analyzer = try Analyzer(Model(SmallModels.random(seed: 1)))
    let held = try analyzer.fit(fixing: [0: 0.5])
    let pretended = FitResult(
      bestFit: held.bestFit, twiceNLL: held.twiceNLL + 0.01, isConverged: true, edm: 0,
      projectedGradient: 0, evaluations: 0, parametersAtBounds: [], isFixed: held.isFixed)
    #expect(try !analyzer.crossCheck(pretended).confirms)
  }

  @Test("One minimum is found from everywhere; hits add up")
  func oneMinimum() throws {
    let analyzer = try Analyzer(Model(SmallModels.random(seed: 3)))
    let minima = try analyzer.minima(starts: 12)
    #expect(minima.count == 1 && minima[0].hits <= 12 && minima[0].hits > 6)
    #expect(abs(minima[0].twiceNLL - (try analyzer.fit().twiceNLL)) < 1e-6)
    #expect(throws: InvalidHypothesis.self) { try analyzer.minima(starts: 0) }
  }

  /// 50 + α + 9|α| events where |α| > 1, and 80 observed: −log L is stationary at α² + 15 α = 30 on the
  /// right and 8 α² − 114 α = 240 on the left.
  @Test("Two minima are both told, the better one first")
  func twoMinima() throws {
    var workspace = SmallModels.counting(signal: 5, background: 50, observed: 80)
    workspace.channels[0].samples[1].modifiers = [
      Workspace.Modifier(name: "bent", kind: .histosys(lo: [58], hi: [60]))
    ]
    let model = try Model(workspace)
    let poi = try #require(model.parameterOfInterest)
    let bent = try #require(model.parameterNames.firstIndex(of: "bent"))
    func twiceNLL(_ alpha: Double) -> Double {
      let expected = 50 + alpha + 9 * abs(alpha)
      return 2 * (expected - 80 * log(expected) + lgamma(81) + 0.5 * alpha * alpha)
        + log(2 * Double.pi)
    }
    let right = (345.0.squareRoot() - 15) / 2
    let left = (114 - 20_676.0.squareRoot()) / 16
    let minima = try Analyzer(model).minima(starts: 30, fixing: [poi: 0])
    #expect(minima.count == 2 && minima.map(\.hits).reduce(0, +) <= 30)
    for (minimum, alpha) in zip(minima, [right, left]) {
      #expect(abs(minimum.bestFit[bent] - alpha) < 1e-6 && minimum.bestFit[poi] == 0)
      #expect(abs(minimum.twiceNLL - twiceNLL(alpha)) < 1e-9)
      #expect(minimum.hits > 2)
    }
    // A fit finds the better one without being asked for more starts.
    let fit = try Analyzer(model).fit(fixing: [poi: 0])
    #expect(abs(fit.bestFit[bent] - right) < 1e-6)
  }
}
