// SPDX-License-Identifier: Apache-2.0

extension SignalDeclaration {
  /// Reads `signal:` of an analysis; what is wrong is reported and left out.
  init(_ node: SpecificationNode?, _ diagnostics: Diagnostics) {
    guard let node else {
      self.init()
      return
    }
    let reader = FieldReader(node, diagnostics)
    let events = reader.node(SignalPart.events.rawValue).map { Self.columns($0, diagnostics) }
    let yields = reader.fields(SignalPart.yields.rawValue).map { Self.bins($0, diagnostics) }
    // A part whose presence is misspelt is declared: nothing more is to be said where it is used.
    let patch = reader.node(SignalPart.patch.rawValue)
      .map { $0.choice(of: Presence.self, diagnostics) ?? .required }
    let crossSection = reader.node(SignalPart.crossSection.rawValue)
      .map { $0.choice(of: Presence.self, diagnostics) ?? .required }
    reader.finish()
    self.init(events: events, yields: yields, patch: patch, crossSection: crossSection)
  }

  private static func bins(
    _ fields: [(key: String, value: SpecificationNode)], _ diagnostics: Diagnostics
  ) -> [String: Int] {
    var bins: [String: Int] = [:]
    for (region, node) in fields {
      bins[region] = node.int(diagnostics, in: 1...100_000) ?? 1
    }
    return bins
  }

  private static func columns(_ node: SpecificationNode, _ diagnostics: Diagnostics)
    -> [EventColumn]
  {
    let reader = FieldReader(node, diagnostics)
    let columns = (reader.fields("columns", required: true) ?? []).flatMap {
      Self.columns(named: $0.key, $0.value, diagnostics)
    }
    reader.finish()
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.name).inserted {
      diagnostics.error("the column '\(column.name)' is declared twice", at: node)
    }
    return columns.sorted { $0.name < $1.name }
  }

  /// A flat column, or the fields of a collection.
  private static func columns(
    named name: String, _ node: SpecificationNode, _ diagnostics: Diagnostics
  ) -> [EventColumn] {
    guard SpecificationName.identifier.check(key: name, of: node, diagnostics) else { return [] }
    guard let fields = node.fields else {
      return column(name, of: nil, node, diagnostics).map { [$0] } ?? []
    }
    if fields.isEmpty { diagnostics.error("a collection has at least one field", at: node) }
    return fields.compactMap { field, node in
      guard SpecificationName.identifier.check(key: field, of: node, diagnostics) else {
        return nil
      }
      return column("\(name)_\(field)", of: name, node, diagnostics)
    }
  }

  private static func column(
    _ name: String, of collection: String?, _ node: SpecificationNode, _ diagnostics: Diagnostics
  ) -> EventColumn? {
    guard let text = node.string(diagnostics) else { return nil }
    let isOptional = text.hasSuffix("?")
    let spelling = isOptional ? String(text.dropLast()) : text
    guard let type = EventColumn.Scalar(rawValue: spelling) else {
      let names = EventColumn.Scalar.allCases.map(\.rawValue)
      let near = Suggestion.nearest(to: spelling, among: names).map { " (did you mean '\($0)'?)" }
      diagnostics.error(
        "'\(text)' is not a column type: \(names.joined(separator: ", ")), "
          + "each with '?' if a file may lack it\(near ?? "")", at: node)
      return nil
    }
    return EventColumn(name: name, collection: collection, type: type, isOptional: isOptional)
  }
}
