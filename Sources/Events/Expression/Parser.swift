// SPDX-License-Identifier: Apache-2.0

/// Recursive descent over the grammar, one function per level, loosest first:
///
///     expr    = or [ "?" expr ":" expr ]
///     or      = and { "or" and }                 "||" is the same
///     and     = not { "and" not }                "&&"
///     not     = "not" not | cmp                  "!"
///     cmp     = co { ("==" | "!=" | "<=" | ">=" | "<" | ">") co }
///     co      = add { "??" add }
///     add     = mul { ("+" | "-") mul }
///     mul     = sign { ("*" | "/" | "%") sign }
///     sign    = ("-" | "+") sign | pow
///     pow     = post [ "**" sign ]
///     post    = prim { "." name | "[" expr "]" | "[" [expr] ":" [expr] "]" }
///     prim    = number | "true" | "false" | name [ "(" [ expr { "," expr } ] ")" ] | "(" expr ")"
struct Parser {
  private let tokens: [Token]
  private var position = 0
  private var nesting = 0

  /// Deepest nesting that is read, in levels of operators, brackets and calls.
  static let largestDepth = 100

  init(_ text: String) throws(ExpressionError) { tokens = try Lexer.tokens(of: text) }

  mutating func parse() throws(ExpressionError) -> Expression {
    if current.kind == .end {
      throw ExpressionError(offset: 0, message: "the expression is empty")
    }
    let expression = try expression()
    guard current.kind == .end else { throw unexpected("an operator or the end") }
    return expression
  }

  // MARK: Tokens

  private var current: Token { tokens[position] }

  private mutating func advance() -> Token {
    defer { if position + 1 < tokens.count { position += 1 } }
    return tokens[position]
  }

  /// Takes the next token if it is one of these symbols.
  private mutating func take(_ symbols: String...) -> (symbol: String, offset: Int)? {
    guard case .symbol(let symbol) = current.kind, symbols.contains(symbol) else { return nil }
    return (symbol, advance().offset)
  }

  private mutating func expect(_ symbol: String, _ reason: String) throws(ExpressionError) {
    if take(symbol) == nil { throw unexpected("'\(symbol)' \(reason)") }
  }

  private func unexpected(_ expected: String) -> ExpressionError {
    ExpressionError(
      offset: current.offset, message: "expected \(expected), found \(current.spelling)")
  }

  // MARK: Depth

  /// An expression, refused if it is too deep for what walks it later.
  private func node(_ form: Expression.Form, _ offset: Int) throws(ExpressionError) -> Expression {
    let expression = Expression(form, offset: offset)
    guard expression.depth <= Self.largestDepth else { throw tooDeep(at: offset) }
    return expression
  }

  private func tooDeep(at offset: Int) -> ExpressionError {
    ExpressionError(
      offset: offset,
      message: "the expression is nested more than \(Self.largestDepth) deep: "
        + "split it into variables")
  }

  private mutating func nested(
    _ level: (inout Parser) throws(ExpressionError) -> Expression
  ) throws(ExpressionError) -> Expression {
    guard nesting < Self.largestDepth else { throw tooDeep(at: current.offset) }
    nesting += 1
    let expression = try level(&self)
    nesting -= 1
    return expression
  }

  // MARK: Grammar

  private mutating func expression() throws(ExpressionError) -> Expression {
    try nested { (parser) throws(ExpressionError) in
      let condition = try parser.disjunction()
      guard let question = parser.take("?") else { return condition }
      let value = try parser.expression()
      try parser.expect(":", "between the two values of '? :'")
      let otherwise = try parser.expression()
      return try parser.node(.conditional(condition, value, otherwise), question.offset)
    }
  }

  private mutating func disjunction() throws(ExpressionError) -> Expression {
    var left = try conjunction()
    while let (_, offset) = take("or") {
      left = try node(.binary(.or, left, try conjunction()), offset)
    }
    return left
  }

  private mutating func conjunction() throws(ExpressionError) -> Expression {
    var left = try complement()
    while let (_, offset) = take("and") {
      left = try node(.binary(.and, left, try complement()), offset)
    }
    return left
  }

  private mutating func complement() throws(ExpressionError) -> Expression {
    guard let (_, offset) = take("not") else { return try comparison() }
    let operand = try nested { (parser) throws(ExpressionError) in try parser.complement() }
    return try node(.complement(operand), offset)
  }

  private mutating func comparison() throws(ExpressionError) -> Expression {
    let first = try coalescence()
    var links: [Expression.ComparisonLink] = []
    var place = first.offset
    while let (symbol, offset) = take("==", "!=", "<=", ">=", "<", ">") {
      guard let comparison = ComparisonOperator(rawValue: symbol) else { break }
      if links.isEmpty { place = offset }
      links.append(Expression.ComparisonLink(comparison, try coalescence()))
    }
    return links.isEmpty ? first : try node(.comparison(first, links), place)
  }

  private mutating func coalescence() throws(ExpressionError) -> Expression {
    var left = try sum()
    while let (_, offset) = take("??") {
      left = try node(.binary(.coalesce, left, try sum()), offset)
    }
    return left
  }

  private mutating func sum() throws(ExpressionError) -> Expression {
    var left = try product()
    while let (symbol, offset) = take("+", "-") {
      let right = try product()
      left = try node(.binary(symbol == "+" ? .add : .subtract, left, right), offset)
    }
    return left
  }

  private mutating func product() throws(ExpressionError) -> Expression {
    var left = try sign()
    while let (symbol, offset) = take("*", "/", "%") {
      guard let binary = BinaryOperator(rawValue: symbol) else { break }
      left = try node(.binary(binary, left, try sign()), offset)
    }
    return left
  }

  private mutating func sign() throws(ExpressionError) -> Expression {
    guard let (symbol, offset) = take("-", "+") else { return try power() }
    let operand = try nested { (parser) throws(ExpressionError) in try parser.sign() }
    return symbol == "+" ? operand : try node(.negation(operand), offset)
  }

  private mutating func power() throws(ExpressionError) -> Expression {
    let base = try postfix()
    guard let (_, offset) = take("**") else { return base }
    let exponent = try nested { (parser) throws(ExpressionError) in try parser.sign() }
    return try node(.binary(.power, base, exponent), offset)
  }

  private mutating func postfix() throws(ExpressionError) -> Expression {
    var base = try primary()
    while let (symbol, offset) = take(".", "[") {
      if symbol == "[" {
        base = try subscripted(base, at: offset)
      } else if case .name(let field) = current.kind {
        base = try node(.member(base, field), advance().offset)
      } else {
        throw unexpected("the name of a field after '.'")
      }
    }
    return base
  }

  private mutating func subscripted(
    _ base: Expression, at offset: Int
  ) throws(ExpressionError) -> Expression {
    if take(":") != nil {
      let upper = current.kind == .symbol("]") ? nil : try expression()
      try expect("]", "after a slice")
      return try node(.slice(base, nil, upper), offset)
    }
    let lower = try expression()
    if take(":") != nil {
      let upper = current.kind == .symbol("]") ? nil : try expression()
      try expect("]", "after a slice")
      return try node(.slice(base, lower, upper), offset)
    }
    try expect("]", "after an index")
    return try node(.element(base, lower), offset)
  }

  private mutating func primary() throws(ExpressionError) -> Expression {
    switch current.kind {
    case .integer(let value): return Expression(.integer(value), offset: advance().offset)
    case .real(let value): return Expression(.real(value), offset: advance().offset)
    case .name("true"): return Expression(.boolean(true), offset: advance().offset)
    case .name("false"): return Expression(.boolean(false), offset: advance().offset)
    case .name(let name):
      let offset = advance().offset
      guard take("(") != nil else { return Expression(.name(name), offset: offset) }
      return try node(.call(name, try arguments(of: name)), offset)
    case .symbol("("):
      _ = advance()
      let inner = try expression()
      try expect(")", "to close the bracket")
      return inner
    default: throw unexpected("a number, a name or '('")
    }
  }

  private mutating func arguments(of name: String) throws(ExpressionError) -> [Expression] {
    if take(")") != nil { return [] }
    var arguments = [try expression()]
    while take(",") != nil { arguments.append(try expression()) }
    try expect(")", "or ',' in the arguments of \(name)")
    return arguments
  }
}

extension Expression {
  /// Parses a text of at most 10 000 characters, nested at most 100 deep.
  /// - Throws: the first mistake, with its place.
  package init(parsing text: String) throws(ExpressionError) {
    var parser = try Parser(text)
    self = try parser.parse()
  }
}
