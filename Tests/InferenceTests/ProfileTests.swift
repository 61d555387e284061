// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

@Suite struct ProfileTests {
  private func counting(_ observed: Double) throws -> Analyzer {
    try Analyzer(Model(SmallModels.counting(signal: 5, background: 50, observed: observed)))
  }

  @Test("An interval's ends solve the closed form", arguments: [1.0, 3.84])
  func counting(rise: Double) throws {
    let analyzer = try counting(72)
    let interval = try analyzer.interval(of: 0, around: analyzer.fit(), rise: rise)
    func risen(_ mu: Double) -> Double {
      2 * (5 * mu + 50 - 72 * log(5 * mu + 50) - (72 - 72 * log(72.0)))
    }
    #expect(abs(risen(try #require(interval.lower)) - rise) < 1e-6)
    #expect(abs(risen(try #require(interval.upper)) - rise) < 1e-6)
    #expect(try #require(interval.lowerUncertainty) < #require(interval.upperUncertainty))
  }

  @Test("Where a bound comes first there is no end")
  func bound() throws {
    let low = try counting(51)
    let interval = try low.interval(of: 0, around: low.fit())
    #expect(interval.lower == nil && interval.upper != nil)
    let onBound = try counting(40)
    #expect(try onBound.interval(of: 0, around: onBound.fit()).lower == nil)
    let high = try counting(98)
    #expect(try high.interval(of: 0, around: high.fit()).upper == nil)
  }

  /// 50 − 2μ events: from μ = 25 on −log L isn't defined, and the search gets there first.
  @Test("An end next to where nothing can be fitted is found")
  func edge() throws {
    let analyzer = try Analyzer(
      Model(SmallModels.counting(signal: -2, background: 50, observed: 30, upperBound: 100)))
    let interval = try analyzer.interval(of: 0, around: analyzer.fit(), rise: 200)
    let upper = try #require(interval.upper)
    let events = 50 - 2 * upper
    #expect(abs(2 * (events - 30 - 30 * log(events / 30)) - 200) < 1e-4)
    #expect(interval.lower == nil && events > 0 && events < 2)
  }

  @Test("A normal constraint alone gives its width on both sides")
  func constraint() throws {
    var workspace = SmallModels.counting(signal: 5, background: 50, observed: 60)
    // Too small to matter to the data.
    workspace.channels[0].samples[1].modifiers = [
      Workspace.Modifier(name: "nothing", kind: .normsys(lo: 1 - 1e-9, hi: 1 + 1e-9))
    ]
    let model = try Model(workspace)
    let analyzer = try Analyzer(model)
    let fit = try analyzer.fit()
    let index = try #require(model.parameterNames.firstIndex(of: "nothing"))
    let interval = try analyzer.interval(of: index, around: fit)
    #expect(abs(try #require(interval.lowerUncertainty) - 1) < 1e-6)
    #expect(abs(try #require(interval.upperUncertainty) - 1) < 1e-6)
    let pulls = analyzer.pulls(of: fit, covariance: try analyzer.covariance(at: fit))
    #expect(pulls.map(\.parameter) == ["nothing"])
    #expect(abs(pulls[0].value) < 1e-6 && abs((pulls[0].uncertainty ?? .nan) - 1) < 1e-6)
  }

  @Test("A scan's points are in the order of the values, a hopeless one says why")
  func scan() throws {
    let analyzer = try counting(60)
    let scan = try analyzer.scan(of: 0, at: [4, -20, 2, 0])
    #expect(scan.parameter == "mu" && scan.points.map(\.value) == [4, -20, 2, 0])
    func risen(_ mu: Double) -> Double { 2 * (5 * mu - 60 * log((5 * mu + 50) / 60) - 10) }
    for point in scan.points where point.value >= 0 {
      #expect(abs((point.rise ?? .nan) - risen(point.value)) < 1e-10)
    }
    // 5 · (−20) + 50 events.
    #expect(scan.points[1].rise == nil && scan.points[1].failure?.contains("mu") == true)
  }

  @Test("Parameters that are fixed or don't exist have no profile")
  func refusals() throws {
    let analyzer = try counting(60)
    let fixed = try analyzer.fit(fixing: [0: 1])
    #expect(throws: InvalidHypothesis.self) { try analyzer.interval(of: 0, around: fixed) }
    let fit = try analyzer.fit()
    #expect(throws: InvalidHypothesis.self) { try analyzer.interval(of: 3, around: fit) }
    #expect(throws: InvalidHypothesis.self) { try analyzer.interval(of: 0, around: fit, rise: 0) }
    #expect(throws: InvalidHypothesis.self) { try analyzer.scan(of: 0, at: [.nan]) }
  }

  /// scipy 1.x `chi2.sf`; for two degrees of freedom it is exp(−x/2).
  @Test("The survival function of χ²")
  func chiSquared() {
    for x in [0.01, 0.5, 3, 40, 900] {
      let found = ChiSquared.survival(x, degreesOfFreedom: 2)
      #expect(abs(found / exp(-x / 2) - 1) < 1e-12)
      let one = ChiSquared.survival(x, degreesOfFreedom: 1)
      #expect(abs(one / erfc((x / 2).squareRoot()) - 1) < 1e-11)
      // Q(a + 1, x) = Q(a, x) + xᵃ e⁻ˣ/Γ(a + 1).
      let step = exp(3.5 * log(x / 2) - x / 2 - lgamma(4.5))
      let nine = ChiSquared.survival(x, degreesOfFreedom: 9)
      #expect(abs(nine - ChiSquared.survival(x, degreesOfFreedom: 7) - step) < 1e-13)
    }
    #expect(ChiSquared.survival(0, degreesOfFreedom: 3) == 1)
    #expect(ChiSquared.survival(.infinity, degreesOfFreedom: 3) == 0)
  }

  @Test("A saturated model fits perfectly and leaves nothing to test")
  func saturated() throws {
    let analyzer = try counting(60)
    let goodness = try analyzer.goodnessOfFit(analyzer.fit())
    #expect(goodness.chiSquared < 1e-9 && goodness.degreesOfFreedom == 0)
    #expect(goodness.pValue == nil)
    let held = try analyzer.goodnessOfFit(analyzer.fit(fixing: [0: 0]))
    #expect(abs(held.chiSquared - 2 * (50 - 60 - 60 * log(50 / 60.0))) < 1e-9)
    #expect(held.degreesOfFreedom == 1)
  }

  @Test("A fit that isn't a number has no goodness")
  func noGoodness() throws {
    let analyzer = try counting(60)
    let fit = try analyzer.fit()
    let broken = FitResult(
      bestFit: fit.bestFit, twiceNLL: .nan, isConverged: true, edm: 0, projectedGradient: 0,
      evaluations: 1, parametersAtBounds: [], isFixed: fit.isFixed)
    let refusal = #expect(throws: InvalidHypothesis.self) { try analyzer.goodnessOfFit(broken) }
    #expect(refusal?.description.contains("−2 log L is nan") == true)
  }

  @Test("A covariance that is given makes no difference to an interval")
  func givenCovariance() throws {
    let analyzer = try Analyzer(Model(SmallModels.random(seed: 4)))
    let fit = try analyzer.fit()
    let covariance = try analyzer.covariance(at: fit)
    for index in fit.bestFit.indices {
      let given = try analyzer.interval(of: index, around: fit, covariance: covariance)
      #expect(try given == analyzer.interval(of: index, around: fit))
    }
  }
}
