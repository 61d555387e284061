// SPDX-License-Identifier: Apache-2.0
import Foundation
import Steps
import Testing
import Workflow

/// Two real searches from events to limits, against an independent selection in awkward-array and
/// pyhf 0.7.6 (yields.json, cls_ssd.json and cls_monojet.json of the shared data).
@Suite(.enabled(if: ReferenceFiles.areExpected, ReferenceFiles.absence))
struct SearchTests {
  private struct Sums: Decodable {
    var n: Int
    var sumw: [Double]
    var sumw2: [Double]
  }

  private struct Point: Decodable {
    var sum_w: [Double]
    var weights: [String]
    var nev: Int
    var regions: [String: Sums]
    var cutflow: [CutflowRow]
  }

  private struct CutflowRow: Decodable {
    var cut: String
    var sums: Sums
    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      cut = try container.decode(String.self)
      sums = try container.decode(Sums.self)
    }
  }

  private struct Limits: Decodable {
    struct Test: Decodable {
      var CLs: Double
      var CLs_exp: [Double]
    }
    var nostat: Test
    var stat: Test
    var sigma_UL_fb: Double
  }

  private static func run(
    _ workflow: String, _ signal: String, changing changes: [String: String] = [:]
  ) async throws -> StepRun {
    let folder = ReferenceFiles.workflow(workflow)
    var analysis = try ReferenceFiles.text(folder.appending(path: "analysis.yaml"))
    for (old, new) in changes {
      try #require(analysis.contains(old))
      analysis = analysis.replacing(old, with: new)
    }
    return try await StepRun(
      analysis: analysis,
      signal: try ReferenceFiles.text(folder.appending(path: "signals/\(signal).yaml")),
      directory: folder)
  }

  private func isClose(_ a: Double, _ b: Double, relative: Double = 1e-9) -> Bool {
    abs(a - b) <= relative * max(abs(a), abs(b))
  }

  static let points = [
    "sqsq_800_400", "sqsq_1000_200", "sqsq_1000_600", "sqsq_1000_800", "sqsq_1200_400",
    "sqsq_1400_0", "sqsq_1400_800", "sqsq_1800_0", "sqsq_1800_800", "sqsq_2200_0",
  ]

  @Test(arguments: points) func squarkRegionsAndCutflow(_ point: String) async throws {
    let run = try await Self.run("squark-multijet", point)
    let all = try ReferenceFiles.json([String: Point].self, "data/squark-search/yields.json")
    let reference = try #require(all[point])
    let up = try #require(reference.weights.firstIndex(of: "isr_up"))
    let down = try #require(reference.weights.firstIndex(of: "isr_dn"))
    let yields = try run.read(SelectionYields.self, "select", "yields")
    #expect(yields.entries == reference.nev)
    #expect(isClose(yields.total.sumW, reference.sum_w[0]))
    #expect(isClose(yields.variations[0].total.up.sumW, reference.sum_w[up]))
    #expect(isClose(yields.variations[0].total.down.sumW, reference.sum_w[down]))
    #expect(yields.regions.count == 24)
    for region in yields.regions {
      let expected = try #require(reference.regions[region.channel])
      #expect(region.entries == expected.n)
      let isr = try #require(region.variations["isr"])
      for (sum, k) in [(region.nominal, 0), (isr.up, up), (isr.down, down)] {
        #expect(isClose(sum.sumW, expected.sumw[k]))
        #expect(isClose(sum.sumW2 ?? .nan, expected.sumw2[k]))
      }
    }
    let cutflow = run.rows("select", .cutflow)
    let names = ["njet", "pt1", "meff", "lepton_veto", "met"].map { "preselection/\($0)" }
    #expect(cutflow.prefix(6).map(\.subject) == ["all"] + names)
    for (row, expected) in zip(cutflow, reference.cutflow) {
      #expect(row.entries == expected.sums.n)
      #expect(isClose(row.value, expected.sums.sumw[0]))
      #expect(isClose(row.sumW2 ?? .nan, expected.sums.sumw2[0]))
    }
    // Inherited cuts are there once.
    #expect(Set(cutflow.map(\.subject)).count == cutflow.count)
  }

  /// All weights are 1 here, so the uncertainty is that of a binomial fraction.
  @Test func acceptanceUncertaintyOfEqualWeights() async throws {
    let run = try await Self.run("squark-multijet", "sqsq_1400_0")
    let row = try run.row("select", .acceptance_times_efficiency, "SR_2_1000_10")
    #expect(row.entries == 25)
    let fraction = 25.0 / 2000
    #expect(isClose(row.value, fraction))
    let binomial = (fraction * (1 - fraction) / 2000).squareRoot()
    #expect(isClose(row.uncertainty ?? .nan, binomial, relative: 1e-12))
  }

  @Test(arguments: points) func squarkCLsWithStatisticsAndISR(_ point: String) async throws {
    let run = try await Self.run("squark-multijet", point)
    let all = try ReferenceFiles.json([String: Limits].self, "data/squark-search/cls_ssd.json")
    let reference = try #require(all[point])
    let cls = try run.row("test", .cls)
    // The model has the statistics, so there is nothing left to be uncertain about.
    #expect(cls.uncertainty == nil)
    #expect(abs(cls.value - reference.stat.CLs) < 1e-3)
    let band = run.rows("test", .cls_expected)
    #expect(band.map(\.sigma) == [-2, -1, 0, 1, 2])
    for (row, expected) in zip(band, reference.stat.CLs_exp) {
      #expect(abs(row.value - expected) < 1e-3)
    }
  }

  @Test(arguments: points) func squarkCLsAndLimitsOfTheNormfactorAlone(_ point: String) async throws
  {
    let run = try await Self.run(
      "squark-multijet", point,
      changing: ["statistical_uncertainty: true": "statistical_uncertainty: false, variations: []"])
    let all = try ReferenceFiles.json([String: Limits].self, "data/squark-search/cls_ssd.json")
    let reference = try #require(all[point])
    let cls = try run.row("test", .cls)
    #expect(abs(cls.value - reference.nostat.CLs) < 1e-3)
    if reference.nostat.CLs > 1e-6 {
      #expect(isClose(cls.value, reference.nostat.CLs, relative: 1e-3))
    }
    #expect(cls.uncertainty != nil)
    let limit = try run.row("limit", .cross_section_upper_limit)
    #expect(limit.unit == "fb")
    #expect(isClose(limit.value, reference.sigma_UL_fb, relative: 1e-2))
  }

  private struct Monojet: Decodable { var yields: [String: [Double]] }

  @Test(arguments: ["dmzp_500_1", "dmzp_1000_1", "dmzp_2000_1"])
  func monojetYields(_ point: String) async throws {
    let run = try await Self.run("monojet", point)
    let all = try ReferenceFiles.json([String: Monojet].self, "data/squark-search/cls_monojet.json")
    let reference = try #require(all[point])
    let rows = run.rows("model", .yield)
    #expect(rows.count == 13)
    for row in rows {
      let subject = try #require(row.subject)
      let expected = try #require(reference.yields[subject])
      #expect(isClose(row.value, expected[0]))
      #expect(isClose(row.uncertainty ?? .nan, expected[1]))
    }
    // Channels without signal get no sample.
    let sample = try run.read(SignalSample.self, "model", "signal")
    #expect(sample.channels.count == rows.filter { $0.value > 0 }.count)
  }

  /// Half of the events were skimmed away: everything is half as likely.
  @Test func skimmedFilesAreDividedByWhatWasGenerated() async throws {
    let folder = ReferenceFiles.workflow("squark-multijet")
    let analysis = try ReferenceFiles.text(folder.appending(path: "analysis.yaml"))
    let text = try ReferenceFiles.text(folder.appending(path: "signals/sqsq_1400_0.yaml"))
    let skimmed = { (sums: String) in
      text.replacing("tree: Events", with: "tree: Events, sum_of_weights: \(sums)")
    }
    let full = try await Self.run("squark-multijet", "sqsq_1400_0")
    let half = try await StepRun(
      analysis: analysis,
      signal: skimmed("{weight: 4000, weight_isr_up: 4011.890260988634, weight_isr_dn: 4000}"),
      directory: folder)
    for (whole, part) in zip(full.rows("model", .yield), half.rows("model", .yield)) {
      #expect(isClose(part.value, whole.value / 2))
    }
    let refused = await failure {
      _ = try await StepRun(
        analysis: analysis, signal: skimmed("{weight: 4000, weight_isr_up: 4000}"),
        directory: folder)
    }
    #expect(
      refused == "the files were skimmed, so 'sum_of_weights' of the signal must give the sum of "
        + "'weight_isr_dn' over all generated events")
  }
}
