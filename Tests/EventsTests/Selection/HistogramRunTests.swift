// SPDX-License-Identifier: Apache-2.0
import Events
import Histograms
import Testing

/// Histograms, overlaps and the width of a run.
struct HistogramRunTests {
  private static let columns = [
    ColumnDeclaration(name: "x", type: .real), ColumnDeclaration(name: "y", type: .real),
    ColumnDeclaration(name: "w", type: .real),
    ColumnDeclaration(name: "Jet_pt", type: .real, collection: "Jet"),
  ]

  private static func events(_ count: Int) -> MemoryReader {
    var randomness = SeededRandomness(seed: 5)
    func number() -> Double { Double.random(in: -1..<2, using: &randomness) }
    let odd: [Double] = [.nan, .infinity, -.infinity, 0, 1]
    return MemoryReader(
      entries: count,
      [
        "x": Column((0..<count).map { $0 % 50 == 0 ? odd[$0 / 50 % 5] : number() }),
        "y": Column((0..<count).map { _ in number() }),
        "w": Column((0..<count).map { _ in number() }),
        "Jet_pt": Column(lists: (0..<count).map { $0 % 3 == 0 ? [] : [number()] }),
      ])
  }

  private static func selection() -> SelectionSpecification {
    var selection = SelectionSpecification(
      weight: "w",
      regions: [
        .init(name: "A", cuts: [.init(name: "y", expression: "y > 0")]),
        .init(name: "B", cuts: [.init(name: "y", expression: "y < 1")]),
        .init(name: "C", from: "A", cuts: [.init(name: "w", expression: "w > 0")]),
      ], variations: [.init(name: "v", up: "w * 2", down: "w * y", normalisation: .nominal)])
    let edges = SelectionSpecification.Binning.edges([-0.5, 0, 0.1, 1])
    selection.histograms = [
      .init(
        name: "x", region: "A",
        axes: [.init(value: "x", binning: .uniform(count: 4, lower: 0, upper: 1))]),
      .init(
        name: "xy", region: "B",
        axes: [
          .init(value: "x", binning: edges),
          .init(value: "Jet[0].pt", binning: .uniform(count: 3, lower: 0, upper: 1.5)),
        ]),
    ]
    return selection
  }

  /// Against histograms filled event by event.
  @Test func histogramsAreThoseOfTheSelectedEvents() throws {
    let reader = Self.events(5000)
    let result = try SelectionProgram(Self.selection(), columns: Self.columns).run(over: [reader])
    guard case .reals(let x)? = reader.contents["x"]?.values,
      case .reals(let y)? = reader.contents["y"]?.values,
      case .reals(let w)? = reader.contents["w"]?.values,
      case .reals(let pt)? = reader.contents["Jet_pt"]?.values,
      let offsets = reader.contents["Jet_pt"]?.offsets,
      case .one(let one) = result.histograms[0].nominal,
      case .one(let down)? = result.histograms[0].variations["v"]?.down,
      case .two(let two) = result.histograms[1].nominal
    else {
      Issue.record("histograms of other kinds")
      return
    }
    var expected = try Histogram(axis: Axis(name: "x", bins: 4, lower: 0, upper: 1))
    var varied = expected
    var entries = Array(repeating: 0.0, count: 5 * 5)
    var (nans, missing) = (0, 0)
    for event in x.indices {
      if y[event] > 0 {
        try expected.fill(x[event], weight: w[event])
        try varied.fill(x[event], weight: w[event] * y[event])
      }
      guard y[event] < 1 else { continue }
      guard offsets[event] < offsets[event + 1] else {
        missing += 1
        continue
      }
      guard let i = two.x.index(of: x[event]), let j = two.y.index(of: pt[offsets[event]]) else {
        nans += 1
        continue
      }
      entries[i * 5 + j] += w[event]
    }
    #expect(one.entries == expected.entries && one.nanCount == expected.nanCount)
    #expect(one.nanCount > 0 && missing > 0 && nans > 0)
    #expect(two.missingCount == missing && two.nanCount == nans)
    func close(_ a: [Double], _ b: [Double]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-10 }
    }
    #expect(close(one.sumW, expected.sumW) && close(one.sumW2, expected.sumW2))
    #expect(close(down.sumW, varied.sumW))
    #expect(close(two.sumW, entries))
  }

  @Test func overlapsAreCountedInPairs() throws {
    let reader = Self.events(5000)
    let result = try SelectionProgram(Self.selection(), columns: Self.columns).run(over: [reader])
    guard case .reals(let y)? = reader.contents["y"]?.values,
      case .reals(let w)? = reader.contents["w"]?.values
    else { return }
    let inside = y.indices.map { [y[$0] > 0, y[$0] < 1, y[$0] > 0 && w[$0] > 0] }
    let expected = (0..<3).map { row in
      (0..<3).map { column in inside.filter { $0[row] && $0[column] }.count }
    }
    #expect(result.overlaps.regions == ["A", "B", "C"])
    #expect(result.overlaps.entries == expected)
    #expect(result.overlaps.fractions[2][0] == 1)
  }

  /// The same bits whoever computes the blocks, with files that end within a chunk.
  @Test(arguments: [2, 3, 7])
  func resultDoesNotDependOnTheWidth(width: Int) async throws {
    let readers = [Self.events(50_001), Self.events(3), Self.events(40_000)]
    let program = try SelectionProgram(Self.selection(), columns: Self.columns)
    let narrow = try program.run(over: readers)
    #expect(try await program.run(over: readers, width: width) == narrow)
    #expect(narrow.entries == 90_004)
  }

  /// The first event that fails is told, whichever task finds it.
  @Test func failuresDoNotDependOnTheWidth() async throws {
    var contents = Self.events(100_000).contents
    var weights = Array(repeating: 1.0, count: 100_000)
    (weights[30_000], weights[70_000]) = (.nan, .infinity)
    contents["w"] = Column(weights)
    let program = try SelectionProgram(Self.selection(), columns: Self.columns)
    for width in [1, 2, 5] {
      let error = await #expect(throws: SelectionFailure.self) {
        try await program.run(
          over: [MemoryReader(entries: 100_000, contents)], width: width)
      }
      #expect(error?.event == 30_000)
    }
  }
}
