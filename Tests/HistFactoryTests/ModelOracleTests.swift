// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Every workspace of the oracle against pyhf 0.7.6.
@Suite(.enabled(if: ModelOracle.isAvailable, "needs shared/data/workspaces beside the checkout"))
struct ModelOracleTests {
  @Test func oracleHasItsCases() {
    #expect(ModelOracle.cases.count == 21)
  }

  @Test(arguments: ModelOracle.cases)
  func parametersAreThoseOfPyhf(_ oracle: ModelOracle.Case) throws {
    let model = try Model(ModelOracle.workspace(oracle.workspace))
    #expect(model.parameterNames == oracle.par_names)
    #expect(model.inits == oracle.`init`)
    #expect(model.bounds.map { [$0.lowerBound, $0.upperBound] } == oracle.bounds)
    let fixed = zip(model.parameterNames, model.isFixed).filter(\.1).map(\.0)
    #expect(fixed == oracle.fixed)
    #expect(model.parameterOfInterest.map { model.parameterNames[$0] } == oracle.poi)
    for (ours, theirs) in zip(model.data.main + model.data.auxiliary, oracle.data) {
      #expect(deviation(ours, theirs) < 1e-13)
    }
    #expect(model.data.main.count == oracle.nmain)
    #expect(model.data.main.count + model.data.auxiliary.count == oracle.data.count)
  }

  @Test(arguments: ModelOracle.cases)
  func valueIsPyhfs(_ oracle: ModelOracle.Case) throws {
    let model = try Model(ModelOracle.workspace(oracle.workspace))
    let likelihood = Likelihood(model, data: model.data)
    let atInit = 2 * likelihood.negativeLogLikelihood(model.inits)
    #expect(deviation(atInit, oracle.twice_nll_init) < 1e-10)
    let atProbe = 2 * likelihood.negativeLogLikelihood(oracle.probe.pars)
    #expect(deviation(atProbe, oracle.probe.twice_nll) < 1e-10)
  }

  @Test(arguments: ModelOracle.cases)
  func gradientIsThatOfTheOracle(_ oracle: ModelOracle.Case) throws {
    let model = try Model(ModelOracle.workspace(oracle.workspace))
    let likelihood = Likelihood(model, data: model.data)
    var gradient: [Double] = []
    for (point, expected) in [
      (model.inits, oracle.grad_init), (oracle.probe.pars, oracle.probe.grad),
    ] {
      _ = likelihood.evaluate(point, gradient: &gradient)
      #expect(gradient.count == expected.count)
      // Sums of terms far larger than themselves: relative to the largest component at worst.
      let scale = max(1, 1e-3 * (expected.map(abs).max() ?? 0))
      for (name, pair) in zip(model.parameterNames, zip(gradient, expected)) {
        #expect(deviation(2 * pair.0, pair.1, scale: scale) < 1e-8, "\(name)")
      }
    }
  }

  @Test(arguments: ModelOracle.cases)
  func expectedDataArePyhfs(_ oracle: ModelOracle.Case) throws {
    let model = try Model(ModelOracle.workspace(oracle.workspace))
    for (point, expected) in [
      (model.inits, oracle.expected_init), (oracle.probe.pars, oracle.probe.expected),
    ] {
      let data = model.expectedData(point)
      #expect(data.main.count + data.auxiliary.count == expected.count)
      for (ours, theirs) in zip(data.main + data.auxiliary, expected) {
        #expect(deviation(ours, theirs, scale: 1e-6) < 1e-11)
      }
    }
  }
}
