// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// Tables and random numbers of expressions.
struct TableTests {
  private static let columns = [
    ColumnDeclaration(name: "x", type: .real), ColumnDeclaration(name: "y", type: .real),
    ColumnDeclaration(name: "Jet_pt", type: .real, collection: "Jet"),
  ]

  @Test func stepsHoldTheirLowerEdge() throws {
    let table = try LookupTable(axes: [[0, 1, 3]], values: [10, 20], interpolation: .step)
    #expect(table.value(at: -1) == 10 && table.value(at: 0) == 10)
    #expect(table.value(at: 1) == 20 && table.value(at: 1.0.nextDown) == 10)
    #expect(table.value(at: 3) == 20 && table.value(at: 100) == 20)
    #expect(table.value(at: .nan).isNaN)
    let two = try LookupTable(
      axes: [[0, 1, 2], [0, 10, 20, 30]], values: [1, 2, 3, 4, 5, 6], interpolation: .step)
    #expect(two.value(at: 0.5, 25) == 3 && two.value(at: 1.5, 5) == 4)
    #expect(two.value(at: 9, 99) == 6 && two.value(at: 1).isNaN)
  }

  /// Bilinear interpolation is exact for a + bx + cy + dxy.
  @Test func linesAreExactForWhatIsBilinear() throws {
    func plane(_ x: Double, _ y: Double) -> Double { 1 + 2 * x - 3 * y + 0.5 * x * y }
    let (xs, ys) = ([0.0, 1, 4], [-1.0, 2])
    let table = try LookupTable(
      axes: [xs, ys], values: xs.flatMap { x in ys.map { plane(x, $0) } }, interpolation: .linear)
    for x in [0, 0.3, 1, 2.5, 4] {
      for y in [-1, 0.1, 2] {
        #expect(abs(table.value(at: x, y) - plane(x, y)) < 1e-13)
      }
    }
    #expect(table.value(at: 7, 5) == plane(4, 2))
    let line = try LookupTable(axes: [[5]], values: [2], interpolation: .linear)
    #expect(line.value(at: 0) == 2 && line.value(at: 9) == 2)
  }

  @Test func wrongTablesAreRefused() {
    func refuses(_ axes: [[Double]], _ values: [Double]) -> Bool {
      (try? LookupTable(axes: axes, values: values, interpolation: .step)) == nil
    }
    #expect(refuses([[0, 1, 1]], [1, 2]) && refuses([[0, 1]], [1, 2]) && refuses([[0]], []))
    #expect(refuses([[0, 1]], [.nan]) && refuses([], []) && refuses([[0, .infinity]], [1]))
  }

  @Test func outsideIsNearestZeroOrMissing() throws {
    let reader = MemoryReader(
      entries: 5, ["x": Column([-1, 0, 1.5, 2, 3]), "y": Column([0, 0, 0, .nan, 0])])
    let content = try LookupTable(axes: [[0, 1, 2]], values: [10, 20], interpolation: .step)
    func values(_ outside: LookupTable.Outside) throws -> [ExpressionValue] {
      var selection = SelectionSpecification()
      selection.tables = [.init(name: "t", dimensions: 1, outside: outside)]
      return try ExpressionValue.values(
        of: "table(t, x)", in: selection, columns: Self.columns, over: reader,
        tables: ["t": content])
    }
    #expect(try values(.nearest) == [.real(10), .real(10), .real(20), .real(20), .real(20)])
    #expect(try values(.zero) == [.real(0), .real(10), .real(20), .real(20), .real(0)])
    #expect(try values(.missing) == [.missing, .real(10), .real(20), .real(20), .missing])
  }

  @Test func tablesAreCheckedWhereTheyAreUsed() throws {
    func problem(_ expression: String) -> String? {
      var selection = SelectionSpecification()
      selection.tables = [.init(name: "eff", dimensions: 2, outside: .nearest)]
      selection.variables = [.init(name: "v", expression: expression)]
      do {
        _ = try SelectionProgram(selection, columns: Self.columns)
        return nil
      } catch { return error.problems.first?.message }
    }
    #expect(problem("table(eff, x, y)") == nil)
    #expect(problem("table(ef, x, y)")?.contains("did you mean 'eff'") == true)
    #expect(problem("table(eff, x)")?.contains("2 numbers") == true)
    #expect(problem("table(x > 1, x)")?.contains("name of a table") == true)
    #expect(problem("gauss(x)")?.contains("whole number") == true)
    #expect(problem("sum(pairs(Jet), uniform(1))")?.contains("pairs") == true)
  }

  @Test func programWithoutItsTableIsNotRun() throws {
    var selection = SelectionSpecification(
      weight: "table(t, x)", regions: [.init(name: "A", cuts: [])])
    selection.tables = [.init(name: "t", dimensions: 1, outside: .nearest)]
    let program = try SelectionProgram(selection, columns: Self.columns)
    #expect(throws: SelectionFailure.self) {
      try program.run(over: [MemoryReader(entries: 1, ["x": Column([1])])])
    }
  }

  // MARK: Random numbers

  /// Known answers of Random123 1.09, `kat_vectors`, philox4x32 with 10 rounds.
  @Test func philoxHasItsKnownAnswers() {
    let all = UInt32.max
    #expect(
      EventRandom(key: [0, 0]).bits([0, 0, 0, 0])
        == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      EventRandom(key: [all, all]).bits([all, all, all, all])
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      EventRandom(key: [0xa409_3822, 0x299f_31d0])
        .bits([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  /// Mean, variance and fourth moment of a normal, mean and variance of a uniform distribution.
  @Test func numbersHaveTheirMoments() {
    let random = EventRandom(seed: 3, collection: "Jet")
    let count = 200_000
    var sums = (g1: 0.0, g2: 0.0, g4: 0.0, u1: 0.0, u2: 0.0)
    for event in 0..<count {
      let gauss = random.gauss(event: event / 4, object: event % 4, stream: 1)
      let uniform = random.uniform(event: event / 4, object: event % 4, stream: 2)
      #expect(uniform >= 0 && uniform < 1)
      sums.g1 += gauss
      sums.g2 += gauss * gauss
      sums.g4 += gauss * gauss * gauss * gauss
      sums.u1 += uniform
      sums.u2 += uniform * uniform
    }
    let n = Double(count)
    // Five standard deviations of each mean.
    #expect(abs(sums.g1 / n) < 5 / n.squareRoot())
    #expect(abs(sums.g2 / n - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(sums.g4 / n - 3) < 5 * (96 / n).squareRoot())
    #expect(abs(sums.u1 / n - 0.5) < 5 * (1 / (12 * n)).squareRoot())
    #expect(abs(sums.u2 / n - 1.0 / 3) < 5 * (4 / (45 * n)).squareRoot())
  }

  /// An element keeps its number through filters and sorting, in any split of the events.
  @Test func numbersBelongToTheElement() async throws {
    var randomness = SeededRandomness(seed: 2)
    let lists = (0..<40_000).map { _ in
      (0..<Int.random(in: 0...4, using: &randomness)).map { _ in
        Double.random(in: 0..<100, using: &randomness)
      }
    }
    let reader = MemoryReader(entries: lists.count, ["Jet_pt": Column(lists: lists)])
    var selection = SelectionSpecification(
      objects: [
        .init(
          name: "smeared", from: "Jet", filter: "pt > 50", sort: "-pt",
          computed: [.init(name: "pt", expression: "pt * (1 + 0.2 * gauss(1))")])
      ],
      regions: [.init(name: "A", cuts: [.init(name: "n", expression: "smeared[0].pt > 60")])])
    selection.seed = 9
    let random = EventRandom(seed: 9, collection: "Jet")
    let expected = lists.indices.filter { event in
      lists[event].indices.contains { object in
        lists[event][object]
          * (1 + 0.2 * random.gauss(event: event, object: object, stream: 1)) > 60
      }
    }.count
    let program = try SelectionProgram(selection, columns: Self.columns)
    let result = try program.run(over: [reader])
    #expect(result.regions[0].entries == expected)
    #expect(try await program.run(over: [reader], width: 3) == result)
    // The seed matters, and nothing else does.
    selection.seed = 10
    let other = try SelectionProgram(selection, columns: Self.columns).run(over: [reader])
    #expect(other.regions[0].entries != expected)
  }
}
