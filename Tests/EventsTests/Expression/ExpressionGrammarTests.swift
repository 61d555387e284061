// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

struct ExpressionGrammarTests {
  /// Text, and the same with every bracket that the grammar implies.
  static let precedence: [(String, String)] = [
    ("a or b and c", "a or (b and c)"),
    ("a and b or c and d", "(a and b) or (c and d)"),
    ("not a and b", "(not a) and b"),
    ("not a < b", "not (a < b)"),
    ("a || b && !c", "a or (b and (not c))"),
    ("a < b + 1", "a < (b + 1)"),
    ("a ?? b < c", "(a ?? b) < c"),
    ("a ?? b + c", "a ?? (b + c)"),
    ("a ?? b ?? c", "(a ?? b) ?? c"),
    ("a - b - c", "(a - b) - c"),
    ("a - b * c", "a - (b * c)"),
    ("a / b * c % d", "((a / b) * c) % d"),
    ("-a ** b", "-(a ** b)"),
    ("a ** b ** c", "a ** (b ** c)"),
    ("a ** -b", "a ** (-b)"),
    ("-a * b", "(-a) * b"),
    ("a * -b", "a * (-b)"),
    ("+a + +b", "a + b"),
    ("a ? b : c ? d : e", "a ? b : (c ? d : e)"),
    ("a or b ? c : d", "(a or b) ? c : d"),
    ("a[0].pt ** 2", "((a[0]).pt) ** 2"),
    ("a[-1]", "a[(-1)]"),
    ("a[i + 1:j][0].x", "((a[(i + 1):j])[0]).x"),
    ("a[x ? 1 : 2:3]", "a[(x ? 1 : 2):3]"),
    ("f(a, b or c).x", "(f(a, (b or c))).x"),
    ("1.5e3 + .5 + 2.", "(1500.0 + 0.5) + 2.0"),
    ("true and not false", "true and (not false)"),
  ]

  @Test(arguments: precedence)
  func bracketsAreImplied(text: String, bracketed: String) throws {
    #expect(try Expression(parsing: text) == Expression(parsing: bracketed))
  }

  @Test func bracketsMatter() throws {
    #expect(try Expression(parsing: "(a - b) - c") != Expression(parsing: "a - (b - c)"))
    #expect(try Expression(parsing: "(a < b) < c") != Expression(parsing: "a < b < c"))
    #expect(try Expression(parsing: "(-a) ** b") != Expression(parsing: "-a ** b"))
  }

  @Test func chainsAreOneComparison() throws {
    let expression = try Expression(parsing: "2200 <= meff < 2800")
    guard case .comparison(_, let links) = expression.form else {
      Issue.record("no comparison: \(expression)")
      return
    }
    #expect(links.map(\.comparison) == [.lessOrEqual, .less])
  }

  /// Text, offset, words of the message.
  static let mistakes: [(String, Int, String)] = [
    ("", 0, "is empty"),
    ("  ", 0, "is empty"),
    ("a ^ 2", 2, "a ** b"),
    ("a = 2", 2, "=="),
    ("a & b", 2, "'and'"),
    ("a | b", 2, "'or'"),
    ("name == 'x'", 8, "no text values"),
    ("a $ b", 2, "'$' has no meaning"),
    ("a b", 2, "expected an operator or the end, found 'b'"),
    ("a +", 3, "found the end"),
    ("(a", 2, "expected ')'"),
    ("f(a,", 4, "found the end"),
    ("f(a b)", 4, "in the arguments of f"),
    ("a[", 2, "found the end"),
    ("a[1", 3, "expected ']'"),
    ("a[1:2:3]", 5, "expected ']' after a slice"),
    ("a.1", 1, "expected an operator or the end"),
    ("a.(b)", 2, "name of a field"),
    ("a ? b", 5, "between the two values"),
    ("12x", 0, "is no number"),
    ("1e", 0, "is no number"),
    ("9223372036854775808", 0, "too large for an integer"),
    ("1e999", 0, "is no number"),
    ("not", 3, "found the end"),
    (")", 0, "expected a number, a name or '('"),
    ("ä", 0, "'ä' has no meaning"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreFound(text: String, offset: Int, message: String) {
    let error = #expect(throws: ExpressionError.self) { try Expression(parsing: text) }
    #expect(error?.offset == offset)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  /// Nothing that is too long or too deep gets to what walks the tree.
  @Test(arguments: [
    String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000),
    String(repeating: "-", count: 5000) + "a", String(repeating: "not ", count: 2000) + "a",
    "a" + String(repeating: " ** a", count: 1500), "a" + String(repeating: " + a", count: 1500),
    "a" + String(repeating: ".x", count: 2000), "a" + String(repeating: "[0]", count: 2000),
    "a" + String(repeating: " ? a : a", count: 1000), String(repeating: "f(", count: 2000),
    String(repeating: "a[", count: 2000), String(repeating: "a ", count: 20_000),
  ])
  func depthAndLengthAreLimited(text: String) {
    let error = #expect(throws: ExpressionError.self) { try Expression(parsing: text) }
    let message = error?.message ?? ""
    #expect(message.contains("deep") || message.contains("characters"), "\(message)")
  }

  /// Every operator and form of the language, with parts of its own, at random.
  static func random(_ depth: Int, _ randomness: inout SeededRandomness) -> Expression {
    let names = ["a", "met", "Jet_pt", "it", "x1"]
    func part() -> Expression { random(depth - 1, &randomness) }
    func base() -> Expression {
      Expression(.name(names.randomElement(using: &randomness) ?? "a"))
    }
    guard depth > 0 else {
      return switch Int.random(in: 0..<4, using: &randomness) {
      case 0: Expression(.integer(Int64.random(in: 0...(.max), using: &randomness)))
      case 1: Expression(.real(Double.random(in: 0...1e-3, using: &randomness)))
      case 2: Expression(.boolean(Bool.random(using: &randomness)))
      default: base()
      }
    }
    switch Int.random(in: 0..<11, using: &randomness) {
    case 0: return Expression(.member(part(), "pt"))
    case 1: return Expression(.element(part(), part()))
    case 2:
      let bounds = (0..<2).map { _ in Bool.random(using: &randomness) ? part() : nil }
      return Expression(.slice(part(), bounds[0], bounds[1]))
    case 3:
      let count = Int.random(in: 0..<4, using: &randomness)
      return Expression(.call("f", (0..<count).map { _ in part() }))
    case 4: return Expression(.negation(part()))
    case 5: return Expression(.complement(part()))
    case 6, 7:
      let binary = BinaryOperator.allCases.randomElement(using: &randomness) ?? .add
      return Expression(.binary(binary, part(), part()))
    case 8:
      let links = (0..<Int.random(in: 1..<4, using: &randomness)).map { _ in
        Expression.ComparisonLink(
          ComparisonOperator.allCases.randomElement(using: &randomness) ?? .less, part())
      }
      return Expression(.comparison(part(), links))
    case 9: return Expression(.conditional(part(), part(), part()))
    default: return base()
    }
  }

  @Test func printedExpressionsParseToThemselves() throws {
    var randomness = SeededRandomness(seed: 20_101_429)
    for _ in 0..<3000 {
      let depth = Int.random(in: 0..<6, using: &randomness)
      let expression = Self.random(depth, &randomness)
      let text = expression.description
      #expect(try Expression(parsing: text) == expression, "\(text)")
      #expect(try Expression(parsing: text).description == text)
    }
  }

  /// Any bytes are parsed or refused, and the place of the mistake lies in the text.
  @Test func anyTextIsParsedOrRefused() {
    var randomness = SeededRandomness(seed: 7)
    let pieces = [
      "a", "1", ".5", "e", "(", ")", "[", "]", ":", "?", "??", "**", "-", "not ", "and ", "<", "<=",
      "==", ",", ".", " ", "f(", "pi", "^", "é", "\u{0}", "\n",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1..<15, using: &randomness)).map { _ in
        pieces.randomElement(using: &randomness) ?? ""
      }.joined()
      do {
        let expression = try Expression(parsing: text)
        #expect(try Expression(parsing: expression.description) == expression, "\(text)")
      } catch {
        #expect((0...text.count).contains(error.offset), "\(text)")
      }
    }
  }
}
