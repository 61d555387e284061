// SPDX-License-Identifier: Apache-2.0

extension ExpressionLowering {
  func named(_ name: String, at expression: Expression) -> Lowered? {
    switch name {
    case "pi": return .scalar(constant(.real(.pi), .real))
    case "inf": return .scalar(constant(.real(.infinity), .real))
    case "nan": return .scalar(constant(.real(.nan), .real))
    case "it": return element(scope.element, "'it' is the element inside a", at: expression)
    case "it2": return element(scope.outer, "'it2' is the element outside a nested", at: expression)
    case "ev": return fail("'ev' is the event: write ev.NAME", at: expression)
    default: break
    }
    if let element = scope.element, element.element.fields.contains(name) {
      return field(name, of: element, at: expression)
    }
    return ofEvent(name, at: expression)
  }

  private func element(
    _ object: ObjectReference?, _ meaning: String, at expression: Expression
  ) -> Lowered? {
    object.map(Lowered.object)
      ?? fail("\(meaning) collection function, and here is none", at: expression)
  }

  /// A column, a collection, an object or a variable.
  private func ofEvent(_ name: String, at expression: Expression) -> Lowered? {
    switch compiler.resolve(name) {
    case .found(let lowered): return lowered
    case .faulty: return nil
    case .circular(let names):
      return fail("defined by itself: \(names.joined(separator: " → "))", at: expression)
    case .unknown: return fail("there is no '\(name)'\(hint(for: name))", at: expression)
    }
  }

  private func hint(for name: String) -> String {
    if scope.outer?.element.fields.contains(name) == true {
      return " in the inner element or the event; of the outer element it is it2.\(name)"
    }
    if ExpressionLowering.functionNames.contains(name) {
      return "; the function is written \(name)(…)"
    }
    for case .collection(let columns) in compiler.definitions.byName.values {
      if let column = columns.first(where: { $0.name == name }),
        let collection = column.collection, let field = column.field
      {
        return "; field '\(field)' of collection '\(collection)' is written \(collection)[0]."
          + "\(field) for one element, sum(\(collection), \(field)) over all"
      }
    }
    let names = Array(compiler.definitions.byName.keys) + (scope.element?.element.fields ?? [])
    return suggestion(for: name, among: names)
  }

  func member(
    _ field: String, of object: Expression, at expression: Expression
  ) -> Lowered? {
    if object.form == .name("ev") { return ofEvent(field, at: expression) }
    switch lower(object) {
    case nil: return nil
    case .object(let reference): return self.field(field, of: reference, at: expression)
    case .collection(let collection):
      return fail(
        "\(collection.element.label) is a collection: write [0].\(field) for one element, "
          + "sum(…, \(field)) over all", at: expression)
    case .scalar:
      return fail("a number or truth value has no field '\(field)'", at: expression)
    }
  }

  func field(
    _ name: String, of object: ObjectReference, at expression: Expression
  ) -> Lowered? {
    guard object.element.fields.contains(name) else {
      return fail(
        "\(object.element.label) has no field '\(name)'"
          + suggestion(for: name, among: object.element.fields), at: expression)
    }
    switch object.element {
    case .record(let collection, _, _, let computed):
      return compiler.field(name, of: collection, computed[name], in: object.space)
        .map { .scalar(value($0, of: object)) }
    case .pair(let members):
      let which: PairMember = name == PairMember.first.rawValue ? .first : .second
      let member = compiler.graph.intern(
        Node(
          operation: .member(which), operands: [], space: object.space, type: .integer,
          isOptional: false))
      return .object(
        ObjectReference(
          space: members.space, element: members.element, position: value(member, of: object)))
    }
  }

  /// A value that each element of a space has, of one element.
  private func value(_ node: NodeID, of object: ObjectReference) -> NodeID {
    guard let position = object.position else { return node }
    let graph = compiler.graph
    return compiler.graph.intern(
      Node(
        operation: .take(from: object.space), operands: [node, position],
        space: graph[position].space, type: graph[node].type,
        isOptional: graph[node].isOptional || graph[position].isOptional))
  }
}
