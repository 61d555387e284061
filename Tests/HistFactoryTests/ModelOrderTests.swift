// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// What a workspace's order must not change, and what a model refuses.
@Suite(.enabled(if: ModelOracle.isAvailable, "needs shared/data/workspaces beside the checkout"))
struct ModelOrderTests {
  @Test(arguments: [
    "gen_alltypes", "sbottomA_1000_131", "c2p_multibin_bbl", "2018-05_ewk", "gen_shapefactor",
  ])
  func orderInTheFileChangesNothing(_ id: String) throws {
    let workspace = try ModelOracle.workspace(id + ".json")
    let oracle = try #require(ModelOracle.cases.first { $0.id == id })
    let model = try Model(workspace)
    var numbers = SeededNumbers(3)
    var shuffled = workspace
    shuffled.channels.shuffle(using: &numbers)
    shuffled.observations.shuffle(using: &numbers)
    for channel in shuffled.channels.indices {
      shuffled.channels[channel].samples.shuffle(using: &numbers)
      for sample in shuffled.channels[channel].samples.indices {
        shuffled.channels[channel].samples[sample].modifiers.shuffle(using: &numbers)
      }
    }
    let other = try Model(shuffled)
    #expect(other.parameterNames == model.parameterNames)
    #expect(other.data == model.data)
    var gradient: [Double] = [], otherGradient: [Double] = []
    let point = oracle.probe.pars
    let value = Likelihood(model, data: model.data).evaluate(point, gradient: &gradient)
    let otherValue = Likelihood(other, data: other.data).evaluate(point, gradient: &otherGradient)
    #expect(deviation(otherValue, value) < 1e-13)
    for (a, b) in zip(otherGradient, gradient) { #expect(deviation(a, b, scale: 1) < 1e-10) }
  }
}
