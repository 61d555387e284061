// SPDX-License-Identifier: Apache-2.0

extension Workspace.Modifier.Kind {
  /// The types of the schema.
  static let names = [
    "histosys", "lumi", "normfactor", "normsys", "shapefactor", "shapesys", "staterror",
  ]

  /// The type as the schema spells it.
  package var name: String {
    switch self {
    case .normfactor: "normfactor"
    case .shapefactor: "shapefactor"
    case .lumi: "lumi"
    case .normsys: "normsys"
    case .histosys: "histosys"
    case .shapesys: "shapesys"
    case .staterror: "staterror"
    }
  }
}

extension WorkspaceReader {
  /// The modifier in hand, with its parameter noted; nil after telling why not.
  mutating func modifier(_ node: JSONNode, on host: ParameterUses.Host) -> Workspace.Modifier? {
    let keys = ["name", "type", "data"]
    guard let node = collector.object(node, "a modifier", required: keys),
      let name = collector.text("name", of: node), let type = collector.text("type", of: node),
      let data = node["data"]
    else { return nil }
    let kind = collector.within(.key("data")) {
      checkedKind(type, data: data, name: name, on: host)
    }
    guard let kind else {
      if !Workspace.Modifier.Kind.names.contains(type) { reportUnknown(type, of: name, in: node) }
      return nil
    }
    if case .lumi = kind, name != "lumi" {
      collector.report(
        "a modifier of type 'lumi' must be called 'lumi', but this is '\(name)'", at: node.place)
    }
    if let conflict = parameters.add(name, kind, on: host, at: node.place, collector) {
      collector.report(conflict, at: node.place)
    }
    return Workspace.Modifier(name: name, kind: kind)
  }

  private func reportUnknown(_ type: String, of name: String, in node: JSONNode) {
    let known = Workspace.Modifier.Kind.names
    let hint = Spelling.nearest(to: type, in: known).map { "did you mean '\($0)'? " } ?? ""
    collector.within(.key("type")) {
      collector.report(
        "modifier '\(name)' has the unknown type '\(type)'; \(hint)"
          + "The known types are \(known.joined(separator: ", "))",
        at: node["type"]?.place ?? node.place)
    }
  }

  /// The kind with its data checked; nil after telling why not, or for a type that isn't known.
  private func checkedKind(
    _ type: String, data: JSONNode, name: String, on host: ParameterUses.Host
  )
    -> Workspace.Modifier.Kind?
  {
    switch type {
    case "normfactor": return isNull(data, type) ? .normfactor : nil
    case "shapefactor": return isNull(data, type) ? .shapefactor : nil
    case "lumi": return isNull(data, type) ? .lumi : nil
    case "normsys":
      guard let data = collector.object(data, "the data of a normsys", required: ["lo", "hi"]),
        let low = collector.number("lo", of: data), let high = collector.number("hi", of: data)
      else { return nil }
      for (key, factor) in [("lo", low), ("hi", high)] where factor < 0 {
        collector.within(.key(key)) {
          collector.report(
            "normsys '\(name)' has the negative factor \(factor), of which no power exists; "
              + "use a histosys, or 0", at: data[key]?.place ?? data.place)
        }
      }
      return .normsys(lo: low, hi: high)
    case "histosys":
      let keys = ["lo_data", "hi_data"]
      guard let data = collector.object(data, "the data of a histosys", required: keys) else {
        return nil
      }
      let low = template("lo_data", of: data, name, type, on: host)
      let high = template("hi_data", of: data, name, type, on: host)
      guard let low, let high else { return nil }
      return .histosys(lo: low, hi: high)
    case "shapesys":
      return uncertainties(data, name, type, on: host).map { .shapesys($0) }
    case "staterror":
      return uncertainties(data, name, type, on: host).map { .staterror($0) }
    default: return nil
    }
  }

  private func isNull(_ data: JSONNode, _ type: String) -> Bool {
    if case .null = data.content { return true }
    collector.report(
      "the data of a \(type) must be null, but this is \(data.kindName)", at: data.place)
    return false
  }

  private func template(
    _ key: String, of data: JSONNode, _ name: String, _ type: String, on host: ParameterUses.Host
  ) -> [Double]? {
    guard let node = data[key], let values = collector.numbers(key, of: data) else { return nil }
    collector.within(.key(key)) { checkBins(values, name, type, on: host, at: node.place) }
    return values
  }

  /// Absolute uncertainties: one for each bin, none negative.
  private func uncertainties(
    _ data: JSONNode, _ name: String, _ type: String, on host: ParameterUses.Host
  ) -> [Double]? {
    guard let values = collector.numbers(data) else { return nil }
    checkBins(values, name, type, on: host, at: data.place)
    for (index, value) in values.enumerated() where value < 0 {
      collector.report(
        "\(type) '\(name)' has the negative uncertainty \(value); "
          + "an absolute uncertainty is 0 or more", at: data.place, element: index)
    }
    return values
  }

  private func checkBins(
    _ values: [Double], _ name: String, _ type: String, on host: ParameterUses.Host,
    at place: JSONPlace
  ) {
    guard values.count != host.bins else { return }
    collector.report(
      "bins that do not match: \(type) '\(name)' has \(values.count), "
        + "but sample '\(host.sample)' of channel '\(host.channel)' has \(host.bins)", at: place)
  }
}
