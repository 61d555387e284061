// SPDX-License-Identifier: Apache-2.0

extension ExpressionLowering {
  func negation(_ operand: Expression) -> NodeID? {
    number(operand).map { apply(.negate, $0, type: type(of: $0)) }
  }

  func binary(_ binary: BinaryOperator, _ left: Expression, _ right: Expression) -> NodeID? {
    switch binary {
    case .and: logic(.and, left, right)
    case .or: logic(.or, left, right)
    case .coalesce: coalesce(left, right)
    case .add: arithmetic(.add, left, right)
    case .subtract: arithmetic(.subtract, left, right)
    case .multiply: arithmetic(.multiply, left, right)
    case .divide: reals(.divide, left, right)
    case .power: reals(.function2(.power), left, right)
    case .remainder: remainder(left, right)
    }
  }

  // Both sides are lowered before either is looked at, so that both report their problems.

  private func logic(_ operation: Operation, _ left: Expression, _ right: Expression) -> NodeID? {
    let (first, second) = (condition(left), condition(right))
    guard let first, let second else { return nil }
    return apply(operation, first, second, type: .boolean)
  }

  private func arithmetic(
    _ operation: Operation, _ left: Expression, _ right: Expression
  ) -> NodeID? {
    let (first, second) = (number(left), number(right))
    guard let first, let second else { return nil }
    let (a, b, type) = unified(first, second)
    return apply(operation, a, b, type: type)
  }

  func reals(_ operation: Operation, _ left: Expression, _ right: Expression) -> NodeID? {
    let (first, second) = (real(left), real(right))
    guard let first, let second else { return nil }
    return apply(operation, first, second, type: .real)
  }

  private func remainder(_ left: Expression, _ right: Expression) -> NodeID? {
    let (first, second) = (scalar(left, .integer), scalar(right, .integer))
    guard let first, let second else { return nil }
    return compiler.graph.apply(.remainder, first, second, type: .integer, isOptional: true)
  }

  private func coalesce(_ left: Expression, _ right: Expression) -> NodeID? {
    guard let (a, b, type) = alternatives(left, right, "the two sides of '??'") else { return nil }
    return compiler.graph.apply(
      .coalesce, a, b, type: type, isOptional: compiler.graph[b].isOptional)
  }

  func conditional(
    _ test: Expression, _ value: Expression, _ otherwise: Expression
  ) -> NodeID? {
    let test = condition(test)
    guard let (a, b, type) = alternatives(value, otherwise, "the two values of '? :'"), let test
    else { return nil }
    return compiler.graph.apply(.select, test, a, b, type: type)
  }

  /// Two scalars of one type.
  private func alternatives(
    _ left: Expression, _ right: Expression, _ what: String
  ) -> (NodeID, NodeID, ColumnType)? {
    let (first, second) = (scalar(left), scalar(right))
    guard let first, let second else { return nil }
    if (type(of: first) == .boolean) != (type(of: second) == .boolean) {
      return fail(
        "\(what) must both be numbers or both truth values; they are "
          + "\(type(of: first).inWords) and \(type(of: second).inWords)", at: right)
    }
    return unified(first, second)
  }

  func comparison(_ first: Expression, _ links: [Expression.ComparisonLink]) -> NodeID? {
    let operands = ([first] + links.map(\.operand)).map { ($0, scalar($0)) }
    var result: NodeID?
    var isComplete = true
    for (position, link) in links.enumerated() {
      let (left, right) = (operands[position].1, operands[position + 1].1)
      guard let left, let right,
        let compared = compare(link.comparison, left, right, at: link.operand)
      else {
        isComplete = false
        continue
      }
      result = result.map { apply(.and, $0, compared, type: .boolean) } ?? compared
    }
    watch(operands.compactMap(\.1))
    return isComplete ? result : nil
  }

  private func compare(
    _ comparison: ComparisonOperator, _ left: NodeID, _ right: NodeID, at place: Expression
  ) -> NodeID? {
    let isTruth = type(of: left) == .boolean
    guard isTruth == (type(of: right) == .boolean) else {
      return fail(
        "\(type(of: left).inWords) can't be compared with \(type(of: right).inWords)", at: place)
    }
    if isTruth, comparison != .equal, comparison != .notEqual {
      return fail(
        "truth values have no order: '\(comparison.rawValue)' compares numbers", at: place)
    }
    let (a, b, _) = unified(left, right)
    return apply(.compare(comparison), a, b, type: .boolean)
  }

  /// Remembers what is compared, so that numbers that aren't finite can be counted.
  private func watch(_ operands: [NodeID]) {
    guard scope.space == .event, compiler.shift == nil else { return }
    let reals = operands.filter { compiler.graph[$0].space != nil && type(of: $0) == .real }
    compiler.compared[path, default: []] += reals
  }
}
