// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Empty and negative bins, and lower limits of yields, against pyhf 0.7.6 (`clip_sample_data`,
/// `clip_bin_data`).
@Suite struct YieldLimitTests {
  /// Bins that are negative or empty in one sample or another.
  private let workspace = Workspace(
    channels: [
      .init(
        name: "SR",
        samples: [
          .init(name: "s", data: [5, 5, 5], modifiers: [.init(name: "mu", kind: .normfactor)]),
          .init(
            name: "b", data: [-2, 0, 20],
            modifiers: [
              .init(name: "x", kind: .histosys(lo: [-3, 0.5, 18], hi: [1, 0, 25])),
              .init(name: "st", kind: .staterror([1, 0.5, 2])),
            ]),
          .init(
            name: "c", data: [1, -3, 4],
            modifiers: [
              .init(name: "y", kind: .normsys(lo: 0.7, hi: 1.4)),
              .init(name: "st", kind: .staterror([0.5, 0.25, 1])),
              .init(name: "sh", kind: .shapesys([0, 1, 2])),
            ]),
        ])
    ],
    observations: [.init(name: "SR", data: [0, 1, 30])],
    measurements: [.init(name: "m", poi: "mu", parameters: [])])

  /// In the order x, mu, y, sh, st.
  private let low = [0.6, 0.1, -0.5, 1, 1.1, 1.05, 1, 1, 0.9]
  private let high = [-0.6, 2, 0.5, 1, 0.9, 0.95, 1, 1, 1.2]

  /// A bin that is not positive has no relative uncertainty: its parameter is fixed.
  @Test func parametersOfEmptyBinsAreFixed() throws {
    let model = try Model(workspace)
    #expect(model.parameters.map(\.name) == ["x", "mu", "y", "sh", "st"])
    #expect(model.isFixed == [false, false, false, true, true, false, true, true, false])
    #expect(model.data.auxiliary == [0, 0, 1, 1, 4, 1, 1, 1])
  }

  @Test func withoutLimitsAnObservedNegativeBinIsUndefined() throws {
    let model = try Model(workspace)
    let likelihood = Likelihood(model, data: model.data)
    #expect(likelihood.negativeLogLikelihood(low).isNaN)
    #expect(deviation(2 * likelihood.negativeLogLikelihood(high), 51.22381895704094) < 1e-12)
  }

  private typealias Point = ([Double], Double)
  private static let limited: [(ModelOptions, Point, Point)] = [
    (
      ModelOptions(minimumSampleYield: 1e-3),
      ([1.3387917999121242, 0.502, 24.27302260366783], 25.050005342748612),
      ([11.185159004331302, 10.283624, 37.834657859750735], 62.21625128462843)
    ),
    (
      ModelOptions(minimumBinYield: 0.5),
      ([1.0682877999121243, 0.5, 24.27302260366783], 24.512981385287688),
      ([8.514655004331303, 7.085394688305483, 37.834657859750735], 51.22381895704094)
    ),
    (
      ModelOptions(minimumSampleYield: 0.25, minimumBinYield: 2),
      ([2, 2, 24.27302260366783], 26.60381706322366),
      ([11.434159004331303, 10.532624, 37.834657859750735], 63.16440176303051)
    ),
  ]

  @Test(arguments: limited)
  func limitsArePyhfs(
    _ options: ModelOptions, _ atLow: ([Double], Double), _ atHigh: ([Double], Double)
  ) throws {
    let model = try Model(workspace, options: options)
    let likelihood = Likelihood(model, data: model.data)
    for (point, (events, twiceNLL)) in [(low, atLow), (high, atHigh)] {
      for (found, expected) in zip(model.expectedData(point).main, events) {
        #expect(deviation(found, expected) < 1e-13)
      }
      #expect(deviation(2 * likelihood.negativeLogLikelihood(point), twiceNLL) < 1e-12)
      DerivativeCheck(likelihood).expectExact(at: point)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func limitedModelsAreTheirDefinition(_ seed: UInt64) throws {
    var generator = ModelGenerator(seed: 2000 + seed)
    let workspace = generator.workspace()
    let options = ModelOptions(
      minimumSampleYield: seed % 2 == 0 ? 15 : nil, minimumBinYield: seed % 3 == 0 ? 40 : nil)
    let model = try Model(workspace, options: options)
    let likelihood = Likelihood(model, data: model.data)
    let point = generator.point(of: model, wide: true)
    let definition = ModelReference(workspace, model: model, point: point)
      .negativeLogLikelihood(model, data: model.data)
    let value = likelihood.negativeLogLikelihood(point)
    #expect(value.isNaN == definition.isNaN)
    if !value.isNaN { #expect(deviation(value, definition, scale: 1) < 1e-12) }
    DerivativeCheck(likelihood).expectExact(at: generator.point(of: model, wide: false))
  }

  @Test func limitsAreNumbers() {
    for options in [
      ModelOptions(minimumSampleYield: .nan), ModelOptions(minimumBinYield: -.infinity),
    ] {
      #expect(throws: InvalidModel.self) { try Model(workspace, options: options) }
    }
  }
}
