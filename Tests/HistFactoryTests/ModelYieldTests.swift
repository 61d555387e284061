// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Derivatives with respect to nominal yields against models compiled anew.
@Suite(.enabled(if: ModelOracle.isAvailable, "needs shared/data/workspaces beside the checkout"))
struct ModelYieldTests {
  @Test(arguments: [
    "docs_2bin", "gen_alltypes", "gen_coupledhisto", "c2p_multibin_bbl", "xmlimport_bkg",
    "smo_2019-09_onshell_simpl", "gen_shapefactor",
  ])
  func yieldGradientIsTheDerivative(_ id: String) throws {
    let model = try ModelOracle.model(id)
    let oracle = try #require(ModelOracle.cases.first { $0.id == id })
    let point = oracle.probe.pars
    let gradient = Likelihood(model, data: model.data).yieldGradient(point)
    let yields = model.yields
    #expect(gradient.count == yields.count)
    for index in yields.indices {
      let step = 1e-3 * yields[index]
      guard yields[index] > 0.1 else { continue }
      var derivative = 0.0
      for (offset, weight) in [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)] {
        var moved = yields
        moved[index] += offset * step
        let other = try model.replacing(yields: moved)
        // Observed auxiliary data of a shapesys are its τ, so they move with the yield.
        let value = Likelihood(other, data: other.data).negativeLogLikelihood(point)
        derivative += weight * value / (12 * step)
      }
      #expect(deviation(gradient[index], derivative, scale: 0.1) < 1e-7, "yield \(index)")
    }
  }

  @Test func yieldsAreThoseOfTheWorkspace() throws {
    let model = try ModelOracle.model("gen_alltypes")
    let workspace = try ModelOracle.workspace("gen_alltypes.json")
    for channel in workspace.channels {
      for sample in channel.samples {
        let range = try #require(model.yieldRange(channel: channel.name, sample: sample.name))
        #expect(Array(model.yields[range]) == sample.data)
      }
    }
    #expect(model.yieldRange(channel: "nowhere", sample: "nothing") == nil)
  }

  @Test func wrongNumberOfYieldsIsRefused() throws {
    let model = try ModelOracle.model("docs_2bin")
    #expect {
      _ = try model.replacing(yields: [1])
    } throws: { error in
      "\(error)" == "1 yields were given for a model with 4"
    }
  }
}
