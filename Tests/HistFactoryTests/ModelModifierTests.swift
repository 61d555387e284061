// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// What each modifier does to a yield of 100 (and 50), in numbers one can check by hand.
@Suite struct ModelModifierTests {
  private let lumiConfiguration = Workspace.ParameterConfiguration(
    name: "x", inits: [1], bounds: [0...10], auxiliaryData: [1], sigmas: [0.1])

  private func expected(
    _ kind: Workspace.Modifier.Kind, _ values: [Double],
    parameters: [Workspace.ParameterConfiguration] = []
  ) throws -> [Double] {
    try Model(
      Workspace(
        channels: [
          .init(
            name: "SR",
            samples: [.init(name: "s", data: [100, 50], modifiers: [.init(name: "x", kind: kind)])])
        ],
        observations: [.init(name: "SR", data: [100, 50])],
        measurements: [.init(name: "m", poi: "", parameters: parameters)])
    ).expectedData(values).main
  }

  private func agree(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { deviation($0, $1, scale: 1) < 1e-13 }
  }

  @Test func normfactorMultiplies() throws {
    #expect(try expected(.normfactor, [1.5]) == [150, 75])
    #expect(try expected(.normfactor, [0]) == [0, 0])
    #expect(try expected(.normfactor, [-1]) == [-100, -50])
  }

  @Test func lumiMultiplies() throws {
    #expect(try expected(.lumi, [1.5], parameters: [lumiConfiguration]) == [150, 75])
  }

  @Test func binwiseFactorsMultiplyTheirBins() throws {
    #expect(try expected(.shapefactor, [2, 3]) == [200, 150])
    #expect(try expected(.shapesys([10, 5]), [2, 3]) == [200, 150])
    #expect(try expected(.staterror([10, 5]), [2, 3]) == [200, 150])
  }

  @Test func normsysMeetsItsEndpoints() throws {
    let kind = Workspace.Modifier.Kind.normsys(lo: 0.8, hi: 1.25)
    #expect(agree(try expected(kind, [0]), [100, 50]))
    #expect(agree(try expected(kind, [1]), [125, 62.5]))
    #expect(agree(try expected(kind, [-1]), [80, 40]))
    #expect(agree(try expected(kind, [2]), [156.25, 78.125]))
    #expect(agree(try expected(kind, [-3]), [51.2, 25.6]))
    // Continuous at ±1 in value: the sides of the switch.
    let inside = try expected(kind, [1 - 1e-9])[0], outside = try expected(kind, [1 + 1e-9])[0]
    #expect(abs(inside - outside) < 1e-6)
  }

  @Test func normsysWithReciprocalEndsIsNearlyExponential() throws {
    // lo = 1/hi: the polynomial interpolates hi^a, whose derivatives it has at ±1.
    for a in stride(from: -0.9, through: 0.9, by: 0.1) {
      let found = try expected(.normsys(lo: 1 / 1.1, hi: 1.1), [a])[0]
      #expect(abs(found - 100 * pow(1.1, a)) < 1e-5)
    }
  }

  @Test func histosysMeetsItsTemplates() throws {
    let kind = Workspace.Modifier.Kind.histosys(lo: [90, 55], hi: [130, 60])
    #expect(agree(try expected(kind, [0]), [100, 50]))
    #expect(agree(try expected(kind, [1]), [130, 60]))
    #expect(agree(try expected(kind, [-1]), [90, 55]))
    // Straight lines outside.
    #expect(agree(try expected(kind, [2]), [160, 70]))
    #expect(agree(try expected(kind, [-2]), [80, 60]))
    // a = 1/2: S/2 + A q with q = (15 − 10/4 + 3/16)/4 = 3.171875, A = (hi + lo − 2 nominal)/16.
    #expect(
      agree(
        try expected(kind, [0.5]), [100 + 10 + 20 * 3.171875 / 16, 50 + 1.25 + 15 * 3.171875 / 16])
    )
  }

  @Test func symmetricHistosysIsALine() throws {
    // 0.1 and 0.3 are not binary fractions: the bend is rounding, and taken for nothing.
    let kind = Workspace.Modifier.Kind.histosys(lo: [99.9, 49.7], hi: [100.1, 50.3])
    for a in [-3, -0.7, 0.2, 0.9, 5] {
      #expect(agree(try expected(kind, [a]), [100 + 0.1 * a, 50 + 0.3 * a]))
    }
  }

  @Test func oneBinWithoutNuisances() throws {
    // −log Poisson(7 | 3 + 2 μ) with its derivatives.
    let model = try Model(
      Workspace(
        channels: [
          .init(
            name: "SR",
            samples: [
              .init(name: "b", data: [3], modifiers: []),
              .init(name: "s", data: [2], modifiers: [.init(name: "mu", kind: .normfactor)]),
            ])
        ],
        observations: [.init(name: "SR", data: [7])],
        measurements: [.init(name: "m", poi: "mu", parameters: [])]))
    let likelihood = Likelihood(model, data: model.data)
    let hessian = StructuredHessian(for: model)
    var gradient: [Double] = []
    for mu in [-1.0, 0, 0.5, 2, 10] {
      let nu = 3 + 2 * mu
      let value = likelihood.evaluate([mu], gradient: &gradient, hessian: hessian, fisher: false)
      #expect(deviation(value, nu - 7 * log(nu) + log(5040)) < 1e-14)
      #expect(deviation(gradient[0], 2 - 14 / nu, scale: 1) < 1e-14)
      #expect(deviation(hessian.dense()[0], 28 / (nu * nu)) < 1e-14)
      _ = likelihood.evaluate([mu], gradient: &gradient, hessian: hessian, fisher: true)
      #expect(deviation(hessian.dense()[0], 4 / nu) < 1e-14)
    }
    let yields = likelihood.yieldGradient([2])
    #expect(yields == [0, 0])  // 3 + 2 · 2 = 7
  }

  /// Of two modifiers with one name and kind on a sample pyhf 0.7.6 applies the last.
  @Test func lastOfEqualModifiersCounts() throws {
    let twice = try Model(
      Workspace(
        channels: [
          .init(
            name: "SR",
            samples: [
              .init(
                name: "s", data: [100],
                modifiers: [
                  .init(name: "x", kind: .normsys(lo: 0.5, hi: 2)),
                  .init(name: "x", kind: .normsys(lo: 0.9, hi: 1.1)),
                ])
            ])
        ],
        observations: [.init(name: "SR", data: [100])],
        measurements: [.init(name: "m", poi: "", parameters: [])]))
    #expect(agree(twice.expectedData([1]).main, [110]))
  }
}
