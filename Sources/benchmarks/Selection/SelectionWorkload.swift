// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation

/// A selection, and made-up events for it.
struct SelectionWorkload {
  let name: String
  let note: String
  let entryCount: Int
  let specification: SelectionSpecification
  let columns: [ColumnDeclaration]
  /// Columns by name; those of jets are `Jet_…`.
  let contents: [String: [Double]]
  /// Where the jets of each event begin; nil without jets.
  let offsets: [Int]?
  let reader: ColumnsInMemory

  private init(
    name: String, note: String, specification: SelectionSpecification,
    contents: [String: [Double]], offsets: [Int]?, entryCount: Int
  ) {
    (self.name, self.note, self.specification) = (name, note, specification)
    (self.contents, self.offsets, self.entryCount) = (contents, offsets, entryCount)
    columns = contents.keys.sorted().map {
      ColumnDeclaration(name: $0, type: .real, collection: $0.hasPrefix("Jet_") ? "Jet" : nil)
    }
    reader = ColumnsInMemory(entryCount: entryCount, contents: contents, offsets: offsets)
  }

  /// Six cuts on seven columns, four histograms.
  static func flat(events: Int = 2_000_000) -> SelectionWorkload {
    var numbers = Numbers()
    let contents: [String: [Double]] = [
      "met": numbers.exponential(events, mean: 250), "ht": numbers.exponential(events, mean: 800),
      "pt1": numbers.exponential(events, mean: 300), "pt2": numbers.exponential(events, mean: 150),
      "dphi": numbers.uniform(events, 0, .pi), "eta": numbers.uniform(events, -3, 3),
      "w": numbers.uniform(events, 0.5, 1.5),
    ]
    var selection = SelectionSpecification(
      variables: [.init(name: "meff", expression: "met + ht")], weight: "w",
      regions: [
        region([
          "met > 200", "pt1 > 150", "pt2 > 50", "dphi > 0.4", "abs(eta) < 2.5", "meff > 1000",
        ])
      ])
    selection.histograms = [
      histogram("met", 2000), histogram("ht", 4000), histogram("meff", 5000),
      histogram("pt1", 2000),
    ]
    return SelectionWorkload(
      name: "flat", note: "6 cuts, 4 histograms", specification: selection, contents: contents,
      offsets: nil, entryCount: events)
  }

  /// Jets chosen by momentum and angle, what is made of them, and four histograms.
  static func jagged(events: Int = 2_000_000) -> SelectionWorkload {
    var numbers = Numbers()
    let sizes = (0..<events).map { _ in Int(numbers.next() * 7) }
    let offsets = sizes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    let jets = offsets.last ?? 0
    var pt = numbers.exponential(jets, mean: 150).map { $0 + 20 }
    for (start, end) in zip(offsets, offsets.dropFirst()) { pt[start..<end].sort(by: >) }
    let contents: [String: [Double]] = [
      "Jet_pt": pt, "Jet_eta": numbers.uniform(jets, -3.5, 3.5),
      "Jet_phi": numbers.uniform(jets, -.pi, .pi), "MET_pt": numbers.exponential(events, mean: 250),
      "MET_phi": numbers.uniform(events, -.pi, .pi), "w": numbers.uniform(events, 0.5, 1.5),
    ]
    var selection = SelectionSpecification(
      objects: [.init(name: "jets", from: "Jet", filter: "pt > 50 and abs(eta) < 2.8")],
      variables: [
        .init(name: "ht", expression: "sum(jets, pt)"),
        .init(name: "meff", expression: "ht + MET_pt"),
        .init(name: "dphi3", expression: "min(jets[0:3], abs(deltaPhi(phi, MET_phi)))"),
      ], weight: "w",
      regions: [
        region([
          "size(jets) >= 2", "jets[0].pt > 200", "MET_pt > 150", "meff > 600", "dphi3 > 0.4",
          "MET_pt / sqrt(ht) > 5",
        ])
      ])
    selection.histograms = [
      histogram("meff", 5000), histogram("ht", 4000), histogram("MET_pt", 2000),
      histogram("jets[0].pt", 2000),
    ]
    return SelectionWorkload(
      name: "jagged", note: "\(jets) jets, 6 cuts, 4 histograms", specification: selection,
      contents: contents, offsets: offsets, entryCount: events)
  }

  private static func region(_ cuts: [String]) -> SelectionSpecification.Region {
    .init(name: "SR", cuts: cuts.map { .init(name: $0, expression: $0) })
  }

  private static func histogram(_ value: String, _ upper: Double)
    -> SelectionSpecification.Histogram
  {
    .init(
      name: value.filter(\.isLetter), region: "SR",
      axes: [.init(value: value, binning: .uniform(count: 50, lower: 0, upper: upper))])
  }

  /// Writes each column as raw doubles, and the offsets as raw 64-bit integers.
  func write(to folder: URL) throws {
    for (name, values) in contents {
      try values.withUnsafeBytes { Data($0) }.write(to: folder.appending(path: "\(name).f64"))
    }
    if let offsets {
      try offsets.withUnsafeBytes { Data($0) }.write(to: folder.appending(path: "offsets.i64"))
    }
  }
}

/// Uniform numbers of SplitMix64.
private struct Numbers {
  private var state: UInt64 = 1

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  mutating func uniform(_ count: Int, _ lower: Double, _ upper: Double) -> [Double] {
    (0..<count).map { _ in lower + (upper - lower) * next() }
  }

  mutating func exponential(_ count: Int, mean: Double) -> [Double] {
    (0..<count).map { _ in -mean * log1p(-next()) }
  }
}
