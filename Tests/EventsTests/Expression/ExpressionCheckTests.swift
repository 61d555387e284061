// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// What is refused when a selection is loaded, where, and with which words.
struct ExpressionCheckTests {
  private func problems(
    _ expression: String, objects: [SelectionSpecification.Object] = [],
    variables: [SelectionSpecification.Variable] = []
  ) -> [SelectionProblem] {
    let specification = SelectionSpecification(
      objects: objects, variables: variables,
      regions: [.init(name: "SR", cuts: [.init(name: "cut", expression: expression)])])
    do {
      _ = try SelectionProgram(specification, columns: SemanticsTests.columns)
      return []
    } catch {
      return error.problems
    }
  }

  /// Expression, offset, words of the message.
  static let mistakes: [(String, Int, String)] = [
    ("metsig > 5", 0, "there is no 'metsig'"),
    ("Jat[0].pt > 5", 0, "did you mean 'Jet'?"),
    ("Jet[0].ptt > 5", 7, "'Jet' has no field 'ptt'; did you mean 'pt'?"),
    ("Jet_pt > 5", 0, "Jet[0].pt"),
    ("Jet.pt > 5", 4, "is a collection: write [0].pt"),
    ("x.pt > 5", 2, "has no field 'pt'"),
    ("Jet[0] > 5", 3, "an element of 'Jet'"),
    ("Jet > 5", 0, "is a collection"),
    ("x", 0, "a truth value is needed here, this is a real number"),
    ("n and flag", 0, "this is an integer"),
    ("not x", 4, "a truth value is needed"),
    ("flag + 1 > 0", 0, "write (… ? 1 : 0)"),
    ("flag < flag", 7, "truth values have no order"),
    ("flag == 1", 8, "can't be compared"),
    ("x % 2 == 0", 0, "an integer is needed here"),
    ("Jet[x].pt > 1", 4, "an integer is needed here"),
    ("x[0] > 1", 0, "an index needs a collection"),
    ("size(Jet[absentIndex:]) > 1", 9, "there is no 'absentIndex'"),
    ("size(Jet[argmin(Jet, pt):]) > 1", 9, "must not be missing"),
    ("sum(Jet) > 1", 0, "sum takes a collection and an expression"),
    ("sum(Jet, flag) > 1", 9, "a number is needed"),
    ("size(Jet, pt) > 1", 0, "size takes a collection alone"),
    ("size(x) > 1", 5, "size needs a collection"),
    ("count() > 1", 0, "count takes a collection"),
    ("first(Jet, pt).pt > 1", 11, "a truth value is needed"),
    ("sqrt(1, 2) > 1", 0, "sqrt takes 1 argument, here are 2"),
    ("min(1) > 1", 0, "at least 2 arguments"),
    ("atan2(1) > 1", 0, "takes 2 arguments"),
    ("squrt(1) > 1", 0, "did you mean 'sqrt'?"),
    ("sqrt > 1", 0, "the function is written sqrt(…)"),
    ("table(eff, x) > 1", 6, "there is no table 'eff'"),
    ("default(absent, 1) > 1", 0, "x ?? value"),
    ("pow(x, 2) > 1", 0, "a ** b"),
    ("it.pt > 1", 0, "'it' is the element inside a collection function"),
    ("any(Jet, it2.pt > 1)", 9, "'it2' is the element outside"),
    ("any(Jet, any(Lep, m > 1))", 18, "it2.m"),
    ("ev > 1", 0, "write ev.NAME"),
    ("deltaR(Jet[0], x) > 1", 15, "deltaR needs an object"),
    ("deltaR(Jet[0]) > 1", 0, "two objects, or eta1, phi1, eta2, phi2"),
    ("mass(Lep[0]) > 1", 8, "'Lep' has no field 'm'"),
    ("mT(1, 2) > 1", 0, "pt1, phi1, pt2, phi2"),
    ("exists(Jet)", 7, "always exists"),
    ("(flag ? 1 : flag) > 1", 12, "must both be numbers or both truth values"),
    ("(absent ?? flag) > 1", 11, "must both be numbers or both truth values"),
    ("size(pairs(pairs(Jet))) > 0", 5, "can't be paired again"),
    (
      "any(Jet, any(Jet, any(Jet, any(Jet, pt > 0))))", 27, "nested more than 3 deep"
    ),
    ("x ^ 2 > 1", 2, "a ** b"),
  ]

  @Test(arguments: mistakes.indices)
  func mistakeIsNamed(index: Int) {
    let (text, offset, message) = Self.mistakes[index]
    let found = problems(text)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.path == "regions.SR.cuts[0]")
    #expect(found.first?.offset == offset, "\(text): \(found)")
    #expect(found.first?.message.contains(message) == true, "\(found)")
  }

  @Test func allProblemsAreTold() {
    let found = problems("nope1 > 1 and nope2[0].pt < squrt(2)")
    #expect(found.map(\.offset) == [0, 14, 28])
  }

  @Test func cyclesAreNamedWhole() {
    let found = problems(
      "true",
      variables: [
        .init(name: "a", expression: "b + 1"), .init(name: "b", expression: "2 * c"),
        .init(name: "c", expression: "sum(Jet, pt * a)"),
      ])
    #expect(found.count == 1)
    #expect(found.first?.path == "variables.c")
    #expect(found.first?.offset == 14)
    #expect(found.first?.message == "defined by itself: a → b → c → a")
    let mixed = problems(
      "true", objects: [.init(name: "jets", from: "Jet", filter: "pt > limit")],
      variables: [.init(name: "limit", expression: "size(jets)")])
    #expect(mixed.map(\.message) == ["defined by itself: jets → limit → jets"])
    let own = problems("true", objects: [.init(name: "jets", from: "jets")])
    #expect(own.map(\.path) == ["objects.jets.from"])
    #expect(own.map(\.message) == ["defined by itself: jets → jets"])
  }

  /// A field of the element hides a variable of the same name, so this is no cycle.
  @Test func elementsHideVariables() {
    #expect(
      problems(
        "pt > 1", objects: [.init(name: "jets", from: "Jet", filter: "pt > 50")],
        variables: [.init(name: "pt", expression: "sum(jets, pt)")]
      ).isEmpty)
  }

  /// A faulty definition is told once, where it is, not wherever it is used.
  @Test func faultsAreToldOnce() {
    let found = problems(
      "bad > 1 and bad < 5",
      variables: [
        .init(name: "bad", expression: "nope + 1"), .init(name: "worse", expression: "bad"),
      ])
    #expect(found.map(\.path) == ["variables.bad"])
  }

  @Test(arguments: [
    ("it", "means something of its own"), ("Jet", "already have a 'Jet'"),
    ("x", "already have a 'x'"), ("a b", "can't be used"), ("1a", "can't be used"),
    ("", "can't be used"),
  ])
  func badNamesAreRefused(name: String, message: String) {
    let found = problems("true", variables: [.init(name: name, expression: "1")])
    #expect(found.map(\.path) == ["variables.\(name)"])
    #expect(found.first?.message.contains(message) == true, "\(found)")
  }

  @Test func objectsAreChecked() {
    let found = problems(
      "true",
      objects: [
        .init(name: "a", from: "Jat"), .init(name: "b", from: "x"),
        .init(name: "c", from: "Jet", fields: ["pt", "eto"]),
        .init(name: "d", from: "Jet", filter: "pt"), .init(name: "e", from: "Jet", sort: "pt > 1"),
        .init(name: "f", from: "Jet", fields: ["pt"], filter: "eta > 0"),
        .init(name: "f", from: "Jet"),
      ],
      variables: [.init(name: "g", expression: "f[0].eta")])
    #expect(
      Set(found.map(\.path)) == [
        "objects.a.from", "objects.b.from", "objects.c.fields[1]", "objects.d.where",
        "objects.e.sort", "objects.f", "variables.g",
      ], "\(found)")
    #expect(found.contains { $0.message.contains("did you mean 'Jet'?") })
    #expect(found.contains { $0.message.contains("did you mean 'eta'?") })
  }

  /// Definitions that lead through each other in the wrong order don't exhaust the stack.
  @Test func longChainsAreRefusedOrCompiled() {
    let forward = (0..<1500).map {
      SelectionSpecification.Variable(name: "v\($0)", expression: $0 == 0 ? "x" : "v\($0 - 1) + 1")
    }
    #expect(problems("v1499 > 0", variables: forward).isEmpty)
    let backward = problems("v1499 > 0", variables: forward.reversed())
    #expect(backward.contains { $0.message.contains("define what is used before its use") })
    let tooMany = (0..<2001).map {
      SelectionSpecification.Variable(name: "w\($0)", expression: "1")
    }
    #expect(problems("true", variables: tooMany).map(\.path) == ["variables"])
  }

  /// Functions inside each other are looked at once each.
  @Test func deepCallsAreQuick() {
    let text =
      String(repeating: "min(", count: 90) + "x" + String(repeating: ", 1)", count: 90) + " > 0"
    #expect(problems(text).isEmpty)
  }
}
