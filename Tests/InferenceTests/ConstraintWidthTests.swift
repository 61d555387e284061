// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference
import Testing

@Suite struct ConstraintWidthTests {
  /// A background of 50 ± 10 by a shapesys (τ = 25) and ± 10 % by a normsys, their auxiliary data
  /// replaced.
  private static func model() throws -> Model {
    var workspace = SmallModels.counting(signal: 5, background: 50, observed: 55)
    workspace.channels[0].samples[1].modifiers = [
      Workspace.Modifier(name: "shape", kind: .shapesys([10])),
      Workspace.Modifier(name: "theory", kind: .normsys(lo: 0.9, hi: 1.1)),
    ]
    workspace.measurements[0].parameters += [
      Workspace.ParameterConfiguration(
        name: "shape", inits: [1.3], bounds: nil, auxiliaryData: [36], sigmas: nil, isFixed: nil),
      Workspace.ParameterConfiguration(
        name: "theory", inits: nil, bounds: nil, auxiliaryData: [-1], sigmas: nil, isFixed: nil),
    ]
    return try Model(workspace)
  }

  /// pyhf's `param_set("shape").width()` is √(1/25) whatever the auxiliary data.
  @Test("The width of a Poisson constraint is 1/√τ, its centre is where it was measured")
  func widths() throws {
    let model = try Self.model()
    let names = model.parameterNames
    let shape = try #require(names.firstIndex(of: "shape[0]"))
    let theory = try #require(names.firstIndex(of: "theory"))
    let poi = try #require(model.parameterOfInterest)
    #expect(model.constraintWidths[shape] == 0.2 && model.constraintWidths[theory] == 1)
    #expect(model.constraintWidths[poi] == nil && model.constraintCentres[poi] == nil)
    #expect(model.constraintCentres[shape] == 36.0 / 25 && model.constraintCentres[theory] == -1)
  }

  /// 50 · 36/25 · 0.9 + 5 events, the signal strength at its initial value; 20 % of 1.44 and the
  /// slope of normsys' polynomial between −2 and 0, where it is 1.1^α above 1 and 0.9^(−α) below −1.
  @Test("Before a fit, parameters are where their auxiliary measurements are")
  func prefit() throws {
    let prediction = try Analyzer(Self.model()).prefitPrediction()
    let total = prediction.channels[0].total
    #expect(abs(total.value - (50 * 1.44 * 0.9 + 5)) < 1e-10)
    let shape = 50 * 0.2 * 0.9
    let theory = 50 * 1.44 * 0.5 * (1 - 0.81)
    #expect(abs(total.uncertainty - (shape * shape + theory * theory).squareRoot()) < 1e-10)
  }
}
