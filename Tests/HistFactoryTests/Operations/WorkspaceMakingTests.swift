// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

@Suite struct WorkspaceMakingTests {
  /// twice_nll of pyhf 0.7.6's simple models at all inits but 1.2 for the first parameter, and at
  /// 0.3 for mu and 0.9 for the others; observed 51 and 48.
  @Test func simpleModels() throws {
    let uncorrelated = try Model(
      Workspace.uncorrelatedBackground(
        signal: [12, 11], background: [50, 52], uncertainty: [3, 7], observed: [51, 48]))
    #expect(uncorrelated.parameterNames == ["mu", "uncorr_bkguncrt[0]", "uncorr_bkguncrt[1]"])
    let correlated = try Model(
      Workspace.correlatedBackground(
        signal: [12, 11], background: [50, 52], up: [45, 57], down: [55, 47], observed: [51, 48]))
    #expect(correlated.parameterNames == ["correlated_bkg_uncertainty", "mu"])
    let values: [(Model, [Double], Double)] = [
      (uncorrelated, [1.2, 1, 1], 32.80619576), (uncorrelated, [0.3, 0.9, 0.9], 28.57796857),
      (correlated, [1.2, 1], 22.38481264), (correlated, [0.9, 0.3], 16.70474453),
    ]
    for (model, point, twiceNLL) in values {
      let value = 2 * Likelihood(model, data: model.data).negativeLogLikelihood(point)
      #expect(abs(value - twiceNLL) < 1e-8)
    }
  }

  @Test func simpleModelsAreChecked() {
    let refusal = #expect(throws: InvalidWorkspace.self) {
      try Workspace.uncorrelatedBackground(
        signal: [12, 11], background: [50], uncertainty: [-3], observed: [51, 48])
    }
    #expect(refusal?.problems.count == 2)
    #expect(refusal?.source == "the simple model")
  }

  /// What a model suggests is written out as pyhf writes it.
  @Test func aModelMakesAWorkspace() throws {
    let model = try Model(OperationFixtures.workspace("left"))
    try OperationFixtures.expect("build") { try Workspace(model, data: model.data) }
  }

  /// pyhf's `build` loses the luminosity's constraint; here the model comes back.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func modelsComeBack(_ seed: UInt64) throws {
    var generator = ModelGenerator(seed: 4000 + seed)
    let model = try Model(generator.workspace())
    var data = model.data
    data.main = data.main.map { $0 + 1 }
    let again = try Model(Workspace(model, data: data, measurement: "again"))
    #expect(again.parameters == model.parameters)
    #expect(again.parameterOfInterest == model.parameterOfInterest)
    #expect(again.data == data)
    #expect(throws: InvalidWorkspace.self) {
      try Workspace(model, data: ModelData(main: [], auxiliary: []))
    }
  }
}
