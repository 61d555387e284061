// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Events
import Foundation
import HistFactory
import Steps
import Testing
import Workflow

/// Histograms, tables and all kinds of variations from the analysis' text to its workspace.
struct SelectionStepTests {
  private static let analysis = """
    schema: 1
    analysis: histogram
    title: A signal with a shape
    luminosity_ifb: 1
    signal:
      events: {columns: {x: double, pt: double, w: double}}
      cross_section_pb: required
    steps:
      - id: select
        kind: selection
        inputs: {events: signal.events, eff: file.tables/eff.csv}
        parameters:
          weight: "w * table(eff, pt)"
          tables:
            eff: {axes: [pt], value: efficiency, interpolation: step, outside: zero}
          regions:
            SR: [{x: "x > 0"}]
            CR: [{x: "x <= 0"}]
          histograms:
            shape: {region: SR, channel: SR_x, value: x, edges: [0, 1, 3], underflow: drop, overflow: fold}
            look: {region: CR, x: {value: x, bins: [2, -2, 0]}, y: {value: pt, bins: [1, 0, 100]}}
          variations:
            scale: {kind: event, up: {x: "x * 2"}, down: {x: "x / 2"}}
            weight: {kind: weight, up: "w * 2", down: "w", norm: nominal}
            theory: {kind: norm, up: 0.1, down: -0.2}
      - id: model
        kind: signal-model
        inputs: {background: file.background.json, yields: select.yields, cross_section_pb: signal.cross_section_pb}
        parameters: {sample: Signal, poi: mu}

    """
  private static let signal = """
    schema: 1
    signal: s
    point: {}
    cross_section_pb: 0.01
    events: {format: csv, files: [events.csv]}

    """
  private static let background = """
    {"channels": [
      {"name": "SR_x", "samples": [{"name": "b", "data": [10, 10], "modifiers": []}]},
      {"name": "CR", "samples": [{"name": "b", "data": [20], "modifiers": []}]}],
     "observations": [{"name": "SR_x", "data": [10, 10]}, {"name": "CR", "data": [20]}],
     "measurements": [{"name": "m", "config": {"poi": "mu", "parameters": []}}],
     "version": "1.0.0"}
    """

  private static func run(table: String) async throws -> StepRun {
    let folder = try TemporaryFolder()
    try folder.write(table, to: "tables/eff.csv")
    try folder.write(background, to: "background.json")
    // Efficiencies 0.5, 1, 1, 1 and, beyond the table, 0.
    try folder.write(
      "x,pt,w\\n0.4,10,1.0\\n0.8,30,1.0\\n2.0,30,2.0\\n-1.0,30,1.0\\n5.0,99,1.0\\n"
        .replacing("\\n", with: "\n"), to: "signals/events.csv")
    return try await StepRun(
      analysis: analysis, signal: signal, directory: folder.url)
  }

  private static let table = "pt_low,pt_high,efficiency\n0,20,0.5\n20,50,1\n"

  @Test func histogramIsTheSignalsShape() async throws {
    let run = try await Self.run(table: Self.table)
    let yields = try run.read(SelectionYields.self, "select", "yields")
    // 0.5 + 1 + 2 + 1 + 0
    #expect(yields.total.sumW == 4.5)
    #expect(yields.overlaps?.entries == [[4, 0], [0, 1]])
    #expect(yields.histograms?.map(\.histogram) == ["shape", "look"])
    #expect(yields.rates?.map(\.name) == ["theory"])
    // 10 events are produced, each unit of weight stands for 10/4.5 of them.
    let scale = 10 / 4.5
    let bytes = try run.store.data(for: #require(run.outputs["model"]?.artifacts["workspace"]))
    let workspace = try Workspace(json: Array(bytes), source: "workspace")
    let sample = try #require(workspace.channels[0].samples.first { $0.name == "Signal" })
    func isClose(_ a: [Double], _ b: [Double]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1 * scale) < 1e-12 }
    }
    #expect(isClose(sample.data, [1.5, 2]))
    var kinds: [String: Workspace.Modifier.Kind] = [:]
    for modifier in sample.modifiers { kinds[modifier.name] = modifier.kind }
    #expect(kinds["mu"] == .normfactor)
    guard case .staterror(let errors)? = kinds["staterror_SR_x"],
      case .histosys(let low, let high)? = kinds["sig_scale"],
      case .histosys(let lowWeight, let highWeight)? = kinds["sig_weight"]
    else {
      Issue.record("modifiers: \(kinds.keys.sorted())")
      return
    }
    #expect(isClose(errors, [(1.25).squareRoot(), 2]))
    // Doubled: 0.8, 1.6 and 4.0, which is folded in; halved: 0.2, 0.4, 1.0.
    #expect(isClose(high, [0.5, 3]) && isClose(low, [1.5, 2]))
    // Without the efficiency: 1, 1, 2 and 1.
    #expect(isClose(highWeight, [4, 6]) && isClose(lowWeight, [2, 3]))
    #expect(kinds["sig_theory"] == .normsys(lo: 0.8, hi: 1.1))
    let control = try #require(workspace.channels[1].samples.first { $0.name == "Signal" })
    #expect(isClose(control.data, [1]))
  }

  @Test(arguments: [
    ("pt_low,pt_high,eff\n0,20,1\n", "no column 'efficiency'"),
    ("pt_low,pt_high,efficiency\n0,20,1\n30,50,1\n", "without gaps"),
    ("pt_low,pt_high,efficiency\n0,20,1\n0,20,1\n", "same place"),
    ("pt_low,pt_high,efficiency\n0,20,x\n", "efficiency"),
  ])
  func tablesThatDoNotFitAreRefused(_ table: String, _ complaint: String) async {
    let error = await failure { _ = try await Self.run(table: table) }
    #expect(error?.contains(complaint) == true, "\(error ?? "no error")")
  }
}
