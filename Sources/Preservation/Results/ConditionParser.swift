// SPDX-License-Identifier: Apache-2.0

/// Recursive descent over a condition's words, straight to SQL.
///
/// or → and (`or` and)*; and → not (`and` not)*; not → `not` not | comparison;
/// comparison → sum (`is` `not`? `null` | (operator sum)*); sum → product ((`+` | `-`) product)*;
/// product → unary ((`*` | `/`) unary)*; unary → `-` unary | number | text | name | ( or ).
struct ConditionParser {
  private let tokens: [ConditionToken]
  private let pointParameters: Set<String>
  private(set) var namesScan = false
  private var position = 0
  private var depth = 0

  init(_ text: String, pointParameters: Set<String>) throws {
    tokens = try ConditionToken.all(in: text)
    self.pointParameters = pointParameters
  }

  mutating func parse() throws -> ConditionExpression {
    let expression = try disjunction()
    guard current.kind == .end else {
      throw ConditionToken.invalid(
        "expected 'and', 'or' or the end, not \(told(current))", column: current.column)
    }
    try require(.truth, expression)
    return expression
  }

  private var current: ConditionToken { tokens[position] }

  private mutating func accept(_ kind: ConditionToken.Kind) -> Bool {
    guard current.kind == kind else { return false }
    position += 1
    return true
  }

  private mutating func disjunction() throws -> ConditionExpression {
    var left = try conjunction()
    while accept(.word("or")) { left = try logical(left, "OR", conjunction()) }
    return left
  }

  private mutating func conjunction() throws -> ConditionExpression {
    var left = try negation()
    while accept(.word("and")) { left = try logical(left, "AND", negation()) }
    return left
  }

  private mutating func negation() throws -> ConditionExpression {
    let column = current.column
    guard accept(.word("not")) else { return try comparison() }
    let operand = try nested { try $0.negation() }
    try require(.truth, operand)
    return ConditionExpression(
      sql: "(NOT \(operand.sql))", arguments: operand.arguments, type: .truth, column: column)
  }

  private mutating func comparison() throws -> ConditionExpression {
    let first = try sum()
    if accept(.word("is")) { return try absence(of: first) }
    var left = first
    var whole: ConditionExpression?
    while case .symbol(let symbol) = current.kind, let sql = Self.comparisons[symbol] {
      position += 1
      let right = try sum()
      try requireComparable(left, right)
      let pair = ConditionExpression(
        sql: "(\(left.sql) \(sql) \(right.sql))", arguments: left.arguments + right.arguments,
        type: .truth, column: left.column)
      // a < b < c is a < b and b < c.
      whole = try whole.map { try logical($0, "AND", pair) } ?? pair
      left = right
    }
    return whole ?? first
  }

  /// Behind `is`: missing values equal nothing, so that `=` can't ask for them.
  private mutating func absence(of operand: ConditionExpression) throws -> ConditionExpression {
    let isNegated = accept(.word("not"))
    guard accept(.word("null")) else {
      throw ConditionToken.invalid(
        "expected \(isNegated ? "'null'" : "'null' or 'not null'") after 'is', not "
          + told(current), column: current.column)
    }
    guard operand.type != .truth else {
      throw ConditionToken.invalid(
        "a condition is never null; ask for one of its parts", column: operand.column)
    }
    return ConditionExpression(
      sql: "(\(operand.sql) IS \(isNegated ? "NOT " : "")NULL)", arguments: operand.arguments,
      type: .truth, column: operand.column)
  }

  private mutating func sum() throws -> ConditionExpression {
    var left = try product()
    while case .symbol(let symbol) = current.kind, symbol == "+" || symbol == "-" {
      position += 1
      left = try arithmetic(left, symbol, product())
    }
    return left
  }

  private mutating func product() throws -> ConditionExpression {
    var left = try unary()
    while case .symbol(let symbol) = current.kind, symbol == "*" || symbol == "/" {
      position += 1
      left = try arithmetic(left, symbol, unary())
    }
    return left
  }

  private mutating func unary() throws -> ConditionExpression {
    let token = current
    position += token.kind == .end ? 0 : 1
    switch token.kind {
    case .number(let number):
      return leaf("?", [.number(number)], .number, token)
    case .text(let text):
      return leaf("?", [.text(text)], .text, token)
    case .word(let word) where !["and", "or", "not"].contains(word):
      return try name(word, token)
    case .symbol("-"):
      let operand = try nested { try $0.unary() }
      try require(.number, operand)
      return leaf("(- \(operand.sql))", operand.arguments, .number, token)
    case .symbol("("):
      let inner = try nested { try $0.disjunction() }
      guard accept(.symbol(")")) else {
        throw ConditionToken.invalid(
          "expected ')', not \(told(current))", column: current.column)
      }
      return inner
    default:
      throw ConditionToken.invalid(
        "expected a name, a number or a text, not \(told(token))", column: token.column)
    }
  }

  private mutating func name(_ word: String, _ token: ConditionToken) throws
    -> ConditionExpression
  {
    let prefix = "point."
    let parameter = word.hasPrefix(prefix) ? String(word.dropFirst(prefix.count)) : word
    if parameter == word, let column = Condition.columns[word] {
      namesScan = namesScan || word == "scan"
      return leaf(column.sql, [], column.type, token)
    }
    guard pointParameters.contains(parameter) else {
      guard word != "null" else {
        throw ConditionToken.invalid(
          "nothing equals null: write 'is null' or 'is not null'", column: token.column)
      }
      let known = pointParameters.sorted() + Condition.columns.keys.sorted()
      throw ConditionToken.invalid(
        "'\(word)' is neither a parameter of a signal nor a column (known: "
          + known.joined(separator: ", ") + ")", column: token.column)
    }
    return leaf("json_extract(signal.point, ?)", [.text("$.\"\(parameter)\"")], .number, token)
  }

  private mutating func nested(
    _ body: (inout ConditionParser) throws -> ConditionExpression
  ) throws -> ConditionExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 64 else {
      throw ConditionToken.invalid("nested more than 64 deep", column: current.column)
    }
    return try body(&self)
  }
}

extension ConditionParser {
  private static let comparisons = [
    "<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "=", "=": "=", "!=": "<>",
  ]

  private func leaf(
    _ sql: String, _ arguments: [Condition.Argument], _ type: ConditionExpression.ValueType,
    _ token: ConditionToken
  ) -> ConditionExpression {
    ConditionExpression(sql: sql, arguments: arguments, type: type, column: token.column)
  }

  private func logical(
    _ left: ConditionExpression, _ sql: String, _ right: ConditionExpression
  ) throws -> ConditionExpression {
    try require(.truth, left)
    try require(.truth, right)
    return ConditionExpression(
      sql: "(\(left.sql) \(sql) \(right.sql))", arguments: left.arguments + right.arguments,
      type: .truth, column: left.column)
  }

  private func arithmetic(
    _ left: ConditionExpression, _ symbol: String, _ right: ConditionExpression
  ) throws -> ConditionExpression {
    try require(.number, left)
    try require(.number, right)
    // SQLite divides integers without remainder: 3 entries / 2 would be 1.
    let dividend = symbol == "/" ? "(1.0 * \(left.sql))" : left.sql
    return ConditionExpression(
      sql: "(\(dividend) \(symbol) \(right.sql))", arguments: left.arguments + right.arguments,
      type: .number, column: left.column)
  }

  private func require(
    _ type: ConditionExpression.ValueType, _ expression: ConditionExpression
  ) throws {
    guard expression.type == type else {
      throw ConditionToken.invalid(
        "expected \(type.rawValue), not \(expression.type.rawValue)", column: expression.column)
    }
  }

  private func requireComparable(
    _ left: ConditionExpression, _ right: ConditionExpression
  ) throws {
    guard left.type == right.type, left.type != .truth else {
      throw ConditionToken.invalid(
        "\(left.type.rawValue) can't be compared with \(right.type.rawValue)", column: left.column)
    }
  }

  private func told(_ token: ConditionToken) -> String {
    switch token.kind {
    case .number(let number): "\(number)"
    case .text(let text): "'\(text)'"
    case .word(let word): "'\(word)'"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the end"
    }
  }
}
