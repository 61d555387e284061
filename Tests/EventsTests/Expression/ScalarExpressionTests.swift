// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

struct ScalarExpressionTests {
  /// Text and value at x = 3, y = -2.
  static let values: [(String, Double)] = [
    ("x", 3), ("-y", 2), ("+x", 3), ("x + y", 1), ("x - y", 5), ("x * y", -6), ("x / y", -1.5),
    ("x ** 2", 9), ("2 ** x ** 2", 512), ("7 / 2", 3.5), ("7 % 4", 3), ("-7 % 4", -3),
    ("-7 % -1", 0), ("abs(y)", 2), ("abs(-5)", 5), ("min(x, y, 1)", -2), ("max(x, 7)", 7),
    ("min(4, 2)", 2), ("max(-4, 2 - 3)", -1), ("clamp(x, 0, 1)", 1), ("floor(x / 2)", 1),
    ("sqrt(x + 1)", 2), ("exp(log(x))", 3), ("log10(1000)", 3), ("cosh(0) + sinh(0)", 1),
    ("sin(pi / 2) + cos(0)", 2), ("atan2(0, -1)", Double.pi), ("deltaPhi(3, -3)", 6 - 2 * .pi),
    ("tan(0)", 0), ("x > y ? x : y", 3), ("x < y ? 1 : 2", 2), ("(x < y ? 1 : 2) * 3 % 4", 2),
    ("x ?? y", 3), ("exists(x) ? 1 : 0", 1), ("mT(2, 0, 2, pi)", 4), ("deltaR(4, 1, 0, -2)", 5),
    ("1e3 + .5", 1000.5), ("inf", .infinity), ("9007199254740993 - 9007199254740992", 1),
    ("x > 2", 1), ("x > 3", 0), ("2 < x <= 3", 1), ("2 < x < 3", 0), ("not (x == 3)", 0),
    ("x > 2 and y > 0", 0), ("x > 2 or y > 0", 1), ("true and not false", 1), ("1 == 1.0", 1),
    ("(x > 2) == (y < 0)", 1), ("x / 0 == inf", 1), ("nan == nan", 0), ("nan != nan", 1),
    ("nan < 1 or nan >= 1", 0), ("9007199254740993 == 9007199254740992", 0),
  ]

  @Test(arguments: values.indices)
  func valueIsThatOfTheLanguage(index: Int) throws {
    let (text, expected) = Self.values[index]
    let value = try ScalarExpression(text, names: ["x", "y"]).value([3, -2])
    // deltaR and deltaPhi round once or twice.
    #expect(value == expected || abs(value - expected) < 1e-15 * abs(expected), "\(text): \(value)")
  }

  @Test func constraintOfAMassPlane() throws {
    let constraint = try ScalarExpression(
      "m_lsp_gev + 100 < m_sq_gev", names: ["m_sq_gev", "m_lsp_gev"], as: .condition)
    #expect(constraint.kind == .condition)
    #expect(constraint.names == ["m_sq_gev", "m_lsp_gev"])
    #expect(constraint.isTrue([1400, 1299.9]))
    #expect(!constraint.isTrue([1400, 1300]))
    #expect(!constraint.isTrue([1400, .nan]))
  }

  @Test func kindsAreTold() throws {
    #expect(try ScalarExpression("x + 1", names: ["x"]).kind == .number)
    #expect(try ScalarExpression("x > 1", names: ["x"]).kind == .condition)
    #expect(try ScalarExpression("x", names: ["x"], as: .number).isTrue([2]))
    #expect(try !ScalarExpression("x", names: ["x"]).isTrue([0]))
    #expect(try !ScalarExpression("x", names: ["x"]).isTrue([.nan]))
  }

  @Test func numbersThatAreLeftOutAreNoNumbers() throws {
    let sum = try ScalarExpression("x + y", names: ["x", "y"])
    #expect(sum.value([1]).isNaN)
    #expect(sum.value([]).isNaN)
    #expect(sum.value([1, 2, 3]) == 3)
  }

  @Test func constantsNeedNoNames() throws {
    #expect(try ScalarExpression("2 + 3 * 4", names: []).value([]) == 14)
    #expect(try ScalarExpression("true", names: []).isTrue([]))
  }

  /// Expression, kind, 0-based offset, words of the message; the names are x, m_sq_gev, min.
  static let mistakes: [(String, ScalarExpression.Kind?, Int?, String)] = [
    ("m_sq_gv > 1", nil, 0, "there is no 'm_sq_gv'; did you mean 'm_sq_gev'?"),
    ("x > 1 +", nil, 7, "expected a number, a name or '('"), ("", nil, 0, "is empty"),
    ("squrt(x)", nil, 0, "did you mean 'sqrt'?"), ("x ^ 2", nil, 2, "a ** b"),
    ("x", .condition, 0, "a truth value is needed here, this is a real number"),
    ("x > 1", .number, 2, "a number is needed here, this is a truth value"),
    ("x % 2", nil, 0, "an integer is needed here"), ("x[0]", nil, 0, "an index needs a collection"),
    ("sum(x, 1)", nil, 4, "sum needs a collection"), ("Jet[0].pt", nil, 0, "there is no 'Jet'"),
    ("x.pt", nil, 2, "has no field 'pt'"), ("ev.y", nil, 3, "there is no 'y'"),
    ("it > 1", nil, 0, "inside a collection function"), ("5 % 0", nil, nil, "can be 0"),
    ("5 % (x > 1 ? 1 : 0)", nil, nil, "can be 0"),
    ("x and true", nil, 0, "a truth value is needed"),
    ("9223372036854775807 + 1", nil, nil, "does not fit"),
    ("(x > 1 ? 9223372036854775807 : 1) * 2", nil, nil, "does not fit"),
    ("-(-9223372036854775807 - 1)", nil, nil, "does not fit"),
    ("abs(-9223372036854775807 - 1)", nil, nil, "does not fit"),
  ]

  @Test(arguments: mistakes.indices)
  func mistakeIsNamed(index: Int) {
    let (text, kind, offset, message) = Self.mistakes[index]
    let error = #expect(throws: InvalidExpression.self) {
      try ScalarExpression(text, names: ["x", "m_sq_gev", "min"], as: kind)
    }
    #expect(error?.problems.count == 1)
    #expect(error?.problems.first?.offset == offset, "\(text): \(error?.description ?? "")")
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func allMistakesAreTold() {
    let error = #expect(throws: InvalidExpression.self) {
      try ScalarExpression("a < b and c < x", names: ["x"])
    }
    #expect(error?.problems.map(\.offset) == [0, 4, 10])
    #expect(error?.description.hasPrefix("'a < b and c < x', character 1: there is no 'a'") == true)
  }

  @Test(arguments: ["pi", "and", "ev", "m sq", "2x", "", "größe", "m-sq"])
  func wordsThatAreNoNamesAreRefused(name: String) {
    let error = #expect(throws: InvalidExpression.self) {
      try ScalarExpression("1", names: ["x", name])
    }
    #expect(error?.problems.count == 1)
    #expect(error?.description.contains("'\(name)'") == true)
  }

  @Test func aNameIsGivenOnce() {
    let error = #expect(throws: InvalidExpression.self) {
      try ScalarExpression("x", names: ["x", "y", "x"])
    }
    #expect(error?.problems.map(\.message) == ["the name 'x' is given twice"])
  }

  /// A name may be a function's: a call has brackets.
  @Test func namesOfFunctionsAreNames() throws {
    #expect(try ScalarExpression("min(min, 2) + size", names: ["min", "size"]).value([1, 5]) == 6)
  }

  @Test func deepAndLongOnesAreRefused() {
    for text in [
      String(repeating: "(", count: 5000) + "1", String(repeating: "1+", count: 6000) + "1",
      String(repeating: "-", count: 200) + "x",
    ] {
      #expect(throws: InvalidExpression.self) { try ScalarExpression(text, names: ["x"]) }
    }
  }

  @Test func manyThreadsMayUseOne() async throws {
    let expression = try ScalarExpression("x * x + 1", names: ["x"])
    let total = await withTaskGroup(of: Double.self) { group in
      for x in 0..<100 { group.addTask { expression.value([Double(x)]) } }
      return await group.reduce(0, +)
    }
    #expect(total == 328_350 + 100)
  }
}

/// The same as selections compute, bit for bit, on random expressions and numbers.
struct ScalarExpressionAgreementTests {
  private struct Generator {
    var randomness: SeededRandomness

    mutating func one(_ choices: String...) -> String {
      choices.randomElement(using: &randomness) ?? choices[0]
    }

    mutating func real(_ depth: Int) -> String {
      guard depth > 0 else { return one("x", "y", "z", "0.5", "2.0", "pi", "-0.0") }
      switch Int.random(in: 0..<11, using: &randomness) {
      case 0...2: return "(\(real(depth - 1)) \(one("+", "-", "*", "/")) \(real(depth - 1)))"
      case 3: return "-\(real(depth - 1))"
      case 4:
        let function = one(
          "abs", "sqrt", "exp", "log", "log10", "sin", "cos", "tan", "sinh", "cosh", "floor")
        return "\(function)(\(real(depth - 1)))"
      case 5: return "(\(condition(depth - 1)) ? \(real(depth - 1)) : \(real(depth - 1)))"
      case 6: return "(\(real(depth - 1)) ?? \(real(depth - 1)))"
      case 7: return "\(one("min", "max"))(\(real(depth - 1)), \(integer(depth - 1)))"
      case 8: return "(\(real(depth - 1)) + \(integer(depth - 1)))"
      case 9: return "(\(real(0)) ** \(integer(0)))"
      default: return "\(one("deltaPhi", "atan2"))(\(real(0)), \(real(0)))"
      }
    }

    mutating func integer(_ depth: Int) -> String {
      guard depth > 0 else { return one("0", "1", "-2", "3", "7") }
      switch Int.random(in: 0..<6, using: &randomness) {
      case 0, 1: return "(\(integer(depth - 1)) \(one("+", "-", "*")) \(integer(depth - 1)))"
      case 2: return "(\(integer(depth - 1)) % \(integer(depth - 1)))"
      case 3: return "(\(condition(depth - 1)) ? \(integer(depth - 1)) : \(integer(depth - 1)))"
      case 4: return "\(one("min", "max"))(\(integer(depth - 1)), \(integer(depth - 1)))"
      default: return "\(one("abs(", "-("))\(integer(depth - 1)))"
      }
    }

    mutating func condition(_ depth: Int) -> String {
      guard depth > 0 else { return one("x < y", "y >= 1", "true", "z != z") }
      let comparison = one("<", "<=", ">", ">=", "==", "!=")
      switch Int.random(in: 0..<7, using: &randomness) {
      case 0, 1: return "\(real(depth - 1)) \(comparison) \(real(depth - 1))"
      case 2: return "\(integer(depth - 1)) \(comparison) \(integer(depth - 1))"
      case 3: return "\(real(0)) < \(real(depth - 1)) \(comparison) \(integer(0))"
      case 4: return "(\(condition(depth - 1)) \(one("and", "or")) \(condition(depth - 1)))"
      case 5: return "(not \(condition(depth - 1)))"
      default: return "exists(\(real(depth - 1)))"
      }
    }
  }

  static let numbers: [Double] = [-1, -0.0, 0, 0.5, 1, 2, 50, .nan, .infinity, -.infinity, 1e300]

  @Test(arguments: 0..<10)
  func scalarsAgreeWithColumns(part: Int) throws {
    var refused = 0
    for seed in (part * 100)..<(part * 100 + 100) {
      var generator = Generator(randomness: SeededRandomness(seed: UInt64(seed)))
      let text =
        switch seed % 3 {
        case 0: generator.real(5)
        case 1: generator.condition(5)
        default: generator.integer(4)
        }
      let rows = (0..<20).map { _ in
        (0..<3).map { _ in Self.numbers.randomElement(using: &generator.randomness) ?? 0 }
      }
      let reader = MemoryReader(
        entries: rows.count,
        [
          "x": Column(rows.map { $0[0] }), "y": Column(rows.map { $0[1] }),
          "z": Column(rows.map { $0[2] }),
        ])
      let columns = ["x", "y", "z"].map { ColumnDeclaration(name: $0, type: .real) }
      let expected = try ExpressionValue.values(of: text, columns: columns, over: reader)
      let expression: ScalarExpression
      do {
        expression = try ScalarExpression(text, names: ["x", "y", "z"])
      } catch {
        // A divisor that can be 0 is the one thing that is refused beforehand.
        #expect(error.problems.map(\.message) == ["the right side of '%' can be 0"], "\(text)")
        refused += 1
        continue
      }
      for (row, expected) in zip(rows, expected) {
        let value = expression.value(row)
        switch expected {
        case .boolean(let truth):
          #expect(expression.kind == .condition && value == (truth ? 1 : 0), "\(text) at \(row)")
        case .integer(let integer): #expect(value == Double(integer), "\(text) at \(row)")
        case .real(let real):
          #expect(value == real || value.isNaN && real.isNaN, "\(text) at \(row): \(value)")
        case .missing: Issue.record("\(text) is missing at \(row)")
        }
      }
    }
    #expect(refused < 50)
  }
}
