// SPDX-License-Identifier: Apache-2.0
import Differentiation
import HistFactory
import Testing

/// The likelihood as a node of a tape.
@Suite(.enabled(if: ModelOracle.isAvailable, "needs shared/data/workspaces beside the checkout"))
struct ModelTapeTests {
  @Test func nodeIsTheLikelihood() throws {
    let model = try ModelOracle.model("gen_alltypes")
    let oracle = try #require(ModelOracle.cases.first { $0.id == "gen_alltypes" })
    let likelihood = Likelihood(model, data: model.data)
    let builder = TapeBuilder()
    let parameters = builder.input(count: model.inits.count)
    let tape = builder.tape(of: likelihood.negativeLogLikelihood(parameters))
    var onTape: [Double] = [], direct: [Double] = []
    let value = try tape.gradient(at: oracle.probe.pars, into: &onTape)
    #expect(value == likelihood.evaluate(oracle.probe.pars, gradient: &direct))
    #expect(onTape == direct)
  }

  @Test func likelihoodOfAFunctionOfOtherVariables() throws {
    // Two likelihoods at transformed parameters: the node must not remember another's point.
    let model = try ModelOracle.model("docs_2bin")
    let builder = TapeBuilder()
    let x = builder.input(count: 3)
    let first = Likelihood(model, data: model.data).negativeLogLikelihood(exp(0.1 * x))
    let shared = Likelihood(model, data: model.expectedData(model.inits))
    let second = shared.negativeLogLikelihood(1 + 0.1 * x)
    let third = shared.negativeLogLikelihood(exp(-0.2 * x))
    let tape = builder.tape(of: first + sqrt(second) + second * third)
    let check = try checkGradient(of: tape, at: [0.3, -0.2, 0.5])
    #expect(check.reverseDeviation < 1e-9)
    #expect(check.forwardDeviation < 1e-9)
  }
}
