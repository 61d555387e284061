// SPDX-License-Identifier: Apache-2.0

extension ExpressionLowering {
  /// Every function of the language.
  static let functionNames: Set<String> = Set(RealFunction.allCases.map(\.rawValue)).union([
    "abs", "atan2", "min", "max", "clamp", "deltaPhi", "deltaEta", "deltaR", "mT", "mass",
    "size", "count", "any", "all", "none", "sum", "argmin", "argmax", "first", "pairs", "exists",
    "product", "exactly", "atLeast", "table", "uniform", "gauss",
  ])

  func call(_ name: String, _ arguments: [Expression], at place: Expression) -> Lowered? {
    if let function = RealFunction(rawValue: name) {
      return expect(1, arguments, of: name, at: place)
        .flatMap { real($0[0]) }
        .map { .scalar(apply(.function(function), $0, type: .real)) }
    }
    switch name {
    case "abs":
      return expect(1, arguments, of: name, at: place)
        .flatMap { number($0[0]) }
        .map { .scalar(apply(.absolute, $0, type: type(of: $0))) }
    case "atan2":
      return expect(2, arguments, of: name, at: place)
        .flatMap { reals(.function2(.atan2), $0[0], $0[1]) }.map(Lowered.scalar)
    case "clamp":
      return expect(3, arguments, of: name, at: place)
        .flatMap(clamp)
    case "min", "max": return minimumOrMaximum(name, arguments, at: place)
    case "deltaPhi", "deltaEta", "deltaR", "mT", "mass":
      return kinematic(name, arguments, at: place).map(Lowered.scalar)
    case "size", "count", "any", "all", "none", "sum", "argmin", "argmax", "first", "pairs",
      "product", "exactly", "atLeast":
      guard let first = arguments.first else {
        return fail("\(name) takes a collection", at: place)
      }
      return collection(first, for: name)
        .flatMap { overCollection(name, $0, Array(arguments.dropFirst()), at: place) }
    case "table": return lookup(arguments, at: place)
    case "uniform", "gauss": return random(name, arguments, at: place)
    case "exists":
      return expect(1, arguments, of: name, at: place).flatMap { exists($0[0]) }
    default: return unknown(name, at: place)
    }
  }

  private func unknown(_ name: String, at place: Expression) -> Lowered? {
    switch name {
    case "default": fail("a default for a missing value is written x ?? value", at: place)
    case "pow": fail("a power is written a ** b", at: place)
    case "ln": fail("the natural logarithm is log, the one to base 10 log10", at: place)
    default:
      fail(
        "there is no function '\(name)'\(suggestion(for: name, among: Self.functionNames))",
        at: place)
    }
  }

  /// The arguments if there are as many as needed.
  func expect(
    _ count: Int, _ arguments: [Expression], of name: String, at place: Expression
  ) -> [Expression]? {
    if arguments.count == count { return arguments }
    let needed = count == 1 ? "1 argument" : "\(count) arguments"
    return fail("\(name) takes \(needed), here are \(arguments.count)", at: place)
  }

  /// Of numbers, or of an expression over a collection.
  private func minimumOrMaximum(
    _ name: String, _ arguments: [Expression], at place: Expression
  ) -> Lowered? {
    guard let first = arguments.first else {
      return fail("\(name) takes numbers, or a collection and an expression", at: place)
    }
    guard let lowered = lower(first) else { return nil }
    if case .collection(let collection) = lowered {
      return overCollection(name, collection, Array(arguments.dropFirst()), at: place)
    }
    guard arguments.count >= 2 else {
      return fail("\(name) of numbers takes at least 2 arguments", at: place)
    }
    let head = scalar(lowered, .number, at: first)
    guard let numbers = all([head] + arguments.dropFirst().map(number)) else { return nil }
    let operation = name == "min" ? Operation.minimum : .maximum
    let operands = alike(numbers)
    return .scalar(
      operands.dropFirst().reduce(operands[0]) {
        apply(operation, $0, $1, type: type(of: $0))
      })
  }

  /// `clamp(x, lower, upper)` is `min(max(x, lower), upper)`.
  private func clamp(_ arguments: [Expression]) -> Lowered? {
    guard let numbers = all(arguments.map(number)) else { return nil }
    let operands = alike(numbers)
    let type = type(of: operands[0])
    let raised = apply(.maximum, operands[0], operands[1], type: type)
    return .scalar(apply(.minimum, raised, operands[2], type: type))
  }

  /// All integers, or all reals.
  private func alike(_ numbers: [NodeID]) -> [NodeID] {
    numbers.contains { type(of: $0) == .real } ? numbers.map(widened) : numbers
  }

  private func exists(_ expression: Expression) -> Lowered? {
    let node: NodeID?
    switch lower(expression) {
    case nil: return nil
    case .collection(let collection):
      return fail(
        "\(collection.element.label) is a collection and always exists: write size(…) > 0",
        at: expression)
    case .scalar(let value): node = value
    case .object(let object): node = object.position
    }
    guard let node, compiler.graph[node].isOptional else {
      return .scalar(constant(.boolean(true), .boolean))
    }
    return .scalar(compiler.graph.apply(.exists, node, type: .boolean, isOptional: false))
  }
}
