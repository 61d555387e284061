// SPDX-License-Identifier: Apache-2.0

/// Reads the fields of one mapping and reports those that are missing, mistyped or unknown.
///
/// Every getter marks its key as known, and returns nil after reporting (or silently, when the
/// field is absent and not required). Call `finish()` once, after the last getter.
public final class FieldReader {
  /// The mapping that is read.
  public let node: SpecificationNode
  /// Where problems go.
  public let diagnostics: Diagnostics
  private let fields: [String: SpecificationNode]
  private var known: [String] = []

  /// A reader of a mapping; anything else is reported here, and then every field is absent.
  public init(_ node: SpecificationNode, _ diagnostics: Diagnostics) {
    self.node = node
    self.diagnostics = diagnostics
    if let pairs = node.fields {
      fields = Dictionary(pairs.map { ($0.key, $0.value) }) { first, _ in first }
    } else {
      diagnostics.error("must be a mapping, not \(node.nature)", at: node)
      fields = [:]
    }
  }

  /// The field's node, whatever it is.
  public func node(_ key: String, required: Bool = false) -> SpecificationNode? {
    if !known.contains(key) { known.append(key) }
    if let value = fields[key] { return value }
    if required, node.fields != nil {
      diagnostics.error("'\(key)' is missing", at: node)
    }
    return nil
  }

  /// Text, quoted or not.
  public func string(_ key: String, required: Bool = false) -> String? {
    node(key, required: required)?.string(diagnostics)
  }

  /// A finite decimal number.
  public func double(
    _ key: String, required: Bool = false, in range: ClosedRange<Double>? = nil
  ) -> Double? {
    node(key, required: required)?.double(diagnostics, in: range)
  }

  /// A whole number.
  public func int(_ key: String, required: Bool = false, in range: ClosedRange<Int>? = nil) -> Int?
  {
    node(key, required: required)?.int(diagnostics, in: range)
  }

  /// `true` or `false`.
  public func bool(_ key: String, required: Bool = false) -> Bool? {
    node(key, required: required)?.bool(diagnostics)
  }

  /// A list of texts; nil when any of them is something else.
  public func strings(_ key: String, required: Bool = false) -> [String]? {
    values(key, required: required) { $0.string(diagnostics) }
  }

  /// A list of numbers; nil when any of them is something else.
  public func doubles(_ key: String, required: Bool = false) -> [Double]? {
    values(key, required: required) { $0.double(diagnostics) }
  }

  /// Text that must be one of a closed list.
  public func choice<C: RawRepresentable & CaseIterable>(
    _ key: String, of type: C.Type, required: Bool = false
  ) -> C? where C.RawValue == String {
    node(key, required: required)?.choice(of: type, diagnostics)
  }

  /// The elements of a list.
  public func elements(_ key: String, required: Bool = false) -> [SpecificationNode]? {
    guard let list = node(key, required: required) else { return nil }
    if let elements = list.elements { return elements }
    diagnostics.error("must be a list, not \(list.nature)", at: list)
    return nil
  }

  /// The fields of a mapping whose keys are free.
  public func fields(_ key: String, required: Bool = false) -> [(
    key: String, value: SpecificationNode
  )]? {
    guard let mapping = node(key, required: required) else { return nil }
    if let fields = mapping.fields { return fields }
    diagnostics.error("must be a mapping, not \(mapping.nature)", at: mapping)
    return nil
  }

  /// Reports the keys that nobody asked for.
  public func finish() {
    for (key, value) in node.fields ?? [] where !known.contains(key) {
      let hint = Suggestion.hint(for: key, among: known)
      diagnostics.error("unknown key '\(key)'\(hint)", atKeyOf: value)
    }
  }

  private func values<Value>(
    _ key: String, required: Bool, _ read: (SpecificationNode) -> Value?
  ) -> [Value]? {
    guard let elements = elements(key, required: required) else { return nil }
    let values = elements.map(read)
    let present = values.compactMap(\.self)
    return present.count == values.count ? present : nil
  }
}
