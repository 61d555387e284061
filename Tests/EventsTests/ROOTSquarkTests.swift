// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// The squark search's event files: zlib, counted arrays, one basket a branch. Numbers by uproot 5.7
/// (`numpy.concatenate(tree["Jet_pt"].array(library="np")).astype("f8").sum()`).
@Suite(.enabled(if: SharedData.isExpected, "\(SharedData.absence)"))
struct ROOTSquarkTests {
  /// file, events, sum of weight_isr_up, jets, sum of their transverse momenta
  static let files: [(String, Int, Double, Int, Double)] = [
    ("dmzp_1000_1", 2000, 1993.3918911630903, 4849, 670597.0260028839),
    ("dmzp_2000_1", 2000, 1983.3910257435532, 5317, 789894.6661872864),
    ("dmzp_2500_1", 2000, 2010.916594995058, 5356, 813083.7181739807),
    ("dmzp_500_1", 2000, 1994.4983987726212, 4463, 574042.524553299),
    ("sqsq_1000_200", 2000, 1991.6890373990955, 9484, 2307471.7354393005),
    ("sqsq_1000_600", 2000, 1982.1938220173915, 8999, 1649886.5349655151),
    ("sqsq_1000_800", 2000, 2004.7798381493535, 8697, 1101044.626777649),
    ("sqsq_1200_400", 2000, 2003.7104460690014, 9493, 2467551.7545433044),
    ("sqsq_1400_0", 2000, 2005.9451304943202, 9690, 3132312.9284057617),
    ("sqsq_1400_800", 2000, 1992.5834136712297, 9328, 2245752.191263199),
    ("sqsq_1800_0", 1500, 1499.3989498852043, 7414, 2828320.580165863),
    ("sqsq_1800_800", 1500, 1511.4865964799092, 7162, 2338329.791568756),
    ("sqsq_2200_0", 1500, 1520.0080899787945, 7411, 3357600.4990139008),
    ("sqsq_800_400", 2000, 2005.3676792698377, 8972, 1569046.699142456),
    ("zpmm_2000_1", 2000, 1992.2599161098137, 2372, 241315.82803153992),
    ("zpmm_3000_1", 2000, 2012.4801979455515, 2548, 270372.4604892731),
  ]

  @Test(arguments: files.indices)
  func fileAgreesWithUproot(index: Int) throws {
    let (name, events, weights, jets, sum) = Self.files[index]
    let path = SharedData.folder.appendingPathComponent("data/squark-search/events/\(name).root")
    let reader = try ROOTFormat().open(path.path, tree: nil)
    #expect(reader.entryCount == events)
    #expect(reader.columns.count == 18)
    let block = try reader.read(
      ["weight_isr_up", "nJet", "Jet_pt"], entries: 0..<reader.entryCount)
    let weight = try #require(block.columns["weight_isr_up"])
    #expect(abs(weight.values.reals.reduce(0, +) / weights - 1) < 1e-12)
    let momenta = try #require(block.columns["Jet_pt"])
    #expect(momenta.values.count == jets)
    #expect(abs(momenta.values.reals.reduce(0, +) / sum - 1) < 1e-12)
    let counter = try #require(block.columns["nJet"])
    let offsets = try #require(momenta.offsets)
    #expect(counter.values.reals == zip(offsets, offsets.dropFirst()).map { Double($1 - $0) })
  }

  /// Blocks of any size give what one block gives.
  @Test(arguments: [1, 7, 64, 1999, 2000])
  func blocksAddUp(size: Int) throws {
    let path = SharedData.folder.appendingPathComponent(
      "data/squark-search/events/sqsq_1400_0.root")
    let reader = try ROOTFormat().open(path.path, tree: "Events")
    let names = reader.columns.map(\.name)
    let whole = try reader.read(names, entries: 0..<reader.entryCount)
    var parts: [String: [Double]] = [:]
    for start in stride(from: 0, to: reader.entryCount, by: size) {
      let range = start..<min(start + size, reader.entryCount)
      let block = try reader.read(names, entries: range)
      #expect(block.count == range.count)
      for (name, column) in block.columns { parts[name, default: []] += column.values.reals }
    }
    for (name, column) in whole.columns {
      #expect(parts[name] == column.values.reals, "\(name)")
    }
  }
}
