// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Small workspaces put together in code.
@Suite struct ModelRefusalTests {
  typealias Modifier = Workspace.Modifier

  private func workspace(
    _ samples: [Workspace.Sample], poi: String = "mu",
    parameters: [Workspace.ParameterConfiguration] = []
  ) -> Workspace {
    Workspace(
      channels: [.init(name: "SR", samples: samples)],
      observations: [.init(name: "SR", data: samples.first.map { $0.data.map { _ in 5 } } ?? [])],
      measurements: [.init(name: "m", poi: poi, parameters: parameters)])
  }

  private func sample(_ name: String, _ data: [Double], _ modifiers: [Modifier])
    -> Workspace.Sample
  {
    Workspace.Sample(name: name, data: data, modifiers: modifiers)
  }

  private func refusal(_ workspace: Workspace, measurement: String? = nil) -> String {
    do throws(InvalidModel) {
      _ = try Model(workspace, measurement: measurement)
      return "accepted"
    } catch {
      return error.description
    }
  }

  private let mu = Modifier(name: "mu", kind: .normfactor)

  @Test func parameterOfInterestMustExist() {
    #expect(
      refusal(workspace([sample("b", [5], [mu])], poi: "mu_SIG"))
        == "the parameter of interest 'mu_SIG' of measurement 'm' is made by no modifier: add a "
        + "signal sample with a normfactor 'mu_SIG', for example by a patch, or name another "
        + "parameter")
  }

  @Test func parameterOfInterestMustBeOneNumber() {
    let shape = Modifier(name: "shape", kind: .shapefactor)
    #expect(
      refusal(workspace([sample("b", [5, 6], [shape])], poi: "shape"))
        == "the parameter of interest 'shape' of measurement 'm' has 2 slots: name a parameter "
        + "with one")
  }

  @Test func modelsNeedParameters() {
    #expect(
      refusal(workspace([sample("b", [5], [])]))
        == "the workspace has no modifier, so its model has no parameter to fit")
  }

  @Test func lumiNeedsItsConfiguration() {
    let lumi = Modifier(name: "lumi", kind: .lumi)
    #expect(
      refusal(workspace([sample("b", [5], [mu, lumi])]))
        == "parameter 'lumi' needs 'inits' in measurement 'm': add {\"name\": \"lumi\", "
        + "\"inits\": […]} to its parameters")
  }

  @Test func configurationMustFit() {
    let configuration = Workspace.ParameterConfiguration(name: "mu", inits: [1, 2])
    #expect(
      refusal(workspace([sample("b", [5], [mu])], parameters: [configuration]))
        == "parameter 'mu' has 1 slot(s) but measurement 'm' gives 2 value(s) for 'inits'")
    let sigmas = Workspace.ParameterConfiguration(name: "mu", sigmas: [1])
    #expect(
      refusal(workspace([sample("b", [5], [mu])], parameters: [sigmas]))
        == "measurement 'm' sets 'sigmas' of parameter 'mu', which has none: remove it")
    let twice = Workspace.ParameterConfiguration(name: "mu")
    #expect(
      refusal(workspace([sample("b", [5], [mu])], parameters: [twice, twice]))
        == "measurement 'm' configures parameter 'mu' twice: keep one entry")
  }

  @Test func namesOfDifferentParametersMustDiffer() {
    let other = Modifier(name: "mu", kind: .normsys(lo: 0.9, hi: 1.1))
    #expect(
      refusal(workspace([sample("b", [5], [mu, other])])).hasPrefix(
        "modifiers named 'mu' need different parameters"))
    let shape = Modifier(name: "gamma", kind: .shapesys([1]))
    #expect(
      refusal(workspace([sample("a", [5], [mu, shape]), sample("b", [5], [shape])]))
        .contains("a shapesys cannot be shared"))
  }

  @Test func lengthsMustMatch() {
    #expect(
      refusal(workspace([sample("a", [5, 6], [mu]), sample("b", [5], [])]))
        == "sample 'b' of channel 'SR' has 1 bins, the first has 2")
    let short = Modifier(name: "s", kind: .staterror([1]))
    #expect(
      refusal(workspace([sample("a", [5, 6], [mu, short])]))
        == "staterror 's' in sample 'a' of channel 'SR' does not have 2 value(s), one per bin")
    var missing = workspace([sample("a", [5], [mu])])
    missing.observations = []
    #expect(
      refusal(missing)
        == "channel 'SR' has no observation: add one of that name to 'observations'")
  }

  @Test func measurementMustExist() {
    let good = workspace([sample("a", [5], [mu])])
    #expect(
      refusal(good, measurement: "other")
        == "the workspace has no measurement 'other' (it has: 'm')"
    )
    #expect(refusal(good, measurement: "m") == "accepted")
  }

  @Test func modelWithoutParameterOfInterest() throws {
    let model = try Model(workspace([sample("a", [5], [mu])], poi: ""))
    #expect(model.parameterOfInterest == nil)
  }

  /// A shapesys without yield or uncertainty in a bin is fixed with τ = 1 (pyhf 0.7.6); a staterror
  /// without is fixed with width 1, and widths add up in quadrature over samples.
  @Test func emptyBinsAreFixed() throws {
    let shape = Modifier(name: "shape", kind: .shapesys([2, 0, 1]))
    let first = Modifier(name: "stat", kind: .staterror([3, 0, 0]))
    let second = Modifier(name: "stat", kind: .staterror([4, 0, 2]))
    let model = try Model(
      workspace([
        sample("a", [10, 10, 0], [mu, shape, first]), sample("b", [40, 20, 0], [second]),
      ]))
    let gamma = try #require(model.parameters.first { $0.name == "shape" })
    #expect(gamma.isFixed == [false, true, true])
    #expect(gamma.constraint == .poisson(auxiliary: [25, 1, 1], tau: [25, 1, 1]))
    let stat = try #require(model.parameters.first { $0.name == "stat" })
    #expect(stat.isFixed == [false, true, true])
    #expect(stat.constraint == .normal(auxiliary: [1, 1, 1], sigmas: [0.1, 1, 1]))
  }

  @Test func undefinedPointsAreNoCrash() throws {
    let model = try Model(workspace([sample("a", [5, 0], [mu])]))
    let likelihood = Likelihood(model, data: ModelData(main: [3, 0], auxiliary: []))
    #expect(likelihood.negativeLogLikelihood([0]) == .infinity)
    #expect(likelihood.negativeLogLikelihood([-1]).isNaN)
    #expect(likelihood.negativeLogLikelihood([.nan]).isNaN)
    // An empty bin contributes what is expected in it.
    likelihood.data = ModelData(main: [0, 0], auxiliary: [])
    #expect(likelihood.negativeLogLikelihood([0]) == 0)
    #expect(likelihood.negativeLogLikelihood([-1]) == -5)
    var gradient: [Double] = []
    let hessian = StructuredHessian(for: model)
    #expect(
      likelihood.evaluate([0], gradient: &gradient, hessian: hessian, fisher: false) == 0)
    #expect(gradient == [5])
    #expect(hessian.dense() == [0])
  }
}
