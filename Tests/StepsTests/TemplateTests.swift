// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import HistFactory
import Histograms
import Steps
import Testing

/// Smoothing, modifiers and a workspace of several samples.
struct TemplateTests {
  private func isClose(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-11 }
  }

  /// Values of `cabinetry.smooth.smooth_353qh_twice` (cabinetry 0.6.0).
  @Test(arguments: [
    ([1.713, 4.736, 16.025], [1.713, 5.49175, 10.781999999999998]),
    ([11.643, 1.883, 8.663, 9.581], [8.663, 8.663, 8.663, 8.663]),
    (
      [3.195, 14.692, 2.273, 7.825, 10.335, 8.613],
      [3.195, 4.3525, 6.6674999999999995, 8.022, 8.416, 8.613]
    ),
    (
      [11.736, 14.757, 19.125, 5.684, 12.971, 13.924, 5.854, 0.03, 19.469, 5.968],
      [
        14.757, 14.757, 14.310500000000001, 13.4175, 12.971, 11.22025, 7.71875, 5.968, 5.968, 5.968,
      ]
    ),
    ([-1, 2, 2, 2, 5, 1, 7], [2, 2, 2, 2, 2.75, 4.75, 7]),
  ])
  func smoothsAsOthersDo(_ values: [Double], _ expected: [Double]) {
    #expect(isClose(Smoothing.smoothed(values), expected))
  }

  /// Values of cabinetry 0.6.0, `apply_postprocessing` with "353QH, twice".
  @Test func ratioToTheNominalIsSmoothed() {
    let nominal: [Double] = [100, 80, 60, 40, 20, 10]
    let varied: [Double] = [103, 88, 59, 46, 19, 13]
    let smooth = Smoothing.smoothed(varied, relativeTo: nominal)
    #expect(
      isClose(
        smooth,
        [
          102.82757571145945, 82.26206056916756, 62.74478770354588, 43.7266778268148,
          23.46066047785725, 12.978237711155074,
        ]))
    #expect(abs(smooth.reduce(0, +) - varied.reduce(0, +)) < 1e-10)
    #expect(Smoothing.smoothed([1, 2, 9, 4], relativeTo: [0, 1, 1, 1])[0] == 1)
  }

  @Test func variationsAreSplitMirroredAndPruned() {
    let nominal: [Double] = [10, 30]
    let variation = TemplateVariation(name: "v", up: [15, 33], down: [8, 28])
    let split = variation.modifiers(of: nominal, VariationTreatment())
    #expect(split.count == 2)
    #expect(split[0] == .init(name: "v", kind: .normsys(lo: 0.9, hi: 1.2)))
    guard case .histosys(let lo, let hi) = split[1].kind else { return }
    #expect(isClose(lo, [8 / 0.9, 28 / 0.9]) && isClose(hi, [12.5, 27.5]))
    #expect(
      variation.modifiers(of: nominal, .init(isSymmetrised: true, isSplit: false))
        == [.init(name: "v", kind: .histosys(lo: [5, 27], hi: [15, 33]))])
    #expect(
      TemplateVariation(name: "v", up: [15, 33]).modifiers(of: nominal, .init(isSplit: false))
        == [.init(name: "v", kind: .histosys(lo: [5, 27], hi: [15, 33]))])
    // The sum changes by 20 %, the shape by 25 %.
    #expect(variation.modifiers(of: nominal, .init(pruning: 0.22)).count == 1)
    #expect(variation.modifiers(of: nominal, .init(pruning: 0.3)).isEmpty)
    #expect(
      TemplateVariation(name: "v", up: [12], down: [9]).modifiers(of: [10], VariationTreatment())
        == [.init(name: "v", kind: .normsys(lo: 0.9, hi: 1.2))])
    #expect(
      TemplateVariation(name: "v", up: [12], down: [0]).modifiers(of: [10], .init()).count == 1)
  }

  // MARK: A workspace

  private static func yields(_ x: [Double], weight: Double = 1) throws -> SelectionYields {
    var selection = SelectionSpecification(
      weight: "\(weight)",
      regions: [
        .init(name: "SR", cuts: [.init(name: "x", expression: "x >= 0")]),
        .init(name: "CR", cuts: [.init(name: "x", expression: "x < 0")]),
      ], variations: [.init(name: "w", up: "1 + x / 10", down: "1.0", normalisation: .nominal)])
    selection.rates = [.init(name: "rate", up: 0.1, down: -0.1)]
    selection.histograms = [
      .init(
        name: "x", region: "SR", channel: "SR",
        axes: [
          .init(
            value: "x", binning: .uniform(count: 2, lower: 0, upper: 2),
            flow: .init(underflow: .drop, overflow: .fold))
        ])
    ]
    let program = try SelectionProgram(
      selection, columns: [ColumnDeclaration(name: "x", type: .real)])
    return try SelectionYields(program.run(over: [Numbers(x)]), of: selection)
  }

  @Test func samplesMakeAWorkspace() throws {
    var templates = WorkspaceTemplates(measurement: "search", poi: "mu")
    try templates.add("signal", Self.yields([0.5, 1.5, 3]), produced: 6, normFactors: ["mu"])
    try templates.add("background", Self.yields([0.5, 0.5, 1.5, -1]), produced: 40)
    try templates.add(
      variation: "generator", of: "background", Self.yields([0.5, 1.5, -1, -1]), produced: 40)
    try templates.observe(Self.yields([0.5, 1.5, 1.5, -2, -3]))
    let workspace = try templates.workspace()
    #expect(workspace.channels.map(\.name) == ["CR", "SR"])
    #expect(workspace.observations.map(\.data) == [[2], [1, 2]])
    // The signal has nothing in CR.
    #expect(workspace.channels[0].samples.map(\.name) == ["background"])
    let (signal, background) = (workspace.channels[1].samples[0], workspace.channels[1].samples[1])
    #expect(signal.data == [2, 4] && background.data == [20, 10])
    #expect(signal.modifiers.first == .init(name: "mu", kind: .normfactor))
    #expect(
      background.modifiers.contains {
        $0 == Workspace.Modifier(name: "generator", kind: .normsys(lo: 4.0 / 3, hi: 2.0 / 3))
      })
    #expect(background.modifiers.contains { $0.name == "staterror_SR" })
    #expect(
      background.modifiers.contains { $0 == .init(name: "rate", kind: .normsys(lo: 0.9, hi: 1.1)) })
    // It is one that can be fitted.
    _ = try Model(workspace)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    var templates = WorkspaceTemplates(measurement: "search", poi: "mu")
    #expect(throws: StepError.self) { try templates.workspace() }
    try templates.add("s", Self.yields([0.5]), produced: 1, normFactors: ["mu"])
    #expect(throws: StepError.self) { try templates.add("s", Self.yields([0.5]), produced: 1) }
    #expect(throws: StepError.self) {
      try templates.add(variation: "v", of: "t", Self.yields([0.5]), produced: 1)
    }
    try templates.observe(Self.yields([0.5]))
    #expect(throws: StepError.self) { try templates.observe(Self.yields([0.5])) }
  }
}

/// A column `x` in memory.
private final class Numbers: EventReader {
  private let x: [Double]
  init(_ x: [Double]) { self.x = x }
  var entryCount: Int { x.count }
  let columns = [
    ColumnDescription(name: "x", type: .real, storedType: "double", isCollection: false)
  ]
  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock {
    EventBlock(count: entries.count, columns: ["x": Column(values: .reals(Array(x[entries])))])
  }
}
