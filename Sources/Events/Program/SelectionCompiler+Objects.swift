// SPDX-License-Identifier: Apache-2.0

extension SelectionCompiler {
  /// The list an object of the specification defines.
  func lower(_ object: SelectionSpecification.Object) -> CollectionReference? {
    let path = "objects.\(object.name)"
    guard let source = source(of: object, path: path) else { return nil }
    let named = CollectionReference(
      space: source.space, element: relabelled(source.element, as: object.name))
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
    case .record(let collection, let fields, _):
      .record(collection: collection, fields: fields, label: name)
    case .pair: element
    }
  }

  private func restricted(
    _ element: ElementShape, to wanted: [String]?, path: String
  ) -> ElementShape? {
    guard let wanted else { return element }
    guard case .record(let collection, let fields, let label) = element else {
      report("pairs have the fields first and second: leave 'fields' out", path: path + ".fields")
      return nil
    }
    let unknown = wanted.enumerated().filter { !fields.contains($0.element) }
    for (position, name) in unknown {
      report(
        "'\(label)' has no field '\(name)'\(suggestion(for: name, among: fields))",
        path: "\(path).fields[\(position)]")
    }
    return unknown.isEmpty ? .record(collection: collection, fields: wanted, label: label) : nil
  }
}
