// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Histograms
import Testing

/// Three published searches on generated events, against an array program in Python (awkward) that
/// was itself checked by a loop over events: `data/squark-search/yields.json`, made by
/// `selection_reference.py`. Counts agree exactly, sums to 1e-9.
@Suite(.enabled(if: SharedData.isExpected, "\(SharedData.absence)"))
struct SelectionChainTests {
  struct Reference: Decodable {
    struct Sums: Decodable {
      let n: Int
      /// With the weights nominal, two that aren't in the files, ISR up, ISR down.
      let sumw: [Double]
      let sumw2: [Double]
    }
    struct Step: Decodable {
      let cut: String
      let sums: Sums
      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        cut = try values.decode(String.self)
        sums = try values.decode(Sums.self)
      }
    }
    let cutflow: [Step]
    let regions: [String: Sums]
    let sum_w: [Double]
    let nev: Int
  }

  static let points = [
    "dmzp_1000_1", "dmzp_2000_1", "dmzp_2500_1", "dmzp_500_1", "sqsq_1000_200", "sqsq_1000_600",
    "sqsq_1000_800", "sqsq_1200_400", "sqsq_1400_0", "sqsq_1400_800", "sqsq_1800_0",
    "sqsq_1800_800", "sqsq_2200_0", "sqsq_800_400", "zpmm_2000_1", "zpmm_3000_1",
  ]

  @Test(arguments: points)
  func pointAgreesWithReference(point: String) throws {
    let folder = SharedData.folder.appendingPathComponent("data/squark-search")
    let yields = try JSONDecoder().decode(
      [String: Reference].self,
      from: Data(contentsOf: folder.appendingPathComponent("yields.json")))
    let reference = try #require(yields[point])
    let specification =
      point.hasPrefix("sqsq")
      ? PublishedSelections.squark
      : point.hasPrefix("dmzp") ? PublishedSelections.monojet : PublishedSelections.dimuon
    let program = try SelectionProgram(specification, columns: PublishedSelections.columns)
    let reader = try ROOTFormat().open(
      folder.appendingPathComponent("events/\(point).root").path, tree: nil)
    let result = try program.run(over: [reader])

    #expect(result.entries == reference.nev)
    expect(result.total.sumW, reference.sum_w[0], "all")
    let totals = try #require(result.variationTotals["isr"])
    expect(totals.up.sumW, reference.sum_w[3], "all, ISR up")
    expect(totals.down.sumW, reference.sum_w[4], "all, ISR down")

    let preselection = try #require(result.regions.first)
    #expect(preselection.cutflow.map(\.cut) == reference.cutflow.map(\.cut))
    for (row, step) in zip(preselection.cutflow, reference.cutflow) {
      #expect(row.entries == step.sums.n, "\(row.cut)")
      expect(row.sumW, step.sums.sumw[0], row.cut)
      expect(row.sumW2, step.sums.sumw2[0], row.cut)
    }
    let regions = result.regions.dropFirst()
    #expect(Set(regions.map(\.channel)) == Set(reference.regions.keys))
    for region in regions {
      let sums = try #require(reference.regions[region.channel])
      #expect(region.entries == sums.n, "\(region.region)")
      let varied = try #require(region.variations["isr"])
      for (count, index) in [(region.nominal, 0), (varied.up, 3), (varied.down, 4)] {
        expect(count.sumW, sums.sumw[index], region.region)
        expect(count.sumW2, sums.sumw2[index], region.region)
      }
    }
  }

  private func expect(_ value: Double, _ reference: Double, _ what: String) {
    #expect(abs(value - reference) <= 1e-9 * abs(reference), "\(what): \(value), \(reference)")
  }

  /// The same events in two files, one after the other, are twice the events.
  @Test func filesAddUp() throws {
    let program = try SelectionProgram(
      PublishedSelections.squark, columns: PublishedSelections.columns)
    let path = SharedData.folder.appendingPathComponent(
      "data/squark-search/events/sqsq_1400_0.root"
    ).path
    let reader = try ROOTFormat().open(path, tree: nil)
    let once = try program.run(over: [reader])
    let twice = try program.run(over: [reader, reader])
    #expect(twice.entries == 2 * once.entries)
    for (one, two) in zip(once.regions, twice.regions) {
      #expect(two.entries == 2 * one.entries)
      expect(two.nominal.sumW, 2 * one.nominal.sumW, one.region)
      #expect(two.cutflow.map(\.missing) == one.cutflow.map { 2 * $0.missing })
    }
  }
}
