// SPDX-License-Identifier: Apache-2.0

/// Checks one expression against what its names mean and turns it into nodes.
///
/// Every function returns nil after reporting a problem; nil from a part is passed on silently.
struct ExpressionLowering {
  let compiler: SelectionCompiler
  /// Where the expression is, for problems.
  let path: String
  let scope: Scope

  /// What an expression must be where it stands.
  enum Wanted: String {
    case condition = "a truth value"
    case number = "a number"
    case integer = "an integer"
    case scalar = "a number or a truth value"
  }

  /// All of some values, or nil if one is missing.
  func all<Value>(_ values: [Value?]) -> [Value]? {
    let present = values.compactMap { $0 }
    return present.count == values.count ? present : nil
  }

  func fail<Value>(_ message: String, at expression: Expression) -> Value? {
    compiler.report(message, path: path, offset: expression.offset)
    return nil
  }

  func lower(_ expression: Expression) -> Lowered? {
    guard compiler.nesting < SelectionCompiler.largestNesting else {
      return fail(
        "definitions use each other too deeply here: define what is used before its use",
        at: expression)
    }
    compiler.nesting += 1
    defer { compiler.nesting -= 1 }
    switch expression.form {
    case .boolean(let value): return .scalar(constant(.boolean(value), .boolean))
    case .integer(let value): return .scalar(constant(.integer(value), .integer))
    case .real(let value): return .scalar(constant(.real(value), .real))
    case .name(let name): return named(name, at: expression)
    case .member(let object, let field): return member(field, of: object, at: expression)
    case .element(let collection, let index): return element(index, of: collection)
    case .slice(let collection, let lower, let upper): return slice(collection, lower, upper)
    case .call(let name, let arguments): return call(name, arguments, at: expression)
    case .negation(let operand): return negation(operand).map(Lowered.scalar)
    case .complement(let operand):
      return condition(operand).map { .scalar(apply(.not, $0, type: .boolean)) }
    case .binary(let binary, let left, let right):
      return self.binary(binary, left, right).map(Lowered.scalar)
    case .comparison(let first, let links): return comparison(first, links).map(Lowered.scalar)
    case .conditional(let condition, let value, let otherwise):
      return conditional(condition, value, otherwise).map(Lowered.scalar)
    }
  }

  // MARK: Scalars

  func scalar(_ expression: Expression, _ wanted: Wanted = .scalar) -> NodeID? {
    lower(expression).flatMap { scalar($0, wanted, at: expression) }
  }

  /// What an expression became, if it is what is wanted.
  func scalar(_ lowered: Lowered, _ wanted: Wanted, at expression: Expression) -> NodeID? {
    guard case .scalar(let node) = lowered else {
      return fail("\(wanted.rawValue) is needed here\(remedy(for: lowered))", at: expression)
    }
    let type = type(of: node)
    let fits =
      switch wanted {
      case .scalar: true
      case .condition: type == .boolean
      case .number: type != .boolean
      case .integer: type == .integer
      }
    if fits { return node }
    let hint = type == .boolean ? "; write (… ? 1 : 0) to count it as a number" : ""
    return fail(
      "\(wanted.rawValue) is needed here, this is \(type.inWords)\(hint)", at: expression)
  }

  func condition(_ expression: Expression) -> NodeID? { scalar(expression, .condition) }
  func number(_ expression: Expression) -> NodeID? { scalar(expression, .number) }
  func real(_ expression: Expression) -> NodeID? { number(expression).map(widened) }

  func constant(_ operation: Operation, _ type: ColumnType) -> NodeID {
    compiler.graph.intern(
      Node(operation: operation, operands: [], space: nil, type: type, isOptional: false))
  }

  func type(of node: NodeID) -> ColumnType { compiler.graph[node].type }

  func widened(_ node: NodeID) -> NodeID {
    type(of: node) == .real ? node : apply(.widen, node, type: .real)
  }

  func apply(_ operation: Operation, _ operand: NodeID, type: ColumnType) -> NodeID {
    compiler.graph.apply(operation, operand, type: type)
  }

  func apply(
    _ operation: Operation, _ left: NodeID, _ right: NodeID, type: ColumnType
  ) -> NodeID {
    compiler.graph.apply(operation, left, right, type: type)
  }

  /// Two numbers, both integers or both reals.
  func unified(_ left: NodeID, _ right: NodeID) -> (NodeID, NodeID, ColumnType) {
    type(of: left) == type(of: right)
      ? (left, right, type(of: left)) : (widened(left), widened(right), .real)
  }

  /// What something that is no scalar is, and how to get a scalar from it.
  func remedy(for lowered: Lowered) -> String {
    switch lowered {
    case .scalar: ""
    case .object(let object):
      ", this is an element of \(object.element.label): take one of its fields "
        + "(\(object.element.fields.joined(separator: ", ")))"
    case .collection(let collection):
      ", \(collection.element.label) is a collection: take an element [0] or use a function "
        + "such as sum, size or any"
    }
  }
}

extension ColumnType {
  /// The type as a sentence names it.
  var inWords: String {
    switch self {
    case .boolean: "a truth value"
    case .integer: "an integer"
    case .real: "a real number"
    }
  }
}
