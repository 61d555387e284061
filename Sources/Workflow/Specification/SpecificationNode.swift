// SPDX-License-Identifier: Apache-2.0

/// A node of a YAML file. Scalars are text until a field says what they are, so that `no`, `010`
/// and `12:30:45` mean what the schema says and never what YAML 1.1 guesses.
public struct SpecificationNode: Sendable {
  /// What a node holds.
  public enum Content: Sendable {
    /// Text; `isQuoted` tells "5" from 5.
    case scalar(String, isQuoted: Bool)
    /// Nodes in order.
    case sequence([SpecificationNode])
    /// Fields in the order of the file, no key twice.
    case mapping([(key: String, value: SpecificationNode)])
  }

  /// What the node holds.
  public let content: Content
  /// Where in the structure, as in `steps[2].inputs.signal`; empty for the root.
  public let path: String
  /// Where the value begins.
  public let location: SourceLocation
  /// Where the key that leads to the value begins; the value's place when there is no key.
  public let keyLocation: SourceLocation

  /// A node from its parts.
  public init(
    content: Content, path: String, location: SourceLocation, keyLocation: SourceLocation? = nil
  ) {
    self.content = content
    self.path = path
    self.location = location
    self.keyLocation = keyLocation ?? location
  }

  /// The node's fields; nil unless it is a mapping.
  public var fields: [(key: String, value: SpecificationNode)]? {
    if case .mapping(let fields) = content { fields } else { nil }
  }

  /// The node's elements; nil unless it is a sequence.
  public var elements: [SpecificationNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// What the node is, for messages: `text 'abc'`, `a list`, `a mapping`, `nothing`.
  package var nature: String {
    switch content {
    case .scalar("", isQuoted: false): "nothing"
    case .scalar(let text, _): "'\(text.count > 60 ? text.prefix(60) + "…" : text[...])'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
