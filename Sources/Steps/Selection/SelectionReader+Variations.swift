// SPDX-License-Identifier: Apache-2.0
import Events
import Workflow

extension SelectionReader {
  private enum VariationKind: String, CaseIterable {
    /// Other weights.
    case weight
    /// Other fields of a collection.
    case object
    /// Other columns of the event.
    case event
    /// Another rate.
    case norm
  }

  /// Reads a variation into the list of its kind.
  func readVariation(
    _ name: String, _ node: SpecificationNode, into selection: inout SelectionSpecification
  ) {
    nodes["variations.\(name)"] = node
    let reader = FieldReader(node, diagnostics)
    switch reader.choice("kind", of: VariationKind.self, required: true) {
    case nil: return
    case .weight:
      if let variation = weightVariation(name, reader) { selection.variations.append(variation) }
    case .object:
      if let shift = shift(name, reader, object: true) { selection.shifts.append(shift) }
    case .event:
      if let shift = shift(name, reader, object: false) { selection.shifts.append(shift) }
    case .norm:
      let up = reader.double("up", required: true)
      let down = reader.double("down", required: true)
      if let up, let down { selection.rates.append(.init(name: name, up: up, down: down)) }
    }
    reader.finish()
  }

  private func weightVariation(_ name: String, _ reader: FieldReader)
    -> SelectionSpecification.WeightVariation?
  {
    let path = "variations.\(name)"
    let up = reader.node("up", required: true).flatMap { expression($0, path + ".up") }
    let down = reader.node("down", required: true).flatMap { expression($0, path + ".down") }
    let norm = reader.choice(
      "norm", of: SelectionSpecification.Normalisation.self, required: true)
    guard let up, let down, let norm else { return nil }
    return .init(name: name, up: up, down: down, normalisation: norm)
  }

  private func shift(_ name: String, _ reader: FieldReader, object isOfObject: Bool)
    -> SelectionSpecification.Shift?
  {
    let path = "variations.\(name)"
    func side(_ key: String) -> [SelectionSpecification.Shift.Replacement]? {
      reader.fields(key, required: true)?.compactMap { field, node in
        expression(node, "\(path).\(key).\(field)").map { .init(name: field, expression: $0) }
      }
    }
    let (up, down) = (side("up"), side("down"))
    guard isOfObject else {
      guard let up, let down else { return nil }
      return .init(name: name, up: up, down: down)
    }
    let object = reader.node("object", required: true).flatMap { expression($0, path + ".object") }
    let missing = reader.node("met").flatMap { missingMomentum($0, path + ".met") }
    guard let object, let up, let down else { return nil }
    return .init(name: name, object: object, up: up, down: down, missingMomentum: missing)
  }

  private func missingMomentum(_ node: SpecificationNode, _ path: String)
    -> SelectionSpecification.Shift.MissingMomentum?
  {
    nodes[path] = node
    let reader = FieldReader(node, diagnostics)
    let pt = reader.node("pt", required: true).flatMap { expression($0, path + ".pt") }
    let phi = reader.node("phi", required: true).flatMap { expression($0, path + ".phi") }
    reader.finish()
    guard let pt, let phi else { return nil }
    return .init(pt: pt, phi: phi)
  }
}
