// SPDX-License-Identifier: Apache-2.0

extension ExpressionLowering {
  func collection(_ expression: Expression, for use: String) -> CollectionReference? {
    switch lower(expression) {
    case nil: nil
    case .collection(let collection): collection
    case .object, .scalar: fail("\(use) needs a collection here", at: expression)
    }
  }

  /// `collection[index]`
  func element(_ index: Expression, of collection: Expression) -> Lowered? {
    let number = scalar(index, .integer)
    guard let collection = self.collection(collection, for: "an index"), let number
    else { return nil }
    return element(number, of: collection)
  }

  private func element(_ number: NodeID, of collection: CollectionReference) -> Lowered {
    let parent = compiler.graph[collection.space].parent
    let position = compiler.graph.intern(
      Node(
        operation: .position(in: collection.space),
        operands: [compiler.graph.lift(number, to: deeper(parent, than: number))],
        space: deeper(parent, than: number), type: .integer, isOptional: true))
    return .object(
      ObjectReference(space: collection.space, element: collection.element, position: position))
  }

  private func deeper(_ space: SpaceID?, than node: NodeID) -> SpaceID? {
    let graph = compiler.graph
    return graph.depth(graph[node].space) > graph.depth(space) ? graph[node].space : space
  }

  /// `collection[lower:upper]`
  func slice(_ collection: Expression, _ lower: Expression?, _ upper: Expression?) -> Lowered? {
    let bounds = [lower, upper].map { bound in bound.map { scalar($0, .integer) } }
    guard var source = self.collection(collection, for: "a slice") else { return nil }
    var nodes: [NodeID?] = []
    for (bound, expression) in zip(bounds, [lower, upper]) {
      guard let bound, let expression else {
        nodes.append(nil)
        continue
      }
      guard let node = bound else { return nil }
      if compiler.graph[node].isOptional {
        return fail("a bound of a slice must not be missing: write (… ?? 0)", at: expression)
      }
      nodes.append(node)
      if let space = deeper(compiler.graph[source.space].parent, than: node) {
        source = seen(source, from: space)
      }
    }
    let parent = compiler.graph[source.space].parent
    let lifted = nodes.map { $0.map { compiler.graph.lift($0, to: parent) } }
    let space = compiler.graph.intern(
      Space(
        origin: .sliced(source.space, lower: lifted[0], upper: lifted[1]), parent: parent))
    return .collection(CollectionReference(space: space, element: source.element))
  }

  /// The collection as a list per element of a space that lies at or below its parent.
  func seen(
    _ collection: CollectionReference, from space: SpaceID
  ) -> CollectionReference {
    if compiler.graph[collection.space].parent == space { return collection }
    let lifted = compiler.graph.intern(Space(origin: .lifted(collection.space), parent: space))
    return CollectionReference(space: lifted, element: collection.element)
  }

  // MARK: Functions

  /// Deepest nesting of collection functions: each level multiplies the work.
  private static let largestDepth = 3

  /// A function of a collection and, for most, of an expression of its element.
  func overCollection(
    _ name: String, _ collection: CollectionReference, _ rest: [Expression],
    at place: Expression
  ) -> Lowered? {
    switch (name, rest.count) {
    case ("size", 0), ("count", 0): return .scalar(size(of: collection))
    case ("pairs", 0): return pairs(of: collection, at: place)
    case ("first", 0): return element(constant(.integer(0), .integer), of: collection)
    case ("size", _), ("pairs", _): return fail("\(name) takes a collection alone", at: place)
    case ("exactly", 2), ("atLeast", 2):
      return tagging(name, collection, rest[0], rest[1], at: place)
    case ("exactly", _), ("atLeast", _):
      return fail("\(name) takes a collection, a probability and a number", at: place)
    case (_, 1):
      guard compiler.graph.depth(scope.space) < Self.largestDepth else {
        return fail(
          "collection functions are nested more than \(Self.largestDepth) deep here", at: place)
      }
      return reduction(name, over: collection, of: rest[0])
    default: return fail("\(name) takes a collection and an expression", at: place)
    }
  }

  private func pairs(of collection: CollectionReference, at place: Expression) -> Lowered? {
    if case .pair = collection.element { return fail("pairs can't be paired again", at: place) }
    let space = compiler.graph.intern(
      Space(origin: .pairs(collection.space), parent: compiler.graph[collection.space].parent))
    return .collection(CollectionReference(space: space, element: .pair(of: collection)))
  }

  private func size(of collection: CollectionReference) -> NodeID {
    compiler.graph.intern(
      Node(
        operation: .size(of: collection.space), operands: [],
        space: compiler.graph[collection.space].parent, type: .integer, isOptional: false))
  }

  private func reduction(
    _ name: String, over collection: CollectionReference, of expression: Expression
  ) -> Lowered? {
    let collection = seen(collection, from: scope.space)
    let inner = ExpressionLowering(
      compiler: compiler, path: path, scope: scope.inside(collection))
    let space = collection.space
    switch name {
    case "any", "all", "none", "count", "first":
      guard let condition = inner.condition(expression) else { return nil }
      switch name {
      case "any": return .scalar(reduce(.any, condition, over: space, type: .boolean))
      case "all": return .scalar(reduce(.all, condition, over: space, type: .boolean))
      case "none":
        let any = reduce(.any, condition, over: space, type: .boolean)
        return .scalar(apply(.not, any, type: .boolean))
      case "count": return .scalar(reduce(.count, condition, over: space, type: .integer))
      default:
        let position = reduce(.firstTrue, condition, over: space, type: .integer)
        return .object(
          ObjectReference(space: space, element: collection.element, position: position))
      }
    default:
      guard let number = inner.number(expression) else { return nil }
      let type = type(of: number)
      switch name {
      case "sum": return .scalar(reduce(.sum, number, over: space, type: type))
      case "product":
        return .scalar(reduce(.product, widened(number), over: space, type: .real))
      case "min": return .scalar(reduce(.minimum, number, over: space, type: type))
      case "max": return .scalar(reduce(.maximum, number, over: space, type: type))
      case "argmin":
        return .scalar(reduce(.argumentOfMinimum, number, over: space, type: .integer))
      default: return .scalar(reduce(.argumentOfMaximum, number, over: space, type: .integer))
      }
    }
  }

  func reduce(
    _ reduction: Reduction, _ operand: NodeID, over space: SpaceID, type: ColumnType
  ) -> NodeID {
    let spread = compiler.graph.spread(operand, over: space)
    let isOptional =
      switch reduction {
      case .any, .all, .count, .sum, .product, .exactly, .atLeast: compiler.graph[spread].isOptional
      case .minimum, .maximum, .argumentOfMinimum, .argumentOfMaximum, .firstTrue: true
      }
    return compiler.graph.intern(
      Node(
        operation: .reduce(reduction, over: space), operands: [spread],
        space: compiler.graph[space].parent, type: type, isOptional: isOptional))
  }
}
