// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// What every form of the language means: one row a sentence of the design (§4).
struct SemanticsTests {
  /// Two events. The first has jets with pt 100, 50, 80 and one lepton; the second has nothing.
  static var reader: MemoryReader {
    MemoryReader(
      entries: 2,
      [
        "x": Column([1.5, -2]), "zero": Column([0, 0]), "n": Column(integers: [7, -7]),
        "big": Column(integers: [.max, 0]), "flag": Column(values: .booleans([true, false])),
        "Jet_pt": Column(lists: [[100, 50, 80], []]),
        "Jet_eta": Column(lists: [[1, -2, 0.5], []]),
        "Jet_phi": Column(lists: [[3, -3, 0], []]), "Jet_m": Column(lists: [[10, 5, 0], []]),
        "Lep_pt": Column(lists: [[20], []]), "Lep_eta": Column(lists: [[1], []]),
        "Lep_phi": Column(lists: [[3.1], []]),
      ])
  }

  static let columns: [ColumnDeclaration] = {
    var columns = [
      ColumnDeclaration(name: "x", type: .real), ColumnDeclaration(name: "zero", type: .real),
      ColumnDeclaration(name: "n", type: .integer), ColumnDeclaration(name: "big", type: .integer),
      ColumnDeclaration(name: "flag", type: .boolean),
      ColumnDeclaration(name: "absent", type: .real, isOptional: true),
      ColumnDeclaration(name: "absentFlag", type: .boolean, isOptional: true),
      ColumnDeclaration(name: "Jet_btag", type: .real, collection: "Jet", isOptional: true),
    ]
    for name in ["Jet_pt", "Jet_eta", "Jet_phi", "Jet_m"] {
      columns.append(ColumnDeclaration(name: name, type: .real, collection: "Jet"))
    }
    for name in ["Lep_pt", "Lep_eta", "Lep_phi"] {
      columns.append(ColumnDeclaration(name: name, type: .real, collection: "Lep"))
    }
    return columns
  }()

  static let definitions = SelectionSpecification(
    objects: [
      .init(name: "jets", from: "Jet", filter: "pt > 60", sort: "-pt"),
      .init(name: "central", from: "jets", fields: ["pt"], filter: "abs(eta) < 0.8"),
      .init(name: "byAbsEta", from: "Jet", sort: "abs(eta)"),
      .init(name: "far", from: "Jet", filter: "none(Lep, deltaR(it2, it) < 0.2)"),
    ],
    variables: [
      .init(name: "lead", expression: "jets[0]"), .init(name: "pt", expression: "-1.0"),
    ])

  typealias Row = (String, ExpressionValue, ExpressionValue)
  static let rows: [Row] = [
    // Numbers: Int64 and Double, `/` and `**` always real, `%` of integers
    ("n + 1", .integer(8), .integer(-6)), ("n * 2 - 1", .integer(13), .integer(-15)),
    ("n / 2", .real(3.5), .real(-3.5)), ("6 / 3", .real(2), .real(2)),
    ("n % 4", .integer(3), .integer(-3)), ("n % 0", .missing, .missing),
    ("n % -1", .integer(0), .integer(0)), ("2 ** 3", .real(8), .real(8)),
    ("-2 ** 2", .real(-4), .real(-4)), ("2 ** 3 ** 2", .real(512), .real(512)),
    ("n + x", .real(8.5), .real(-9)), ("n == 7.0", .boolean(true), .boolean(false)),
    ("-n", .integer(-7), .integer(7)), ("abs(n)", .integer(7), .integer(7)),
    ("abs(x)", .real(1.5), .real(2)),
    // NaN compares false, x/0 is IEEE
    ("x / zero", .real(.infinity), .real(-.infinity)),
    ("zero / zero < 1", .boolean(false), .boolean(false)),
    ("zero / zero >= 1", .boolean(false), .boolean(false)),
    ("nan == nan", .boolean(false), .boolean(false)),
    ("nan != nan", .boolean(true), .boolean(true)),
    ("x < inf", .boolean(true), .boolean(true)),
    ("exists(sqrt(-1))", .boolean(true), .boolean(true)),
    // Conditions
    ("-3 < x < 0", .boolean(false), .boolean(true)),
    ("1 < x < 2 < n", .boolean(true), .boolean(false)),
    ("flag == (x > 0)", .boolean(true), .boolean(true)),
    ("flag ? 1 : 2.5", .real(1), .real(2.5)),
    ("not flag or x > 5", .boolean(false), .boolean(true)),
    // Missing: index out of range, optional column, extreme or first of nothing
    ("Jet[3].pt", .missing, .missing), ("Jet[0].pt", .real(100), .missing),
    ("Jet[-1].pt", .real(80), .missing), ("Jet[-4].pt", .missing, .missing),
    ("absent", .missing, .missing), ("Jet[0].btag", .missing, .missing),
    ("min(Jet, pt)", .real(50), .missing), ("max(Jet, pt)", .real(100), .missing),
    ("first(Jet, pt < 90).pt", .real(50), .missing), ("first(Jet).pt", .real(100), .missing),
    ("argmax(Jet, eta)", .integer(0), .missing), ("argmin(Jet, pt)", .integer(1), .missing),
    ("Jet[argmin(Jet, pt)].eta", .real(-2), .missing),
    // … propagates …
    ("Jet[0].pt + 1", .real(101), .missing), ("sqrt(absent)", .missing, .missing),
    ("Jet[0].pt > 50", .boolean(true), .missing), ("not (absent > 1)", .missing, .missing),
    ("max(absent, 1)", .missing, .missing), ("sum(Jet, btag)", .missing, .real(0)),
    ("absentFlag ? 1 : 2", .missing, .missing), ("flag ? absent : 2.0", .missing, .real(2)),
    ("1 < absent < 0", .missing, .missing),
    // … with Kleene's logic
    ("absentFlag and false", .boolean(false), .boolean(false)),
    ("absentFlag and true", .missing, .missing), ("true and absentFlag", .missing, .missing),
    ("absentFlag or true", .boolean(true), .boolean(true)),
    ("absentFlag or flag", .boolean(true), .missing),
    ("absentFlag and flag", .missing, .boolean(false)),
    ("2 < 1 < absent", .boolean(false), .boolean(false)),
    ("any(Jet, btag > 0)", .missing, .boolean(false)),
    ("any(Jet, btag > 0 or pt > 90)", .boolean(true), .boolean(false)),
    ("all(Jet, btag > 0 or pt > 10)", .boolean(true), .boolean(true)),
    ("all(Jet, btag > 0 and pt > 60)", .boolean(false), .boolean(true)),
    // … until a default or a question stops it
    ("absent ?? 3", .real(3), .real(3)), ("Jet[0].pt ?? -1", .real(100), .real(-1)),
    ("absent ?? Jet[0].pt ?? 0", .real(100), .real(0)),
    ("exists(absent)", .boolean(false), .boolean(false)),
    ("exists(Jet[0])", .boolean(true), .boolean(false)),
    ("exists(x)", .boolean(true), .boolean(true)),
    // Nothing: sums and counts are 0, any is false, all and none are true
    ("sum(Jet, pt)", .real(230), .real(0)), ("size(Jet)", .integer(3), .integer(0)),
    ("count(Jet, pt > 60)", .integer(2), .integer(0)), ("count(Jet)", .integer(3), .integer(0)),
    ("any(Jet, pt > 90)", .boolean(true), .boolean(false)),
    ("all(Jet, pt > 90)", .boolean(false), .boolean(true)),
    ("none(Jet, pt > 90)", .boolean(false), .boolean(true)),
    ("sum(Jet, 1)", .integer(3), .integer(0)), ("sum(Jet, n)", .integer(21), .integer(0)),
    // NaN in a collection shows
    ("max(Jet, pt - 50 == 0 ? nan : pt)", .real(.nan), .missing),
    ("argmax(Jet, pt - 50 == 0 ? nan : pt)", .integer(0), .missing),
    ("argmax(Jet, nan)", .missing, .missing),
    ("min(1, nan)", .real(.nan), .real(.nan)), ("max(nan, 1)", .real(.nan), .real(.nan)),
    // Elements, slices
    ("sum(Jet[1:], pt)", .real(130), .real(0)), ("sum(Jet[:1], pt)", .real(100), .real(0)),
    ("sum(Jet[-1:], pt)", .real(80), .real(0)), ("size(Jet[1:99])", .integer(2), .integer(0)),
    ("size(Jet[2:1])", .integer(0), .integer(0)), ("size(Jet[:-1])", .integer(2), .integer(0)),
    ("size(Jet[1:n])", .integer(2), .integer(0)), ("Jet[1:][0].pt", .real(50), .missing),
    // Names: element, then event; it, it2, ev
    ("max(Jet, pt)", .real(100), .missing), ("max(Jet, ev.pt)", .real(-1), .missing),
    ("max(Jet, it.pt)", .real(100), .missing), ("max(Jet, x)", .real(1.5), .missing),
    ("pt", .real(-1), .real(-1)), ("lead.pt", .real(100), .missing),
    ("count(Jet, any(Lep, it.pt < it2.pt))", .integer(3), .integer(0)),
    ("count(Jet, any(Lep, abs(eta - it2.eta) < 0.6))", .integer(2), .integer(0)),
    ("sum(Jet, sum(Lep, pt))", .real(60), .real(0)),
    ("count(Jet, pt >= max(Jet, pt))", .integer(1), .integer(0)),
    ("count(Jet, it.pt > Jet[-1].pt)", .integer(1), .integer(0)),
    ("sum(Jet, size(Jet[0:count(Lep)]))", .integer(3), .integer(0)),
    // Objects: filtered, sorted (stable), of objects, cleaned
    ("size(jets)", .integer(2), .integer(0)), ("jets[1].pt", .real(80), .missing),
    ("byAbsEta[0].pt", .real(80), .missing), ("byAbsEta[2].pt", .real(50), .missing),
    ("central[0].pt", .real(80), .missing), ("size(far)", .integer(2), .integer(0)),
    // Pairs
    ("size(pairs(Jet))", .integer(3), .integer(0)), ("size(pairs(Lep))", .integer(0), .integer(0)),
    ("max(pairs(Jet), first.pt + second.pt)", .real(180), .missing),
    ("pairs(Jet)[1].second.pt", .real(80), .missing),
    ("first(pairs(Jet), it.first.pt + it.second.pt < 140).first.pt", .real(50), .missing),
    // Functions
    ("min(3, n, 5)", .integer(3), .integer(-7)), ("max(1, 2.5)", .real(2.5), .real(2.5)),
    ("clamp(n, -1, 1)", .integer(1), .integer(-1)), ("clamp(x, 0, 1)", .real(1), .real(0)),
    ("floor(x)", .real(1), .real(-2)), ("floor(-0.5)", .real(-1), .real(-1)),
    ("log10(1000)", .real(3), .real(3)), ("atan2(0, -1) == pi", .boolean(true), .boolean(true)),
    ("exp(0) + log(1) + cos(0) + sin(0) + tan(0) + cosh(0) + sinh(0)", .real(3), .real(3)),
    ("deltaPhi(3, -3) < 0", .boolean(true), .boolean(true)),
    ("deltaPhi(pi, 0) == pi", .boolean(true), .boolean(true)),
    ("deltaPhi(-pi, 0) == pi", .boolean(true), .boolean(true)),
    ("deltaPhi(0.5, 0.25)", .real(0.25), .real(0.25)),
    ("deltaEta(Jet[0], Jet[2])", .real(0.5), .missing), ("deltaEta(1, 3)", .real(-2), .real(-2)),
    ("deltaR(0, 0, 3, 0) == 3", .boolean(true), .boolean(true)),
    ("deltaR(Jet[0], Jet[0])", .real(0), .missing),
    ("mT(10, 0, 10, pi)", .real(20), .real(20)), ("mT(10, 1, 10, 1)", .real(0), .real(0)),
    ("abs(mass(Jet[0]) - 10) < 1e-6", .boolean(true), .missing),
  ]

  @Test(arguments: rows.indices)
  func meaning(row: Int) throws {
    let (text, first, second) = Self.rows[row]
    let values = try ExpressionValue.values(
      of: text, in: Self.definitions, columns: Self.columns, over: Self.reader)
    for (value, expected) in zip(values, [first, second]) {
      if case .real(let number) = expected, number.isNaN, case .real(let found) = value {
        #expect(found.isNaN, "\(text)")
      } else {
        #expect(value == expected, "\(text)")
      }
    }
  }

  /// Two massless particles back to back have the mass 2 E, with E = pt at η = 0.
  @Test func massOfTwo() throws {
    let reader = MemoryReader(
      entries: 1,
      [
        "P_pt": Column(lists: [[50, 50]]), "P_eta": Column(lists: [[0, 0]]),
        "P_phi": Column(lists: [[0, .pi]]), "P_m": Column(lists: [[0, 0]]),
      ])
    let columns = ["pt", "eta", "phi", "m"].map {
      ColumnDeclaration(name: "P_\($0)", type: .real, collection: "P")
    }
    for text in ["mass(P[0], P[1])", "max(pairs(P), mass(it.first, it.second))"] {
      let values = try ExpressionValue.values(of: text, columns: columns, over: reader)
      guard case .real(let mass) = values[0] else {
        Issue.record("\(values)")
        continue
      }
      #expect(abs(mass - 100) < 1e-9)
    }
  }

  @Test(arguments: [
    ("big + 1", "9223372036854775807 + 1"), ("big * 2", "9223372036854775807 * 2"),
    ("-big - 2", "-9223372036854775807 - 2"), ("-(-big - 1)", "-(-9223372036854775808)"),
    ("sum(Jet, big)", "a sum"), ("flag ? 0 : big + 1", "does not fit"),
  ])
  func overflowIsAnError(text: String, message: String) {
    let error = #expect(throws: SelectionFailure.self) {
      try ExpressionValue.values(of: text, columns: Self.columns, over: Self.reader)
    }
    #expect(error?.event == 0)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  /// What is missing can't overflow.
  @Test func missingDoesNotOverflow() throws {
    let values = try ExpressionValue.values(
      of: "(Jet[7].pt > 0 ? big : big) % 0 + big", columns: Self.columns, over: Self.reader)
    #expect(values == [.missing, .missing])
  }
}
