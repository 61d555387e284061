// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// The interpolation codes: pyhf's numbers, definitions, derivatives, and factors of 0.
@Suite struct InterpolationTests {
  private func model(
    _ kind: Workspace.Modifier.Kind, _ options: ModelOptions = .init()
  ) throws(InvalidModel) -> Model {
    try Model(
      Workspace(
        channels: [
          .init(
            name: "SR",
            samples: [.init(name: "s", data: [100, 50], modifiers: [.init(name: "x", kind: kind)])])
        ],
        observations: [.init(name: "SR", data: [90, 60])],
        measurements: [.init(name: "m", poi: "", parameters: [])]), options: options)
  }

  /// (a, events of both bins) by `expected_data` of pyhf 0.7.6; outside ±1 code2 is ROOT's
  /// (PiecewiseInterpolation.cxx: (2a + b)(α − 1) + high − nominal), which pyhf leaves out.
  private static let histosysPoints: [(ModelOptions.HistosysInterpolation, [[Double]])] = [
    (
      .code0,
      [
        [-2.5, 75, 62.5], [-1, 90, 55], [-0.7, 93, 53.5], [-0.25, 97.5, 51.25], [0, 100, 50],
        [0.3, 109, 53], [0.9, 127, 59], [1, 130, 60], [1.75, 152.5, 67.5],
      ]
    ),
    (
      .code2,
      [
        [-2.5, 90, 73.75], [-1, 90, 55], [-0.7, 90.9, 51.925], [-0.25, 95.625, 49.84375],
        [0, 100, 50], [0.3, 106.9, 51.425], [0.9, 126.1, 58.325], [1, 130, 60],
        [1.75, 160, 73.125],
      ]
    ),
    (
      .code4p,
      [
        [-2.5, 75, 62.5], [-1, 90, 55], [-0.7, 92.62743375, 53.2205753125],
        [-0.25, 96.12396240234375, 50.21797180175781], [0, 100, 50],
        [0.3, 107.58898375, 51.9417378125], [0.9, 126.97915375, 58.9843653125], [1, 130, 60],
        [1.75, 152.5, 67.5],
      ]
    ),
  ]

  @Test(arguments: histosysPoints)
  func histosys(_ code: ModelOptions.HistosysInterpolation, _ points: [[Double]]) throws {
    let model = try model(.histosys(lo: [90, 55], hi: [130, 60]), .init(histosys: code))
    for point in points {
      for (found, expected) in zip(model.expectedData([point[0]]).main, point.dropFirst()) {
        #expect(deviation(found, expected) < 1e-13, "\(code) at \(point[0])")
      }
    }
  }

  /// (a, events of the first bin) by pyhf 0.7.6.
  private static let normsysPoints: [(ModelOptions.NormsysInterpolation, [(Double, Double)])] = [
    (
      .code1,
      [
        (-2.5, 57.24334022399462), (-1, 80), (-0.7, 85.53876799929505), (-0.25, 94.57416090031758),
        (0, 100), (0.3, 108.18897486445277), (0.9, 126.63361857313113), (1, 130),
        (1.75, 158.2708251366248),
      ]
    ),
    (
      .code4,
      [
        (-2.5, 57.24334022399462), (-1, 80), (-0.7, 85.46193195074079), (-0.25, 94.2846438032475),
        (0, 100), (0.3, 107.9330977502054), (0.9, 126.62976025145922), (1, 130),
        (1.75, 158.2708251366248),
      ]
    ),
  ]

  @Test(arguments: normsysPoints)
  func normsys(_ code: ModelOptions.NormsysInterpolation, _ points: [(Double, Double)]) throws {
    let model = try model(.normsys(lo: 0.8, hi: 1.3), .init(normsys: code))
    for (a, events) in points {
      #expect(deviation(model.expectedData([a]).main[0], events) < 1e-13, "\(code) at \(a)")
    }
  }

  /// twice_nll by pyhf 0.7.6 (numpy) of whole workspaces, at x_i = 0.9 sin(1 + i) where the
  /// starting value is 0 and (1 + 0.05 sin(1 + i)) times it elsewhere.
  private static let wholeValues: [(String, ModelOptions, Double)] = [
    ("gen_alltypes", .init(histosys: .code0, normsys: .code1), 66.77682968194271),
    ("gen_alltypes", .init(histosys: .code0, normsys: .code4), 66.7767111987477),
    ("gen_alltypes", .init(histosys: .code2, normsys: .code1), 66.74571300110296),
    ("gen_alltypes", .init(histosys: .code2, normsys: .code4), 66.74560440649708),
    ("gen_alltypes", .init(histosys: .code4p, normsys: .code1), 66.77297733079544),
    ("gen_alltypes", .init(histosys: .code4p, normsys: .code4), 66.77286005284506),
    ("gen_coupledhisto", .init(histosys: .code0), 32.94504408326292),
    ("gen_coupledhisto", .init(histosys: .code2), 33.03820321618297),
    ("sbottomA_1000_131", .init(histosys: .code0, normsys: .code1), 143.58307447755362),
    ("sbottomA_1000_131", .init(histosys: .code2, normsys: .code1), 142.01287272222956),
    ("sbottomA_1000_131", .init(histosys: .code2, normsys: .code4), 141.9957764329806),
    ("sbottomA_1000_131", .init(histosys: .code4p, normsys: .code1), 143.30381369242122),
    ("1Lbb_full_700_400", .init(histosys: .code0, normsys: .code1), 456.048730349058),
    ("1Lbb_full_700_400", .init(histosys: .code0, normsys: .code4), 445.5481165705751),
    ("1Lbb_full_700_400", .init(histosys: .code2, normsys: .code4), 444.7072180588299),
    ("1Lbb_full_700_400", .init(histosys: .code4p, normsys: .code1), 455.7483342978352),
    ("2019-09_offshell", .init(histosys: .code0, normsys: .code1), 1522.5458724601017),
    ("2019-09_offshell", .init(histosys: .code2, normsys: .code1), 1522.7078444135486),
    ("2019-09_offshell", .init(histosys: .code4p, normsys: .code4), 1522.441048014533),
  ]

  @Test(
    .enabled(if: ModelOracle.isAvailable, "there is no shared data beside the checkout"),
    arguments: wholeValues)
  func wholeWorkspaces(_ name: String, _ options: ModelOptions, twiceNLL: Double) throws {
    let model = try Model(Workspace(json: try WorkspaceFiles.bytes(name)), options: options)
    let point = model.inits.enumerated().map { i, start in
      start == 0 ? 0.9 * sin(Double(1 + i)) : start * (1 + 0.05 * sin(Double(1 + i)))
    }
    let value = 2 * Likelihood(model, data: model.data).negativeLogLikelihood(point)
    #expect(deviation(value, twiceNLL) < 1e-11)
  }

  private static let combinations = ModelOptions.HistosysInterpolation.allCases.flatMap {
    histosys in
    ModelOptions.NormsysInterpolation.allCases.map {
      ModelOptions(histosys: histosys, normsys: $0)
    }
  }

  @Test(arguments: combinations, 0..<25 as Range<UInt64>)
  func valuesAreDefinitionsAndDerivativesTheirs(_ options: ModelOptions, _ seed: UInt64) throws {
    var generator = ModelGenerator(seed: 1000 + seed)
    let workspace = generator.workspace()
    let model = try Model(workspace, options: options)
    let likelihood = Likelihood(model, data: model.data)
    for wide in [false, true] {
      let point = generator.point(of: model, wide: wide)
      let definition = ModelReference(workspace, model: model, point: point)
        .negativeLogLikelihood(model, data: model.data)
      let value = likelihood.negativeLogLikelihood(point)
      #expect(value.isNaN == definition.isNaN)
      if !value.isNaN { #expect(deviation(value, definition, scale: 1) < 1e-12) }
    }
    DerivativeCheck(likelihood).expectExact(at: generator.point(of: model, wide: false))
  }

  /// At a kink a derivative is the mean of those of both sides.
  @Test func kinksHaveCentralDerivatives() throws {
    let options = ModelOptions(histosys: .code0, normsys: .code1)
    for kind: Workspace.Modifier.Kind in [
      .histosys(lo: [90, 55], hi: [130, 60]), .normsys(lo: 0.8, hi: 1.3),
    ] {
      let model = try model(kind, options)
      let likelihood = Likelihood(model, data: model.data)
      var gradient: [Double] = []
      _ = likelihood.evaluate([0], gradient: &gradient)
      let step = 1e-6
      let slope =
        (likelihood.negativeLogLikelihood([step]) - likelihood.negativeLogLikelihood([-step]))
        / (2 * step)
      #expect(deviation(gradient[0], slope, scale: 1) < 1e-5)
    }
  }
}
