// SPDX-License-Identifier: Apache-2.0

extension JSONPatch {
  /// Why an operation can't be done, without its place.
  private struct Failure: Error { let message: String }

  /// The JSON after all operations, in Python's canonical spelling.
  ///
  /// - Throws: what makes the text no JSON, or the first operation that can't be done.
  public func applied(toJSON bytes: [UInt8], source: String = "document")
    throws(InvalidWorkspace) -> [UInt8]
  {
    var document = try WorkspaceDocument(json: bytes, source: source)
    try document.apply(self)
    return JSONWriter.write(document.root)
  }

  /// The document after all operations; nodes of the patch are marked with the source given.
  func applied(to root: JSONNode, source: UInt16) throws(InvalidWorkspace) -> JSONNode {
    var root = root
    var budget = Self.copyLimit
    for (index, operation) in operations.enumerated() {
      do throws(Failure) {
        try Self.apply(operation, to: &root, source: source, budget: &budget)
      } catch {
        let position = text.lineAndColumn(at: Int(operation.place.offset))
        throw InvalidWorkspace(
          source: text.source,
          problems: [
            .init(
              source: text.source, path: "[\(index)]", line: position.line, column: position.column,
              message: error.message)
          ])
      }
    }
    return root
  }

  /// Values that all copies of a patch may make together: a few lines that copy the document into
  /// itself would otherwise fill any memory.
  static let copyLimit = 4_000_000

  private static func apply(
    _ operation: Operation, to root: inout JSONNode, source: UInt16, budget: inout Int
  ) throws(Failure) {
    let target = operation.pointer.tokens[...]
    switch operation.action {
    case .add(let value):
      try checkDepth(of: value, at: target)
      try edit(&root, target, operation.path, .insert(value.marked(source)))
    case .remove:
      try edit(&root, target, operation.path, .remove)
    case .replace(let value):
      try checkDepth(of: value, at: target)
      try edit(&root, target, operation.path, .replace(value.marked(source)))
    case .copy(let from):
      let value = try find(from, in: root)
      try checkDepth(of: value, at: target)
      budget -= value.count(upTo: budget + 1)
      guard budget >= 0 else {
        throw Failure(message: "the patch copies more than \(copyLimit) values")
      }
      try edit(&root, target, operation.path, .insert(value))
    case .move(let from):
      guard !(target.count > from.tokens.count && target.starts(with: from.tokens)) else {
        throw Failure(message: "a value can't be moved into itself ('\(operation.path)')")
      }
      let value = try find(from, in: root)
      if target.elementsEqual(from.tokens) { return }
      try checkDepth(of: value, at: target)
      try edit(&root, from.tokens[...], "/" + from.tokens.joined(separator: "/"), .remove)
      try edit(&root, target, operation.path, .insert(value))
    case .test(let expected):
      let value = try find(operation.pointer, in: root)
      guard value.isEqual(to: expected) else {
        throw Failure(
          message: "the test of '\(operation.path)' failed: the document has another value there, "
            + "so this patch was made for another one")
      }
    }
  }

  private static func checkDepth(of value: JSONNode, at target: ArraySlice<String>)
    throws(Failure)
  {
    guard target.count + value.depth <= JSONParser.depthLimit else {
      throw Failure(
        message: "the patched document would be nested more than \(JSONParser.depthLimit) levels "
          + "deep")
    }
  }

  private enum Edit {
    case insert(JSONNode)
    case replace(JSONNode)
    case remove
  }

  private static func nothing(at token: String, _ path: String) -> Failure {
    Failure(message: "there is no '\(token)' on the way of '\(path)' in the document")
  }

  private static func find(_ pointer: JSONPointer, in root: JSONNode) throws(Failure) -> JSONNode {
    var node = root
    for token in pointer.tokens {
      let child: JSONNode?
      if let elements = node.elements {
        let position = JSONPointer.position(token, count: elements.count)
        child = position.flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      } else {
        child = node[token]
      }
      guard let child else {
        throw nothing(at: token, "/" + pointer.tokens.joined(separator: "/"))
      }
      node = child
    }
    return node
  }

  /// Changes the value the tokens lead to; values on the way are edited in place.
  private static func edit(
    _ node: inout JSONNode, _ tokens: ArraySlice<String>, _ path: String, _ change: Edit
  ) throws(Failure) {
    guard let token = tokens.first else {
      switch change {
      case .insert(let value), .replace(let value): node = value
      case .remove: throw Failure(message: "the whole document can't be removed")
      }
      return
    }
    if var members = node.members {
      // The array is taken out of the node while it changes, so that it is not copied.
      node.content = .null
      defer { node.content = .object(members) }
      try edit(&members, token, tokens.dropFirst(), path, change)
    } else if var elements = node.elements {
      node.content = .null
      defer { node.content = .array(elements) }
      try edit(&elements, token, tokens.dropFirst(), path, change)
    } else {
      throw nothing(at: token, path)
    }
  }

  private static func edit(
    _ members: inout [JSONMember], _ token: String, _ rest: ArraySlice<String>, _ path: String,
    _ change: Edit
  ) throws(Failure) {
    let index = members.firstIndex { $0.key == token }
    if let index, !rest.isEmpty {
      return try edit(&members[index].value, rest, path, change)
    }
    switch (change, index) {
    case (.insert(let value), let index?), (.replace(let value), let index?):
      members[index].value = value
    case (.insert(let value), nil) where rest.isEmpty:
      members.append(JSONMember(key: token, value: value))
    case (.remove, let index?): members.remove(at: index)
    default: throw nothing(at: token, path)
    }
  }

  private static func edit(
    _ elements: inout [JSONNode], _ token: String, _ rest: ArraySlice<String>, _ path: String,
    _ change: Edit
  ) throws(Failure) {
    guard let position = JSONPointer.position(token, count: elements.count) else {
      throw Failure(message: "'\(token)' is not a position in the array on the way of '\(path)'")
    }
    if elements.indices.contains(position) {
      if !rest.isEmpty { return try edit(&elements[position], rest, path, change) }
      switch change {
      case .insert(let value): elements.insert(value, at: position)
      case .replace(let value): elements[position] = value
      case .remove: elements.remove(at: position)
      }
    } else if case .insert(let value) = change, position == elements.count, rest.isEmpty {
      elements.append(value)
    } else {
      throw Failure(
        message: "the array on the way of '\(path)' has \(elements.count) elements, "
          + "so there is nothing at '\(token)'")
    }
  }
}

extension JSONNode {
  /// Levels of arrays and objects, 0 for a scalar.
  fileprivate var depth: Int {
    switch content {
    case .numbers: 1
    case .array(let nodes): 1 + (nodes.map(\.depth).max() ?? 0)
    case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
    default: 0
    }
  }

  /// Number of values in the node, itself included, counted no further than a limit.
  fileprivate func count(upTo limit: Int) -> Int {
    switch content {
    case .numbers(let numbers): return min(limit, 1 + numbers.values.count)
    case .array(let nodes): return Self.count(nodes, upTo: limit)
    case .object(let members): return Self.count(members.map(\.value), upTo: limit)
    default: return 1
    }
  }

  private static func count(_ nodes: [JSONNode], upTo limit: Int) -> Int {
    var count = 1
    for node in nodes where count < limit { count += node.count(upTo: limit - count) }
    return min(count, limit)
  }

  /// The node with its places, and those of all below, in another source.
  fileprivate func marked(_ source: UInt16) -> JSONNode {
    var node = self
    node.place.source = source
    switch content {
    case .array(let nodes): node.content = .array(nodes.map { $0.marked(source) })
    case .object(let members):
      node.content = .object(
        members.map { JSONMember(key: $0.key, value: $0.value.marked(source)) })
    default: break
    }
    return node
  }
}
