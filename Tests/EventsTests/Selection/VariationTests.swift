// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Histograms
import Testing

/// Shifts, rates, tags and factors of the weight.
struct VariationTests {
  private static let columns = [
    ColumnDeclaration(name: "MET_pt", type: .real), ColumnDeclaration(name: "MET_phi", type: .real),
    ColumnDeclaration(name: "w", type: .real),
    ColumnDeclaration(name: "Jet_pt", type: .real, collection: "Jet"),
    ColumnDeclaration(name: "Jet_phi", type: .real, collection: "Jet"),
  ]

  /// Seeded events of up to five jets.
  private static func events(_ count: Int) -> (MemoryReader, jets: [[(Double, Double)]]) {
    var randomness = SeededRandomness(seed: 11)
    func number(_ upper: Double) -> Double { Double.random(in: 0..<upper, using: &randomness) }
    let jets = (0..<count).map { _ in
      (0..<Int.random(in: 0...5, using: &randomness)).map { _ in
        (20 + number(300), number(2 * .pi) - .pi)
      }
    }
    let reader = MemoryReader(
      entries: count,
      [
        "MET_pt": Column((0..<count).map { _ in number(500) }),
        "MET_phi": Column((0..<count).map { _ in number(2 * .pi) - .pi }),
        "w": Column((0..<count).map { _ in 0.5 + number(1) }),
        "Jet_pt": Column(lists: jets.map { $0.map(\.0) }),
        "Jet_phi": Column(lists: jets.map { $0.map(\.1) }),
      ])
    return (reader, jets)
  }

  private static func selection() -> SelectionSpecification {
    var selection = SelectionSpecification(
      objects: [.init(name: "jets", from: "Jet", filter: "pt > 50", sort: "-pt")],
      variables: [.init(name: "ht", expression: "sum(jets, pt)")], weight: "w",
      regions: [
        .init(
          name: "SR",
          cuts: [
            .init(name: "n", expression: "size(jets) >= 2"),
            .init(name: "pt", expression: "jets[0].pt > 100"),
            .init(name: "met", expression: "MET_pt > 100"),
          ])
      ])
    selection.histograms = [
      .init(
        name: "ht", region: "SR",
        axes: [.init(value: "ht", binning: .uniform(count: 10, lower: 0, upper: 1000))])
    ]
    return selection
  }

  /// A shift gives what the same selection gives of events that have been shifted by hand.
  @Test func shiftIsTheSelectionOfShiftedEvents() throws {
    let (reader, jets) = Self.events(5000)
    var selection = Self.selection()
    selection.shifts = [
      .init(
        name: "jes", object: "Jet", up: [.init(name: "pt", expression: "pt * 1.05")],
        down: [.init(name: "pt", expression: "pt * 0.9")],
        missingMomentum: .init(pt: "MET_pt", phi: "MET_phi"))
    ]
    let result = try SelectionProgram(selection, columns: Self.columns).run(over: [reader])
    for (factor, isUp) in [(1.05, true), (0.9, false)] {
      var contents = reader.contents
      contents["Jet_pt"] = Column(lists: jets.map { $0.map { $0.0 * factor } })
      guard case .reals(let met)? = contents["MET_pt"]?.values,
        case .reals(let phi)? = contents["MET_phi"]?.values
      else { return }
      contents["MET_pt"] = Column(
        met.indices.map { event in
          let gain = jets[event].reduce(into: (x: 0.0, y: 0.0)) {
            $0.x += $1.0 * (factor - 1) * cos($1.1)
            $0.y += $1.0 * (factor - 1) * sin($1.1)
          }
          return hypot(met[event] * cos(phi[event]) - gain.x, met[event] * sin(phi[event]) - gain.y)
        })
      let byHand = try SelectionProgram(Self.selection(), columns: Self.columns)
        .run(over: [MemoryReader(entries: reader.entryCount, contents)])
      let varied = try #require(result.regions[0].variations["jes"])
      let count = isUp ? varied.up : varied.down
      #expect(count == byHand.regions[0].nominal)
      let histogram = try #require(result.histograms[0].variations["jes"])
      #expect((isUp ? histogram.up : histogram.down) == byHand.histograms[0].nominal)
      #expect(count != result.regions[0].nominal)
    }
    #expect(result.variationTotals["jes"]?.up == result.total)
  }

  /// Where nothing is gained the missing momentum is what it was, to the last bit.
  @Test func emptyShiftChangesNothing() throws {
    let (reader, _) = Self.events(1000)
    var selection = Self.selection()
    selection.shifts = [
      .init(
        name: "none", object: "Jet", up: [.init(name: "pt", expression: "pt")],
        down: [.init(name: "pt", expression: "pt * 1.0")],
        missingMomentum: .init(pt: "MET_pt", phi: "MET_phi")),
      .init(
        name: "met", up: [.init(name: "MET_pt", expression: "MET_pt + 1000")],
        down: [.init(name: "MET_pt", expression: "-1.0")]),
    ]
    let result = try SelectionProgram(selection, columns: Self.columns).run(over: [reader])
    let region = result.regions[0]
    #expect(region.variations["none"] == .init(up: region.nominal, down: region.nominal))
    let met = try #require(region.variations["met"])
    #expect(met.down == WeightedCount())
    // Everything that the cuts before leave passes the last one.
    #expect(met.up == WeightedCount(sumW: region.cutflow[2].sumW, sumW2: region.cutflow[2].sumW2))
  }

  @Test func factorOfARegionIsARowOfItsCutflow() throws {
    let (reader, _) = Self.events(100)
    var selection = Self.selection()
    selection.weight = nil
    selection.regions = [
      .init(name: "all", cuts: [.init(name: "n", expression: "size(Jet) > 0")]),
      .init(
        name: "SR", from: "all", cuts: [.init(name: "met", expression: "MET_pt > 100")],
        weight: "2.5"),
      .init(name: "inner", from: "SR", cuts: [], weight: "2"),
    ]
    selection.histograms = []
    let result = try SelectionProgram(selection, columns: Self.columns).run(over: [reader])
    let flow = result.regions[1].cutflow
    #expect(flow.map(\.cut) == ["all", "n", "weight", "met"])
    #expect(flow.map(\.entries)[1] == flow.map(\.entries)[2])
    #expect(flow[2].sumW == 2.5 * flow[1].sumW)
    #expect(flow[3].sumW == 2.5 * Double(flow[3].entries))
    #expect(result.regions[2].nominal.sumW == 5 * Double(flow[3].entries))
    #expect(result.regions[0].nominal.sumW == Double(flow[1].entries))
  }

  /// Against the sum over all ways to tag up to four jets.
  @Test func tagsHaveTheProbabilitiesOfAllTheirSubsets() throws {
    let chances: [[Double]] = [[], [0.7], [0.2, 0.9], [0.5, 0.5, 0.5], [0.1, 0.6, 0, 1]]
    let reader = MemoryReader(
      entries: chances.count,
      ["Jet_pt": Column(lists: chances), "Jet_phi": Column(lists: chances)])
    for count in 0...4 {
      for name in ["exactly", "atLeast"] {
        let values = try ExpressionValue.values(
          of: "\(name)(Jet, pt, \(count))", columns: Self.columns, over: reader)
        for (event, chances) in chances.enumerated() {
          var expected = 0.0
          for subset in 0..<(1 << chances.count) {
            let tagged = subset.nonzeroBitCount
            guard name == "exactly" ? tagged == count : tagged >= count else { continue }
            expected += chances.indices.reduce(1) {
              $0 * (subset >> $1 & 1 == 1 ? chances[$1] : 1 - chances[$1])
            }
          }
          guard case .real(let value) = values[event] else {
            Issue.record("no number")
            continue
          }
          #expect(abs(value - expected) < 1e-14, "\(name) \(count) of \(chances)")
        }
      }
    }
  }

  @Test func mistakesAreTold() throws {
    var selection = Self.selection()
    selection.shifts = [
      .init(name: "a", object: "jets", up: [], down: []),
      .init(
        name: "b", object: "Jet", up: [.init(name: "e", expression: "pt")],
        down: [.init(name: "pt", expression: "qt")]),
      .init(
        name: "c", up: [.init(name: "ht", expression: "1.0")],
        down: [.init(name: "w", expression: "w > 1")]),
    ]
    selection.histograms.append(
      .init(
        name: "h", region: "none",
        axes: [
          .init(value: "MET_pt", binning: .edges([1, 1])),
          .init(value: "w > 1", binning: .edges([0, 1])),
        ]))
    let error = #expect(throws: InvalidSelection.self) {
      try SelectionProgram(selection, columns: Self.columns)
    }
    let paths = Set(error?.problems.map(\.path) ?? [])
    #expect(
      paths == [
        "variations.a.object", "variations.b.up.e", "variations.b.down.pt", "variations.c.up.ht",
        "variations.c.down.w", "histograms.h.region", "histograms.h.axes[0].bins",
        "histograms.h.axes[1].value",
      ])
  }
}
