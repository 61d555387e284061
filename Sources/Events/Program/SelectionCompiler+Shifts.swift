// SPDX-License-Identifier: Apache-2.0

extension SelectionCompiler {
  /// Names of all variations and of tables, and what names alone can be wrong in.
  func checkVariations(of specification: SelectionSpecification) {
    checkNames(
      specification.variations.map(\.name) + specification.shifts.map(\.name)
        + specification.rates.map(\.name), part: "variations", "variation")
    checkNames(specification.histograms.map(\.name), part: "histograms", "histogram")
    for rate in specification.rates where !(rate.up.isFinite && rate.down.isFinite) {
      report("a change of the rate must be a finite number", path: "variations.\(rate.name)")
    }
  }

  /// What one side of a shift replaces; nil after reporting. Compiled while nothing is replaced.
  func active(
    _ shift: SelectionSpecification.Shift,
    _ replacements: [SelectionSpecification.Shift.Replacement],
    side: String
  ) -> ActiveShift? {
    let path = "variations.\(shift.name)"
    var active = ActiveShift(label: "'\(shift.name)' \(side)")
    guard let object = shift.object else {
      if shift.missingMomentum != nil {
        report("there is no object for the missing momentum to recoil against", path: path)
      }
      for replacement in replacements {
        let place = "\(path).\(side).\(replacement.name)"
        guard let column = columnOfEvent(replacement.name, path: place) else { continue }
        active.columns[replacement.name] = self.replacement(
          lowerScalar(replacement.expression, path: place, .scalar), for: column, path: place)
      }
      return active
    }
    guard case .collection? = definitions.byName[object],
      case .found(.collection(let collection)) = resolve(object)
    else {
      let names = definitions.byName.filter {
        if case .collection = $0.value { true } else { false }
      }
      report(
        "'\(object)' is no collection of the events\(suggestion(for: object, among: names.keys)): "
          + "shift what the objects are made from", path: path + ".object")
      return nil
    }
    active.collection = object
    active.element = overlaid(
      collection.element, with: replacements, over: collection.space, path: "\(path).\(side)",
      mayAdd: false)
    if let missing = shift.missingMomentum, let element = active.element {
      let shifted = CollectionReference(space: collection.space, element: element)
      active.columns = recoil(missing, against: (collection, shifted), path: path + ".met")
    }
    return active.element == nil ? nil : active
  }

  private func columnOfEvent(_ name: String, path: String) -> ColumnDeclaration? {
    if case .column(let column)? = definitions.byName[name] { return column }
    let columns = definitions.byName.filter { if case .column = $0.value { true } else { false } }
    report(
      "'\(name)' is no column of the events\(suggestion(for: name, among: columns.keys))",
      path: path)
    return nil
  }

  private func replacement(
    _ node: NodeID?, for column: ColumnDeclaration, path: String
  ) -> NodeID? {
    guard let node else { return nil }
    if column.type == .real, graph[node].type != .boolean { return realOfEvent(node) }
    guard graph[node].type == column.type else {
      report(
        "'\(column.name)' is \(column.type.inWords), this is \(graph[node].type.inWords)",
        path: path)
      return nil
    }
    return graph.spread(node, over: .event)
  }

  // MARK: Missing momentum

  /// The missing transverse momentum less what the collection has gained, as magnitude and azimuth.
  /// Where nothing was gained both stay what they are, to the last bit.
  private func recoil(
    _ missing: SelectionSpecification.Shift.MissingMomentum,
    against collections: (nominal: CollectionReference, shifted: CollectionReference), path: String
  ) -> [String: NodeID] {
    guard columnOfEvent(missing.pt, path: path + ".pt") != nil,
      columnOfEvent(missing.phi, path: path + ".phi") != nil
    else { return [:] }
    let lowering = ExpressionLowering(compiler: self, path: path, scope: .event)
    func event(_ name: String) -> NodeID? {
      guard case .found(.scalar(let node)) = resolve(name), graph[node].type != .boolean
      else { return nil }
      return lowering.widened(node)
    }
    func component(_ function: RealFunction, _ pt: NodeID, _ phi: NodeID) -> NodeID {
      let projection = graph.apply(.function(function), phi, type: .real)
      return graph.apply(.multiply, pt, projection, type: .real)
    }
    func field(_ name: String, _ collection: CollectionReference) -> NodeID? {
      let inside = ExpressionLowering(
        compiler: self, path: path, scope: Scope.event.inside(collection))
      return inside.real(Expression(.name(name), offset: 0))
    }
    guard let pt = event(missing.pt), let phi = event(missing.phi),
      let before = field("pt", collections.nominal), let at = field("phi", collections.nominal),
      let after = field("pt", collections.shifted), let to = field("phi", collections.shifted)
    else {
      report("the missing momentum recoils against the fields pt and phi, numbers", path: path)
      return [:]
    }
    let gains = [RealFunction.cos, .sin].map { function -> NodeID in
      let gain = graph.apply(
        .subtract, component(function, after, to), component(function, before, at), type: .real)
      return lowering.reduce(.sum, gain, over: collections.nominal.space, type: .real)
    }
    let zero = lowering.constant(.real(0), .real)
    let isSame = gains.map { graph.apply(.compare(.equal), $0, zero, type: .boolean) }
    let isUntouched = graph.apply(.and, isSame[0], isSame[1], type: .boolean)
    let x = graph.apply(.subtract, component(.cos, pt, phi), gains[0], type: .real)
    let y = graph.apply(.subtract, component(.sin, pt, phi), gains[1], type: .real)
    let squares = graph.apply(
      .add, graph.apply(.multiply, x, x, type: .real), graph.apply(.multiply, y, y, type: .real),
      type: .real)
    let magnitude = graph.apply(.function(.sqrt), squares, type: .real)
    let azimuth = graph.apply(.function2(.atan2), y, x, type: .real)
    return [
      missing.pt: graph.apply(.select, isUntouched, pt, magnitude, type: .real),
      missing.phi: graph.apply(.select, isUntouched, phi, azimuth, type: .real),
    ]
  }
}
