// SPDX-License-Identifier: Apache-2.0

extension SelectionCompiler {
  /// The list an object of the specification defines.
  func lower(_ object: SelectionSpecification.Object) -> CollectionReference? {
    let path = "objects.\(object.name)"
    guard let source = source(of: object, path: path) else { return nil }
    guard let element = computed(object, source, path: path) else { return nil }
    let named = CollectionReference(space: source.space, element: element)
    var result: CollectionReference? = named
    var space = source.space
    // Conditions may use fields that expressions outside don't see.
    if let filter = object.filter {
      let scope = Scope.event.inside(named)
      if let mask = lowerScalar(filter, path: path + ".where", scope: scope, .condition) {
        let lifted = graph.lift(mask, to: space)
        space = graph.intern(Space(origin: .filtered(space, mask: lifted), parent: .event))
      } else {
        result = nil
      }
    }
    if let sort = object.sort {
      let sorted = CollectionReference(space: space, element: named.element)
      let scope = Scope.event.inside(sorted)
      if let key = lowerScalar(sort, path: path + ".sort", scope: scope, .number) {
        let spread = graph.spread(key, over: space)
        space = graph.intern(Space(origin: .sorted(space, key: spread), parent: .event))
      } else {
        result = nil
      }
    }
    guard let element = restricted(named.element, to: object.fields, path: path) else { return nil }
    return result.map { _ in CollectionReference(space: space, element: element) }
  }

  /// What the elements have with the fields that the object computes.
  private func computed(
    _ object: SelectionSpecification.Object, _ source: CollectionReference, path: String
  ) -> ElementShape? {
    let element = relabelled(source.element, as: object.name)
    guard let replacements = object.computed, !replacements.isEmpty else { return element }
    return overlaid(
      element, with: replacements, over: source.space, path: path + ".computed", mayAdd: true)
  }

  /// A record some of whose fields are expressions of the element, which see what it has.
  func overlaid(
    _ element: ElementShape, with replacements: [SelectionSpecification.Shift.Replacement],
    over space: SpaceID, path: String, mayAdd: Bool
  ) -> ElementShape? {
    guard case .record(let collection, var fields, let label, var computed) = element else {
      report("pairs have no fields of their own to compute", path: path)
      return nil
    }
    let scope = Scope.event.inside(CollectionReference(space: space, element: element))
    var seen: Set<String> = []
    var isComplete = true
    for replacement in replacements {
      let name = replacement.name
      let path = "\(path).\(name)"
      let complaint: String? =
        if !seen.insert(name).inserted {
          "'\(name)' is computed twice"
        } else if mayAdd {
          Definitions.complaint(aboutWord: name)
        } else if !fields.contains(name) {
          "\(element.label) has no field '\(name)'\(suggestion(for: name, among: fields))"
        } else {
          nil
        }
      if let complaint { report(complaint, path: path) }
      guard
        let node = lowerScalar(replacement.expression, path: path, scope: scope, .scalar),
        complaint == nil
      else {
        isComplete = false
        continue
      }
      if !fields.contains(name) { fields.append(name) }
      computed[name] = ComputedField(node: graph.spread(node, over: space), space: space)
    }
    return isComplete
      ? .record(collection: collection, fields: fields, label: label, computed: computed) : nil
  }

  private func source(
    of object: SelectionSpecification.Object, path: String
  ) -> CollectionReference? {
    let path = path + ".from"
    switch resolve(object.from) {
    case .found(.collection(let collection)): return collection
    case .found:
      report("'\(object.from)' is no collection, so it has no elements to choose from", path: path)
    case .faulty: break
    case .circular(let names):
      report("defined by itself: \(names.joined(separator: " → "))", path: path)
    case .unknown:
      let collections = definitions.byName.filter {
        switch $0.value {
        case .collection, .object: $0.key != object.name
        default: false
        }
      }
      let hint = suggestion(for: object.from, among: collections.keys)
      report("there is no collection '\(object.from)'\(hint)", path: path)
    }
    return nil
  }

  private func relabelled(_ element: ElementShape, as name: String) -> ElementShape {
    switch element {
    case .record(let collection, let fields, _, let computed):
      .record(collection: collection, fields: fields, label: name, computed: computed)
    case .pair: element
    }
  }

  private func restricted(
    _ element: ElementShape, to wanted: [String]?, path: String
  ) -> ElementShape? {
    guard let wanted else { return element }
    guard case .record(let collection, let fields, let label, let computed) = element else {
      report("pairs have the fields first and second: leave 'fields' out", path: path + ".fields")
      return nil
    }
    let unknown = wanted.enumerated().filter { !fields.contains($0.element) }
    for (position, name) in unknown {
      report(
        "'\(label)' has no field '\(name)'\(suggestion(for: name, among: fields))",
        path: "\(path).fields[\(position)]")
    }
    guard unknown.isEmpty else { return nil }
    return .record(collection: collection, fields: wanted, label: label, computed: computed)
  }
}
