// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

@Suite struct FitTests {
  private func counting(_ observed: Double) throws -> Analyzer {
    try Analyzer(Model(SmallModels.counting(signal: 5, background: 50, observed: observed)))
  }

  @Test("A counting experiment's fit and uncertainty are closed forms")
  func countingExperiment() throws {
    let analyzer = try counting(62)
    let fit = try analyzer.fit()
    #expect(abs(fit.bestFit[0] - 2.4) < 1e-7)
    #expect(abs(fit.twiceNLL - 2 * (62 - 62 * log(62.0) + lgamma(63.0))) < 1e-10)
    #expect(fit.parametersAtBounds.isEmpty && fit.isConverged && fit.evaluations > 0)
    // ∂²(−log L)/∂mu² = n s²/ν² with ν = n.
    let uncertainties = try #require(try analyzer.uncertainties(at: fit))
    #expect(abs(uncertainties[0] - 62.0.squareRoot() / 5) < 1e-6)
  }

  @Test("A parameter on its bound is named; beyond the upper bound too")
  func bounds() throws {
    let low = try counting(40).fit()
    #expect(low.bestFit == [0] && low.parametersAtBounds == ["mu"])
    let high = try counting(150).fit()
    #expect(high.bestFit == [10] && high.parametersAtBounds == ["mu"])
    // The hypothesis lies above the bound, so the best fit may too.
    #expect(abs(try counting(150).hypothesisTest(mu: 25).muHat - 20) < 1e-6)
    #expect(try counting(150).hypothesisTest(mu: 5).muHat == 10)
  }

  @Test("Fixed parameters stay, also outside their bounds, and have no uncertainty")
  func fixing() throws {
    let analyzer = try counting(62)
    let fit = try analyzer.fit(fixing: [0: 11])
    #expect(fit.bestFit == [11] && fit.isFixed == [true] && fit.parametersAtBounds.isEmpty)
    #expect(abs(fit.twiceNLL - 2 * (105 - 62 * log(105.0) + lgamma(63.0))) < 1e-10)
    #expect(try analyzer.uncertainties(at: fit) == [0])
  }

  @Test("Profiling: a nuisance parameter's conditional fit satisfies its equation")
  func profiling() throws {
    let model = try Model(SmallModels.random(seed: 2))
    let poi = try #require(model.parameterOfInterest)
    let fit = try Analyzer(model).fit(fixing: [poi: 2])
    let likelihood = Likelihood(model, data: model.data)
    var gradient: [Double] = []
    _ = likelihood.evaluate(fit.bestFit, gradient: &gradient)
    for i in gradient.indices where i != poi && !model.isFixed[i] {
      #expect(abs(gradient[i]) < 1e-5)
    }
    #expect(abs(2 * likelihood.negativeLogLikelihood(fit.bestFit) - fit.twiceNLL) < 1e-10)
  }

  @Test("Data of a model's own expectation are fitted by the parameters they came from")
  func asimovClosure() throws {
    let model = try Model(SmallModels.random(seed: 4))
    let data = model.expectedData(model.inits)
    let fit = try Analyzer(model, data: data).fit()
    for (found, start) in zip(fit.bestFit, model.inits) { #expect(abs(found - start) < 1e-5) }
  }

  @Test("Failures say what failed, at which parameter, and what may help")
  func failures() throws {
    var options = FitOptions()
    options.maximumIterations = 1
    let model = try Model(SmallModels.random(seed: 2))
    let failure = #expect(throws: FitFailure.self) {
      try Analyzer(model, options: options).fit(fixing: [0: 1])
    }
    let text = failure?.description ?? ""
    #expect(text.hasPrefix("the fit at \(model.parameterNames[0]) = 1.0 didn't converge"))
    #expect(text.contains("steepest: '") && text.contains("may help"))
    options.starts = 0
    #expect(throws: InvalidHypothesis.self) { try Analyzer(model, options: options) }
  }

  @Test("A background that is negative everywhere is undefined, not a number")
  func undefined() throws {
    let workspace = SmallModels.counting(signal: 5, background: -200, observed: 3)
    let failure = #expect(throws: FitFailure.self) { try Analyzer(Model(workspace)).fit() }
    #expect(failure?.description.contains("undefined at every starting point") == true)
  }

  /// pyhf 0.7.6 refuses it too: "POI at index [0] is set as fixed".
  @Test("A parameter of interest that is fixed can be fitted around, but not tested")
  func fixedParameterOfInterest() throws {
    var workspace = SmallModels.counting(signal: 5, background: 50, observed: 52)
    workspace.measurements[0].parameters[0].isFixed = true
    let fixed = try Analyzer(Model(workspace))
    #expect(try fixed.fit().bestFit == [1])
    workspace.measurements[0].parameters[0].isFixed = nil
    workspace.measurements[0].parameters[0].bounds = [1...1]
    for analyzer in [fixed, try Analyzer(Model(workspace))] {
      let refusal = #expect(throws: InvalidHypothesis.self) { try analyzer.hypothesisTest(mu: 1) }
      #expect(refusal?.description.contains("'mu' is fixed") == true)
      #expect(throws: InvalidHypothesis.self) { try analyzer.upperLimit() }
    }
  }

  @Test("Without a parameter of interest there are fits but no tests")
  func noParameterOfInterest() throws {
    var workspace = SmallModels.random(seed: 1)
    workspace.measurements = [Workspace.Measurement(name: "m", poi: "", parameters: [])]
    let analyzer = try Analyzer(Model(workspace))
    #expect(try analyzer.fit().isConverged)
    #expect(throws: InvalidHypothesis.self) { try analyzer.hypothesisTest(mu: 1) }
    #expect(throws: InvalidHypothesis.self) { try analyzer.upperLimit() }
  }

  /// The lower −log L of a fixed factor elsewhere must not be found.
  @Test("More starting points leave fixed parameters where they are")
  func startsKeepFixedParameters() throws {
    var workspace = SmallModels.counting(signal: 5, background: 50, observed: 80, upperBound: 2)
    workspace.channels[0].samples[1].modifiers.append(.init(name: "k", kind: .normfactor))
    workspace.measurements[0].parameters += [.init(name: "k", inits: [0.8], isFixed: true)]
    let model = try Model(workspace)
    var options = FitOptions()
    options.starts = 10
    let fit = try Analyzer(model, options: options).fit()
    let index = try #require(model.parameterNames.firstIndex(of: "k"))
    #expect(fit.bestFit[index] == 0.8)
    #expect(fit.twiceNLL == (try Analyzer(model).fit().twiceNLL))
    for minimum in try Analyzer(model).minima(starts: 10) {
      #expect(minimum.bestFit[index] == 0.8)
    }
  }
}
