// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// Uncertainties of 100 %: a factor of 0 at one end. pyhf 0.7.6 gives NaN inside ±1
/// (scikit-hep/pyhf issue 2379); ROOT takes the end's logarithmic derivatives as 0
/// (FlexibleInterpVar.cxx), which is their limit.
@Suite struct NormsysZeroTests {
  private func model(
    lo: Double, hi: Double, options: ModelOptions = .init()
  ) throws(InvalidModel) -> Model {
    try Model(
      Workspace(
        channels: [
          .init(
            name: "SR",
            samples: [
              .init(name: "b", data: [40], modifiers: [.init(name: "k", kind: .normfactor)]),
              .init(
                name: "s", data: [10],
                modifiers: [
                  .init(name: "x", kind: .normsys(lo: lo, hi: hi)),
                  .init(name: "y", kind: .normsys(lo: 0.9, hi: 1.2)),
                  .init(name: "y", kind: .histosys(lo: [8], hi: [13])),
                  .init(name: "stat", kind: .staterror([1])),
                ]),
            ])
        ],
        observations: [.init(name: "SR", data: [47])],
        measurements: [.init(name: "m", poi: "k", parameters: [])]), options: options)
  }

  /// The polynomial that meets 0 with two vanishing derivatives on one side.
  @Test(arguments: [(0, 1.5), (0, 2), (0, 1), (0.5, 0), (0, 0)])
  func valuesFollowTheDefinition(_ lo: Double, _ hi: Double) throws {
    let model = try model(lo: lo, hi: hi)
    let slot = try #require(model.parameterNames.firstIndex(of: "x"))
    // With x log x = 0 and x log² x = 0 at 0, in ascending powers of a.
    let up = hi > 0 ? (hi * log(hi), hi * log(hi) * log(hi)) : (0, 0)
    let down = lo > 0 ? (-lo * log(lo), lo * log(lo) * log(lo)) : (0, 0)
    for a in [-3, -1, -0.999, -0.6, -0.1, 0, 0.4, 0.95, 1, 2] {
      var point = model.inits
      point[slot] = a
      let factor = (model.expectedData(point).main[0] - 40) / 10
      #expect(
        abs(factor - Self.factor(a, lo: lo, hi: hi, up: up, down: down)) < 1e-12,
        "\(lo), \(hi): \(a)")
    }
  }

  /// f by its six conditions at ±1: even and odd parts of value, slope and curvature.
  private static func factor(
    _ a: Double, lo: Double, hi: Double, up: (Double, Double), down: (Double, Double)
  ) -> Double {
    if a >= 1 { return pow(hi, a) }
    if a <= -1 { return pow(lo, -a) }
    // Hermite: with u = (1 + a)/2, f = quintic through both ends + c a-free remainder fixed by f(0) = 1.
    let u = 0.5 * (1 + a)
    func basis(_ u: Double) -> (Double, Double, Double) {
      // Value, slope and curvature at u = 0 (times 1, 1, 1/2), for the interval [0, 1].
      let v = 1 - u
      return (
        v * v * v * (1 + 3 * u + 6 * u * u), u * v * v * v * (1 + 3 * u), u * u * v * v * v / 2
      )
    }
    func quintic(_ u: Double) -> Double {
      let left = basis(u), right = basis(1 - u)
      return lo * left.0 + 2 * down.0 * left.1 + 4 * down.1 * left.2
        + hi * right.0 - 2 * up.0 * right.1 + 4 * up.1 * right.2
    }
    let remainder = 1 - quintic(0.5)
    return quintic(u) + remainder * pow(1 - a * a, 3)
  }

  @Test(arguments: [(0, 1.5), (0, 3), (0.5, 0), (0, 0)])
  func derivativesAreExact(_ lo: Double, _ hi: Double) throws {
    let model = try model(lo: lo, hi: hi)
    let slot = try #require(model.parameterNames.firstIndex(of: "x"))
    let check = DerivativeCheck(Likelihood(model, data: model.data))
    for a in [-2, -0.99, -0.5, 0, 0.7, 0.99, 1.5] {
      var point = model.inits.map { $0 == 0 ? 0.2 : $0 * 1.1 }
      point[slot] = a
      check.expectExact(at: point)
    }
  }

  /// Down to the end itself the gradient stays finite and goes to that of the constraint.
  @Test func theEndIsReachedSmoothly() throws {
    let model = try model(lo: 0, hi: 1.5)
    let slot = try #require(model.parameterNames.firstIndex(of: "x"))
    let likelihood = Likelihood(model, data: model.data)
    let hessian = StructuredHessian(for: model)
    var gradient: [Double] = []
    for distance in [1e-3, 1e-5, 1e-6, 1e-9, 1e-13, 0, -1e-9] {
      var point = model.inits
      point[slot] = -1 + distance
      let value = likelihood.evaluate(
        point, gradient: &gradient, hessian: hessian, fisher: false)
      #expect(value.isFinite)
      #expect(abs(gradient[slot] - point[slot]) < 100 * distance * distance + 1e-12)
      let curvature = hessian.dense()[slot * point.count + slot]
      #expect(abs(curvature - 1) < 100 * max(distance, 0) + 1e-9)
    }
  }

  @Test func whatHasNoPowerIsRefused() throws {
    for (lo, hi) in [(-0.1, 1.2), (0.9, -2), (0.9, .nan), (.infinity, 1)] {
      let refusal = #expect(throws: InvalidModel.self) { try model(lo: lo, hi: hi) }
      #expect(
        refusal?.description.contains("normsys 'x' on sample 's' of channel 'SR' has") == true)
    }
    let jump = #expect(throws: InvalidModel.self) {
      try model(lo: 0, hi: 1.5, options: .init(normsys: .code1))
    }
    #expect(jump?.description.contains("the factor 0, at which code1 jumps") == true)
  }

  @Test func filesWithNegativeFactorsAreRefused() {
    let text = """
      {"channels": [{"name": "SR", "samples": [{"name": "s", "data": [1], "modifiers": [
      {"name": "x", "type": "normsys", "data": {"lo": -0.5, "hi": 1}}]}]}],
      "observations": [{"name": "SR", "data": [1]}],
      "measurements": [{"name": "m", "config": {"poi": "", "parameters": []}}], "version": "1.0.0"}
      """
    let refusal = #expect(throws: InvalidWorkspace.self) { try Workspace(json: Array(text.utf8)) }
    #expect(
      refusal?.description
        == "workspace:2:49: channels[0].samples[0].modifiers[0].data.lo: normsys 'x' has the "
        + "negative factor -0.5, of which no power exists; use a histosys, or 0")
  }
}
