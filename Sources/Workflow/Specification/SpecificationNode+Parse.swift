// SPDX-License-Identifier: Apache-2.0
import Yams

extension SpecificationNode {
  /// What a file may cost before it is refused.
  enum Limit {
    static let byteCount = 4 << 20
    static let depth = 64
    static let nodeCount = 200_000
  }

  /// Reads YAML text: at most 4 MiB, 64 levels and 200 000 nodes; no anchors, aliases, tags,
  /// duplicate keys or second document.
  ///
  /// - Parameters:
  ///   - yaml: the text.
  ///   - file: the file's name in diagnostics.
  /// - Throws: all violations of the above at once, or the one that makes the text no YAML.
  public static func parse(_ yaml: String, file: String) throws(InvalidSpecification)
    -> SpecificationNode
  {
    let text = SpecificationText(yaml, file: file)
    try text.checkBytes()
    try text.checkAliases()
    let diagnostics = Diagnostics()
    let root: SpecificationNode?
    do {
      // No resolver: the text of a scalar is never guessed at. The encoding is given, because Yams'
      // default depends on an environment variable.
      let parser = try Parser(yaml: text.yaml, resolver: .basic, encoding: .utf8)
      var composer = NodeComposer(file: file, diagnostics: diagnostics)
      root = try parser.singleRoot().flatMap { composer.compose($0, path: "", depth: 0) }
      // Nodes refer to their anchors weakly; the parser is what keeps them alive.
      withExtendedLifetime(parser) {}
    } catch let error as YamlError {
      throw InvalidSpecification([text.diagnostic(for: error)])
    } catch {
      throw InvalidSpecification("this is not YAML: \(error)", at: text.start)
    }
    try diagnostics.throwIfInvalid()
    guard let root else { throw InvalidSpecification("the file is empty", at: text.start) }
    return root
  }
}

/// Turns the parser's nodes into ours, within the limits.
private struct NodeComposer {
  let file: String
  let diagnostics: Diagnostics
  var nodeCount = 0
  var isExhausted = false

  mutating func compose(
    _ node: Node, path: String, key: SourceLocation? = nil, depth: Int
  ) -> SpecificationNode? {
    let location = location(of: node)
    guard !isExhausted else { return nil }
    nodeCount += 1
    if nodeCount > SpecificationNode.Limit.nodeCount || depth > SpecificationNode.Limit.depth {
      isExhausted = true
      let limit =
        depth > SpecificationNode.Limit.depth
        ? "is nested deeper than \(SpecificationNode.Limit.depth) levels"
        : "has more than \(SpecificationNode.Limit.nodeCount) values"
      report("the file \(limit)", path, location)
      return nil
    }
    if let anchor = node.anchor {
      report("anchors and aliases ('&\(anchor)') are not read; write the value out", path, location)
      return nil
    }
    if let tag = explicitTag(of: node) {
      report("tags ('\(tag)') are not read; the field says what its value is", path, location)
      return nil
    }
    guard let content = content(of: node, path: path, depth: depth) else { return nil }
    return SpecificationNode(content: content, path: path, location: location, keyLocation: key)
  }

  private mutating func content(of node: Node, path: String, depth: Int)
    -> SpecificationNode.Content?
  {
    switch node {
    case .scalar(let scalar):
      return .scalar(scalar.string, isQuoted: scalar.style != .plain)
    case .sequence(let sequence):
      var elements: [SpecificationNode] = []
      for (index, element) in sequence.enumerated() {
        let element = compose(element, path: "\(path)[\(index)]", depth: depth + 1)
        element.map { elements.append($0) }
      }
      return .sequence(elements)
    case .mapping(let mapping):
      var fields: [(key: String, value: SpecificationNode)] = []
      for (key, value) in mapping {
        guard let name = self.key(key, of: path) else { continue }
        let path = path.isEmpty ? name : "\(path).\(name)"
        let field = compose(value, path: path, key: location(of: key), depth: depth + 1)
        field.map { fields.append((name, $0)) }
      }
      return .mapping(fields)
    case .alias:
      report("aliases are not read; write the value out", path, location(of: node))
      return nil
    }
  }

  /// The text of a mapping's key.
  private func key(_ key: Node, of path: String) -> String? {
    guard case .scalar(let scalar) = key, key.anchor == nil else {
      report("a key must be text without an anchor", path, location(of: key))
      return nil
    }
    return scalar.string
  }

  /// The tag somebody wrote. Text in quotes always has the tag of text, and keys have one since
  /// they were compared with each other.
  private func explicitTag(of node: Node) -> String? {
    let tag: String
    switch node {
    case .scalar(let scalar):
      tag = scalar.tag.description
      if scalar.style != .plain, tag == Tag.Name.str.rawValue { return nil }
    case .sequence(let sequence): tag = sequence.tag.description
    case .mapping(let mapping): tag = mapping.tag.description
    case .alias: return nil
    }
    return tag == Tag.Name.implicit.rawValue ? nil : tag
  }

  private func location(of node: Node) -> SourceLocation {
    SourceLocation(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  private func report(_ message: String, _ path: String, _ location: SourceLocation) {
    diagnostics.report(Diagnostic(path: path, location: location, message: message))
  }
}
