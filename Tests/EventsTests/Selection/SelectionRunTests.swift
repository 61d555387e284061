// SPDX-License-Identifier: Apache-2.0
import Events
import Histograms
import Testing

/// Regions, cutflows, weights and what a run refuses.
struct SelectionRunTests {
  static let columns = [
    ColumnDeclaration(name: "x", type: .real), ColumnDeclaration(name: "w", type: .real),
    ColumnDeclaration(name: "unused", type: .real),
    ColumnDeclaration(name: "opt", type: .real, isOptional: true),
    ColumnDeclaration(name: "Jet_pt", type: .real, collection: "Jet"),
    ColumnDeclaration(name: "Jet_eta", type: .real, collection: "Jet"),
  ]

  private func reader(_ x: [Double], weights: [Double]? = nil, jets: [[Double]]? = nil)
    -> MemoryReader
  {
    MemoryReader(
      entries: x.count,
      [
        "x": Column(x), "w": Column(weights ?? x.map { _ in 1 }), "unused": Column(x),
        "Jet_pt": Column(lists: jets ?? x.map { _ in [] }),
        "Jet_eta": Column(lists: jets ?? x.map { _ in [] }),
      ])
  }

  private func cut(_ name: String, _ expression: String) -> SelectionSpecification.Cut {
    SelectionSpecification.Cut(name: name, expression: expression)
  }

  @Test func cutflowCountsEachCut() throws {
    let program = try SelectionProgram(
      SelectionSpecification(
        weight: "w",
        regions: [
          .init(
            name: "SR", from: "presel", channel: "SR_cuts", cuts: [cut("high", "x > 3")]),
          .init(
            name: "presel", isReported: false,
            cuts: [cut("lead", "Jet[0].pt > 10"), cut("low", "x < 5")]),
          .init(name: "other", from: "presel", cuts: [cut("even", "x == 2 or x == 4")]),
          .init(name: "all", cuts: []),
        ]), columns: Self.columns)
    let result = try program.run(over: [
      reader(
        [1, 2, 3, 4, 5, 6], weights: [1, 2, 4, 8, -16, 32],
        jets: [[20], [], [20, 1], [11], [11], [5]])
    ])
    #expect(result.entries == 6)
    #expect(result.total == WeightedCount(sumW: 31, sumW2: 1365))
    #expect(result.regions.map(\.region) == ["SR", "other", "all"])
    #expect(result.regions.map(\.channel) == ["SR_cuts", "other", "all"])
    let rows = [
      CutflowRow(cut: "all", entries: 6, sumW: 31, sumW2: 1365),
      CutflowRow(cut: "lead", entries: 4, sumW: -3, sumW2: 337, missing: 1),
      CutflowRow(cut: "low", entries: 3, sumW: 13, sumW2: 81),
    ]
    #expect(
      result.regions[0].cutflow.rows
        == rows + [CutflowRow(cut: "high", entries: 1, sumW: 8, sumW2: 64)])
    #expect(
      result.regions[1].cutflow.rows
        == rows + [CutflowRow(cut: "even", entries: 1, sumW: 8, sumW2: 64)])
    #expect(result.regions[0].nominal == WeightedCount(sumW: 8, sumW2: 64))
    #expect(result.regions[2].entries == 6)
    #expect(result.regions[2].nominal == result.total)
  }

  @Test func variationsHaveTheirOwnSums() throws {
    let program = try SelectionProgram(
      SelectionSpecification(
        weight: "w", regions: [.init(name: "SR", cuts: [cut("x", "x > 1")])],
        variations: [.init(name: "isr", up: "w * 2", down: "w - x", normalisation: .own)]),
      columns: Self.columns)
    let result = try program.run(over: [reader([1, 2, 3], weights: [1, 1, 5])])
    let totals = try #require(result.variationTotals["isr"])
    #expect(totals.up == WeightedCount(sumW: 14, sumW2: 108))
    #expect(totals.down == WeightedCount(sumW: 1, sumW2: 5))
    let varied = try #require(result.regions[0].variations["isr"])
    #expect(varied.up == WeightedCount(sumW: 12, sumW2: 104))
    #expect(varied.down == WeightedCount(sumW: 1, sumW2: 5))
    #expect(result.regions[0].nominal == WeightedCount(sumW: 6, sumW2: 26))
  }

  @Test func onlyUsedColumnsAreRead() throws {
    let program = try SelectionProgram(
      SelectionSpecification(
        variables: [.init(name: "idle", expression: "unused + 1")],
        regions: [.init(name: "SR", cuts: [cut("n", "size(Jet) == 0 and x > 0")])]),
      columns: Self.columns)
    let events = reader([1, 2])
    _ = try program.run(over: [events])
    #expect(events.namesRead == ["x", "Jet_pt"])
    #expect(program.columns == ["Jet_pt", "x"])
  }

  @Test func optionalColumnsMayBeAbsent() throws {
    let program = try SelectionProgram(
      SelectionSpecification(regions: [.init(name: "SR", cuts: [cut("opt", "opt > 1")])]),
      columns: Self.columns)
    let result = try program.run(over: [reader([1, 2])])
    #expect(result.regions[0].cutflow.map(\.missing) == [0, 2])
    #expect(result.regions[0].entries == 0)
  }

  @Test func renamedColumnsAreFound() throws {
    let program = try SelectionProgram(
      SelectionSpecification(regions: [.init(name: "SR", cuts: [cut("x", "x > 1")])]),
      columns: Self.columns)
    let events = MemoryReader(entries: 2, ["met": Column(integers: [1, 2])])
    #expect(try program.run(over: [events], renames: ["x": "met"]).regions[0].entries == 1)
  }

  @Test func nonFiniteNumbersAreCounted() throws {
    let program = try SelectionProgram(
      SelectionSpecification(
        variables: [
          .init(name: "ratio", expression: "1 / x"), .init(name: "idle", expression: "1 / x * 2"),
          .init(name: "isLarge", expression: "log(x) > 0"),
        ],
        regions: [
          .init(
            name: "SR",
            cuts: [
              cut("x", "x >= -1"), cut("ratio", "ratio != 2"), cut("direct", "2 / x != 3"),
              cut("large", "isLarge"),
            ])
        ]), columns: Self.columns)
    let result = try program.run(over: [reader([0, 0, -1, -2, 3, .nan, 0.5])])
    // 1 / x: 0, 0, NaN. log(x): twice -inf, three NaN. 2 / x of those that got there: 0, 0.
    #expect(result.nonFinite == ["ratio": 3, "isLarge": 5, "SR/x": 1, "SR/direct": 2])
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func badWeightsAreTold(weight: Double) throws {
    let program = try SelectionProgram(
      SelectionSpecification(weight: "w"), columns: Self.columns)
    var weights = Array(repeating: 1.0, count: 50_000)
    weights[40_001] = weight
    let good = reader([1, 2])
    let bad = reader(weights, weights: weights)
    let error = #expect(throws: SelectionFailure.self) { try program.run(over: [good, bad]) }
    #expect(error?.event == 40_001)
    #expect(error?.reader == 1)
    #expect(error?.description.hasPrefix("event 40001 of file 2: its weight is") == true)
  }

  /// Events, in whatever pieces they are read, give sums with the same bits, and those of a sum
  /// in long arithmetic.
  @Test func sumsAreExact() throws {
    var randomness = SeededRandomness(seed: 5)
    let count = 3 * SelectionProgram.blockSize + 17
    let x = (0..<count).map { _ in Double.random(in: 0...1, using: &randomness) }
    let weights = (0..<count).map { index in
      index % 2 == 0 ? 1e12 + Double(index) / 8 : -1e12
    }
    let program = try SelectionProgram(
      SelectionSpecification(
        weight: "w", regions: [.init(name: "SR", cuts: [cut("x", "x > 0.25")])]),
      columns: Self.columns)
    let result = try program.run(over: [reader(x, weights: weights)])
    // Eighths: exact as integers.
    let eighths = zip(x, weights).filter { $0.0 > 0.25 }.map { Int64($0.1 * 8) }
    #expect(result.regions[0].nominal.sumW == Double(eighths.reduce(0, +)) / 8)
    #expect(result.regions[0].entries == eighths.count)
    #expect(try program.run(over: [reader(x, weights: weights)]) == result)
  }

  @Test func noEventsGiveZeros() throws {
    let program = try SelectionProgram(
      SelectionSpecification(regions: [.init(name: "SR", cuts: [cut("x", "x > 1")])]),
      columns: Self.columns)
    for readers in [[], [reader([])]] {
      let result = try program.run(over: readers)
      #expect(result.entries == 0)
      #expect(result.regions[0].cutflow.map(\.entries) == [0, 0])
      #expect(result.total == WeightedCount())
    }
  }

  // MARK: Refusals

  @Test func filesThatDontFitAreRefused() throws {
    let program = try SelectionProgram(
      SelectionSpecification(
        regions: [.init(name: "SR", cuts: [cut("x", "x > 1 and sum(Jet, pt * eta) > 1")])]),
      columns: Self.columns)
    func message(_ columns: [String: Column]) -> String {
      let error = #expect(throws: SelectionFailure.self) {
        try program.run(over: [MemoryReader(entries: 2, columns)])
      }
      return error?.description ?? ""
    }
    let jets = Column(lists: [[1], [2, 3]])
    let x = Column([1, 2])
    #expect(message(["y": x, "Jet_pt": jets, "Jet_eta": jets]).contains("no column 'x'"))
    #expect(message(["x": jets, "Jet_pt": jets, "Jet_eta": jets]).contains("a list per event"))
    #expect(message(["x": x, "Jet_pt": x, "Jet_eta": jets]).contains("one value per event"))
    let flags = Column(values: .booleans([true, false]))
    #expect(message(["x": flags, "Jet_pt": jets, "Jet_eta": jets]).contains("holds boolean"))
    let other = Column(lists: [[1], [2]])
    let lengths = message(["x": x, "Jet_pt": jets, "Jet_eta": other])
    #expect(lengths == "event 1 of file 1: the fields of 'Jet' have different lengths")
    #expect(message(["Jet_pt": jets]).contains("'Jet_eta'"))
    let short = Column(values: .reals([1]))
    #expect(
      message(["x": short, "Jet_pt": jets, "Jet_eta": jets])
        == "file 1: column 'x' does not have its values for events 0 to 1")
  }

  @Test func regionsAreChecked() {
    let specification = SelectionSpecification(
      weight: "opt",
      regions: [
        .init(name: "a", from: "c", cuts: []), .init(name: "b", from: "a", cuts: []),
        .init(name: "c", from: "b", cuts: []), .init(name: "d", from: "e", cuts: []),
        .init(name: "d", cuts: []), .init(name: "f/g", cuts: []),
        .init(name: "h", cuts: [cut("x", "x > 1"), cut("x", "x > 2"), cut("", "true")]),
        .init(name: "own", from: "own", cuts: []),
      ],
      variations: [.init(name: "v", up: "opt", down: "nope", normalisation: .own)])
    let error = #expect(throws: InvalidSelection.self) {
      try SelectionProgram(specification, columns: Self.columns)
    }
    let found = Dictionary(
      error?.problems.map { ($0.path, $0.message) } ?? [], uniquingKeysWith: { $0 + "; " + $1 })
    #expect(found["regions.a.from"]?.contains("a → c → b → a") == true, "\(found)")
    #expect(found["regions.own.from"]?.contains("own → own") == true)
    #expect(found["regions.d.from"]?.contains("there is no region 'e'") == true)
    #expect(found["regions.d"]?.contains("two regions 'd'") == true)
    #expect(found["regions.f/g"]?.contains("name is made of") == true)
    #expect(found["regions.h.cuts[1]"]?.contains("two cuts 'x'") == true)
    #expect(found["regions.h.cuts[2]"]?.contains("no name") == true)
    #expect(found["weight"]?.contains("must not be missing") == true)
    #expect(found["variations.v.up"]?.contains("must not be missing") == true)
    #expect(found["variations.v.down"]?.contains("there is no 'nope'") == true)
    #expect(found.count == 10)
  }

  @Test func sizeNeedsARequiredField() {
    let error = #expect(throws: InvalidSelection.self) {
      try SelectionProgram(
        SelectionSpecification(regions: [.init(name: "SR", cuts: [cut("n", "size(T) > 1")])]),
        columns: [
          ColumnDeclaration(name: "T_pt", type: .real, collection: "T", isOptional: true)
        ])
    }
    #expect(error?.problems.map(\.path) == ["columns.T_pt"])
  }

  @Test func declarationsAreChecked() {
    let error = #expect(throws: InvalidSelection.self) {
      try SelectionProgram(
        SelectionSpecification(),
        columns: [
          ColumnDeclaration(name: "a", type: .real), ColumnDeclaration(name: "a", type: .integer),
          ColumnDeclaration(name: "a_pt", type: .real, collection: "a"),
        ])
    }
    #expect(error?.problems.map(\.path) == ["columns.a", "columns.a"])
  }

  /// Too many combinations are an error, not a lack of memory.
  @Test func combinationsAreLimited() throws {
    let program = try SelectionProgram(
      SelectionSpecification(
        regions: [.init(name: "SR", cuts: [cut("n", "any(pairs(Jet), first.pt > second.pt)")])]),
      columns: Self.columns)
    let jets = [Array(repeating: 1.0, count: 6000)]
    let error = #expect(throws: SelectionFailure.self) {
      try program.run(over: [self.reader([1], jets: jets)])
    }
    #expect(error?.message.contains("combinations") == true)
  }
}
