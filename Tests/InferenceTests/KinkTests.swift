// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// Interpolations with a kink at 0: code0 and code1.
@Suite struct KinkTests {
  private func workspace(_ kind: Workspace.Modifier.Kind, observed: Double) -> Workspace {
    Workspace(
      channels: [
        .init(
          name: "SR",
          samples: [
            .init(name: "b", data: [100], modifiers: [.init(name: "alpha", kind: kind)]),
            .init(name: "s", data: [10], modifiers: [.init(name: "mu", kind: .normfactor)]),
          ])
      ],
      observations: [.init(name: "SR", data: [observed])],
      measurements: [.init(name: "m", poi: "mu", parameters: [])])
  }

  /// Both variations are above the nominal yield of 100, and fewer events are observed: −log L rises
  /// on both sides of the kink, with slopes (1 − 95/100)·30 and −(1 − 95/100)·10.
  @Test(
    "A minimum on a kink is found",
    arguments: [
      (Workspace.Modifier.Kind.histosys(lo: [110], hi: [130]), ModelOptions(histosys: .code0)),
      (.normsys(lo: 1.1, hi: 1.3), ModelOptions(normsys: .code1)),
    ])
  func onTheKink(_ kind: Workspace.Modifier.Kind, _ options: ModelOptions) throws {
    let model = try Model(workspace(kind, observed: 95), options: options)
    let poi = try #require(model.parameterOfInterest)
    let fit = try Analyzer(model).fit(fixing: [poi: 0])
    #expect(fit.bestFit == [0, 0] && fit.isConverged)
    #expect(fit.parametersAtBounds.isEmpty)
    let expected = 2 * (100 - 95 * log(100.0) + lgamma(96.0)) + log(2 * Double.pi)
    #expect(abs(fit.twiceNLL - expected) < 1e-10)
  }

  /// More events are observed: the minimum lies beyond the kink, where n/ν = 1 + α/30 with
  /// ν = 100 + 30 α, whichever side the fit starts on.
  @Test("A fit crosses a kink", arguments: [-0.5, 0, 0.5])
  func beyondTheKink(start: Double) throws {
    var workspace = workspace(.histosys(lo: [90], hi: [130]), observed: 120)
    workspace.measurements[0].parameters = [.init(name: "alpha", inits: [start])]
    let model = try Model(workspace, options: .init(histosys: .code0))
    let poi = try #require(model.parameterOfInterest)
    let fit = try Analyzer(model).fit(fixing: [poi: 0])
    let alpha = fit.bestFit[1 - poi], expected = 100 + 30 * alpha
    #expect(alpha > 0.5)
    #expect(abs(120 / expected - 1 - alpha / 30) < 1e-9)
  }

  /// Whatever the kinks, no point nearby is lower.
  @Test("Fits of random models with kinks end in a minimum", arguments: 0..<30)
  func random(seed: Int) throws {
    let options = ModelOptions(histosys: .code0, normsys: .code1)
    let model = try Model(SmallModels.random(seed: UInt64(seed)), options: options)
    let fit = try Analyzer(model).fit()
    let likelihood = Likelihood(model, data: model.data)
    for index in fit.bestFit.indices {
      for step in [-1e-3, 1e-3] {
        var point = fit.bestFit
        point[index] += step
        guard model.bounds[index].contains(point[index]), !fit.isFixed[index] else { continue }
        #expect(2 * likelihood.negativeLogLikelihood(point) > fit.twiceNLL)
      }
    }
  }
}
