// SPDX-License-Identifier: Apache-2.0

/// Changes to a JSON document (RFC 6902): add, remove, replace, move, copy, test.
///
/// A patch is applied whole or not at all.
public struct JSONPatch: Sendable {
  /// One change and where it stands in the patch's text.
  struct Operation: Sendable {
    enum Action: Sendable {
      case add(JSONNode)
      case remove
      case replace(JSONNode)
      case move(from: JSONPointer)
      case copy(from: JSONPointer)
      case test(JSONNode)
    }

    let action: Action
    let pointer: JSONPointer
    /// The pointer as written.
    let path: String
    let place: JSONPlace
  }

  let operations: [Operation]
  let text: JSONText
  /// The operations as written.
  let root: JSONNode

  /// Parses a patch: an array of operations.
  ///
  /// - Throws: all problems at once, with line and column.
  public init(json bytes: [UInt8], source: String = "patch") throws(InvalidWorkspace) {
    let document = try WorkspaceDocument(json: bytes, source: source)
    let collector = ProblemCollector(document)
    operations = Self.operations(of: document.root, collector)
    text = document.texts[0]
    root = document.root
    try collector.finish()
  }

  init(operations: [Operation], text: JSONText, root: JSONNode) {
    self.operations = operations
    self.text = text
    self.root = root
  }

  /// The patch as JSON, keys sorted.
  public func jsonData() -> [UInt8] { JSONWriter.write(root) }

  /// The operations of an array; what is wrong is told to the collector.
  static func operations(of node: JSONNode, _ collector: ProblemCollector) -> [Operation] {
    guard let elements = node.elements else {
      collector.report(
        "a patch must be an array of operations, but this is \(node.kindName)", at: node.place)
      return []
    }
    return elements.enumerated().compactMap { index, element in
      collector.within(.index(index)) { operation(element, collector) }
    }
  }

  private static func operation(_ node: JSONNode, _ collector: ProblemCollector) -> Operation? {
    // RFC 6902 §4: members an operation doesn't know are ignored.
    guard node.members != nil else {
      collector.report(
        "an operation must be an object, but this is \(node.kindName)", at: node.place)
      return nil
    }
    for key in ["op", "path"] where node[key] == nil {
      collector.report("an operation lacks the key '\(key)'", at: node.place)
    }
    guard let name = collector.text("op", of: node),
      let pointer = pointer("path", of: node, collector),
      let action = action(name, of: node, collector)
    else { return nil }
    return Operation(
      action: action, pointer: pointer, path: node["path"]?.string ?? "", place: node.place)
  }

  private static func action(_ name: String, of node: JSONNode, _ collector: ProblemCollector)
    -> Operation.Action?
  {
    switch name {
    case "add": return value(of: node, name, collector).map { .add($0) }
    case "replace": return value(of: node, name, collector).map { .replace($0) }
    case "test": return value(of: node, name, collector).map { .test($0) }
    case "remove": return .remove
    case "move", "copy":
      guard node["from"] != nil else {
        collector.report("a '\(name)' needs the key 'from'", at: node.place)
        return nil
      }
      return pointer("from", of: node, collector).map {
        name == "move" ? .move(from: $0) : .copy(from: $0)
      }
    default:
      collector.report(
        "there is no operation '\(name)'; the known ones are add, remove, replace, move, copy, test",
        at: node["op"]?.place ?? node.place)
      return nil
    }
  }

  private static func value(of node: JSONNode, _ name: String, _ collector: ProblemCollector)
    -> JSONNode?
  {
    if node["value"] == nil {
      collector.report("a '\(name)' needs the key 'value'", at: node.place)
    }
    return node["value"]
  }

  private static func pointer(_ key: String, of node: JSONNode, _ collector: ProblemCollector)
    -> JSONPointer?
  {
    guard let text = collector.text(key, of: node) else { return nil }
    if let pointer = JSONPointer(text) { return pointer }
    collector.report(
      "'\(text)' is not a JSON pointer: it starts with '/', and '~' is written '~0'",
      at: node[key]?.place ?? node.place)
    return nil
  }
}
