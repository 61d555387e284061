// SPDX-License-Identifier: Apache-2.0

/// Tables, random numbers, and the probabilities of tags.
extension ExpressionLowering {
  /// `table(name, x)` and `table(name, x, y)`
  func lookup(_ arguments: [Expression], at place: Expression) -> Lowered? {
    guard let first = arguments.first, case .name(let name) = first.form else {
      return fail("table takes the name of a table and the numbers to look up", at: place)
    }
    guard let table = compiler.definitions.tables[name] else {
      let hint = suggestion(for: name, among: compiler.definitions.tables.keys)
      return fail("there is no table '\(name)'\(hint)", at: first)
    }
    guard arguments.count == table.dimensions + 1 else {
      return fail(
        "table '\(name)' is looked up with \(table.dimensions) numbers, here are "
          + "\(arguments.count - 1)", at: place)
    }
    guard let numbers = all(arguments.dropFirst().map(real)) else { return nil }
    let isOptional =
      table.outside == .missing || numbers.contains { compiler.graph[$0].isOptional }
    if numbers.count == 1 {
      return .scalar(
        compiler.graph.apply(.table(name), numbers[0], type: .real, isOptional: isOptional))
    }
    return .scalar(
      compiler.graph.apply(
        .table(name), numbers[0], numbers[1], type: .real, isOptional: isOptional))
  }

  /// `gauss(stream)` and `uniform(stream)`: of the element, or of the event outside of collections.
  func random(_ name: String, _ arguments: [Expression], at place: Expression) -> Lowered? {
    guard let kind = RandomNumber(rawValue: name), arguments.count == 1,
      case .integer(let stream) = arguments[0].form, stream <= Int64(UInt32.max)
    else {
      return fail(
        "\(name) takes a whole number that tells this use from others, as in \(name)(1)", at: place)
    }
    guard let element = scope.element else {
      return .scalar(
        compiler.graph.intern(
          Node(
            operation: .random(kind, stream: stream, of: nil), operands: [], space: .event,
            type: .real, isOptional: false)))
    }
    guard case .record(let collection, _, _, _) = element.element else {
      return fail("pairs have no random numbers of their own", at: place)
    }
    return .scalar(
      compiler.random(.random(kind, stream: stream, of: collection), in: element.space))
  }

  /// `exactly(collection, probability, n)` and `atLeast(collection, probability, n)`
  func tagging(
    _ name: String, _ collection: CollectionReference, _ probability: Expression,
    _ count: Expression, at place: Expression
  ) -> Lowered? {
    guard case .integer(let count) = count.form, count <= Self.largestTagCount else {
      return fail(
        "the last argument of \(name) is a whole number, at most \(Self.largestTagCount)",
        at: place)
    }
    let collection = seen(collection, from: scope.space)
    let inner = ExpressionLowering(
      compiler: compiler, path: path, scope: scope.inside(collection))
    guard let number = inner.real(probability) else { return nil }
    let reduction =
      name == "exactly" ? Reduction.exactly(Int(count)) : Reduction.atLeast(Int(count))
    return .scalar(reduce(reduction, number, over: collection.space, type: .real))
  }

  private static let largestTagCount: Int64 = 16
}

extension SelectionCompiler {
  /// Random numbers of a collection's elements, for those of a space that is made from it.
  func random(_ operation: Operation, in space: SpaceID) -> NodeID {
    guard let source = graph[space].origin.source else {
      return graph.intern(
        Node(operation: operation, operands: [], space: space, type: .real, isOptional: false))
    }
    return graph.intern(
      Node(
        operation: .gather, operands: [random(operation, in: source)], space: space, type: .real,
        isOptional: false))
  }
}
