// SPDX-License-Identifier: Apache-2.0

/// Reads the HistFactory part of an HS3 document; what it can't carry over is refused, unless it
/// changes no likelihood.
struct HS3Reader {
  let collector: ProblemCollector
  let root: JSONNode
  let shapesysValues: HS3ShapesysValues
  private(set) var omissions: [InvalidWorkspace.Problem] = []
  /// Parameters of HS3 by what the workspace calls their parameter: scalars.
  private var scalars: [String: String] = [:]
  /// Bin-wise ones, by channel.
  private var binwiseSlots: [String: [String: [String]]] = [:]
  /// The constraint of the luminosity: name of the distribution.
  private(set) var lumiConstraint: String?
  private var histosys: Set<ModelOptions.HistosysInterpolation> = []
  private var normsys: Set<ModelOptions.NormsysInterpolation> = []

  init(_ document: WorkspaceDocument, shapesysValues: HS3ShapesysValues?) {
    collector = ProblemCollector(document)
    root = document.root
    let noted = root["misc"]?["reprise"]?["shapesys_values"]?.string
    self.shapesysValues =
      shapesysValues ?? noted.flatMap(HS3ShapesysValues.init) ?? .relative
  }

  /// The element of a top-level list that has a name.
  func named(_ name: String, in list: String) -> JSONNode? {
    root[list]?.elements?.first { $0["name"]?.string == name }
  }

  mutating func omit(_ message: String, at node: JSONNode) {
    omissions.append(
      collector.document.problem(message, path: collector.currentPath, at: node.place))
  }

  // MARK: Channels

  mutating func channel(_ node: JSONNode) -> Workspace.Channel? {
    guard let name = collector.text("name", of: node) else { return nil }
    guard node["type"]?.string == "histfactory_dist" else {
      collector.report(
        "distribution '\(name)' is a '\(node["type"]?.string ?? "")', but a workspace has "
          + "'histfactory_dist' only", at: node.place)
      return nil
    }
    let channel = name.hasPrefix("model_") ? String(name.dropFirst(6)) : name
    var samples: [Workspace.Sample] = []
    for (index, element) in collector.list("samples", of: node).enumerated() {
      if let sample = sample(element, index, channel: channel) { samples.append(sample) }
    }
    return Workspace.Channel(name: channel, samples: samples)
  }

  private mutating func sample(
    _ node: JSONNode, _ index: Int, channel: String
  ) -> Workspace.Sample? {
    let name = node["name"]?.string ?? "sample\(index)"
    guard let data = node["data"], let contents = collector.numbers("contents", of: data) else {
      collector.report("sample '\(name)' of '\(channel)' has no contents", at: node.place)
      return nil
    }
    let errors = data["errors"]?.doubles
    if let errors, errors.count != contents.count {
      collector.report(
        "sample '\(name)' of '\(channel)' has \(contents.count) bins and \(errors.count) errors",
        at: data.place)
      return nil
    }
    var modifiers: [Workspace.Modifier] = []
    for modifier in collector.list("modifiers", of: node, mayBeEmpty: true) {
      let host = HS3Host(channel: channel, sample: name, contents: contents, errors: errors)
      if let made = self.modifier(modifier, on: host) { modifiers.append(made) }
    }
    return Workspace.Sample(name: name, data: contents, modifiers: modifiers)
  }

  // MARK: Modifiers

  private mutating func modifier(_ node: JSONNode, on host: HS3Host) -> Workspace.Modifier? {
    guard let type = collector.text("type", of: node) else { return nil }
    switch type {
    case "normfactor": return normfactor(node, on: host)
    case "normsys", "histosys": return interpolated(node, type, on: host)
    case "shapefactor", "shapesys", "staterror": return binwise(node, type, on: host)
    default:
      collector.report(
        "a workspace has no modifier of type '\(type)' (\(host))", at: node.place)
      return nil
    }
  }

  private mutating func normfactor(_ node: JSONNode, on host: HS3Host) -> Workspace.Modifier? {
    guard let parameter = node["parameter"]?.string ?? node["name"]?.string else {
      collector.report("a normfactor has no parameter (\(host))", at: node.place)
      return nil
    }
    let constraint = node["constraint_name"]?.string ?? node["constraint"]?.string
    guard let constraint else {
      scalars[parameter] = parameter
      return .init(name: parameter, kind: .normfactor)
    }
    // One constrained factor is what a workspace calls the luminosity.
    if let known = lumiConstraint, known != constraint {
      collector.report(
        "a workspace has one constrained factor, the luminosity, but '\(known)' and "
          + "'\(constraint)' are two (\(host))", at: node.place)
      return nil
    }
    lumiConstraint = constraint
    scalars["lumi"] = parameter
    return .init(name: "lumi", kind: .lumi)
  }

  private mutating func interpolated(
    _ node: JSONNode, _ type: String, on host: HS3Host
  ) -> Workspace.Modifier? {
    let given = node["parameter"]?.string ?? node["name"]?.string.map { HS3Names.interpolated($0) }
    guard let parameter = given else {
      collector.report("a \(type) has no parameter (\(host))", at: node.place)
      return nil
    }
    guard isUnitNormal(node), let data = node["data"] else {
      collector.report(
        "the \(type) of '\(parameter)' needs a normal constraint of width 1 around 0 and data "
          + "(\(host))", at: node.place)
      return nil
    }
    let name = HS3Names.plain(parameter)
    scalars[name] = parameter
    let code = (data["interpolation"] ?? node["interpolation"]).map {
      $0.string ?? $0.double.map { String(Int(exactly: $0) ?? -1) } ?? ""
    }
    guard note(code, type) else {
      collector.report(
        "a \(type) can't be interpolated by '\(code ?? "")' (\(host))", at: node.place)
      return nil
    }
    if type == "normsys" {
      guard let lo = data["lo"]?.double, let hi = data["hi"]?.double else {
        collector.report("the normsys of '\(parameter)' needs lo and hi (\(host))", at: node.place)
        return nil
      }
      return .init(name: name, kind: .normsys(lo: lo, hi: hi))
    }
    guard let lo = data["lo"]?["contents"]?.doubles, let hi = data["hi"]?["contents"]?.doubles
    else {
      collector.report(
        "the histosys of '\(parameter)' needs the contents of lo and hi (\(host))",
        at: node.place)
      return nil
    }
    return .init(name: name, kind: .histosys(lo: lo, hi: hi))
  }

  /// Notes the code of an interpolation; false for one there isn't.
  private mutating func note(_ code: String?, _ type: String) -> Bool {
    if type == "normsys" {
      switch code {
      case nil, "code4", "4", "poly6": normsys.insert(.code4)
      case "code1", "1", "log": normsys.insert(.code1)
      default: return false
      }
    } else {
      switch code {
      case nil, "code4p", "4", "poly6": histosys.insert(.code4p)
      case "code0", "0", "lin": histosys.insert(.code0)
      case "code2", "2", "parabolic": histosys.insert(.code2)
      default: return false
      }
    }
    return true
  }

  /// The codes of all modifiers; a model has one for each type.
  func options() -> ModelOptions {
    if histosys.count > 1 || normsys.count > 1 {
      collector.report(
        "modifiers of one type have different interpolations, but a model has one for each type",
        at: root.place)
    }
    return ModelOptions(histosys: histosys.first ?? .code4p, normsys: normsys.first ?? .code4)
  }

  /// Whether the constraint of an interpolated parameter is that of a workspace.
  private func isUnitNormal(_ node: JSONNode) -> Bool {
    if let type = node["constraint_type"]?.string { return type == "Gauss" }
    guard let name = node["constraint_name"]?.string ?? node["constraint"]?.string else {
      return true
    }
    guard let distribution = named(name, in: "distributions") else { return name == "Gauss" }
    return distribution["type"]?.string == "gaussian_dist"
      && distribution["sigma"].flatMap { constant($0) } == 1
  }

  /// A number, or a parameter that is one.
  func constant(_ node: JSONNode) -> Double? {
    if let number = node.double { return number }
    guard let name = node.string else { return nil }
    for point in root["parameter_points"]?.elements ?? [] {
      for parameter in point["parameters"]?.elements ?? []
      where parameter["name"]?.string == name {
        return parameter["value"]?.double
      }
    }
    return Double(name)
  }

  private mutating func binwise(
    _ node: JSONNode, _ type: String, on host: HS3Host
  ) -> Workspace.Modifier? {
    let bins = host.contents.count
    let standard =
      type == "staterror" ? "staterror_" + host.channel : node["name"]?.string ?? "\(type)"
    let names =
      node["parameters"]?.elements.map { $0.compactMap(\.string) }
      ?? (0..<bins).map { HS3Names.slot(standard, $0) }
    guard names.count == bins else {
      collector.report(
        "a \(type) has \(names.count) parameters for \(bins) bins (\(host))", at: node.place)
      return nil
    }
    let name = HS3Names.common(names, otherwise: standard)
    guard remember(names, of: name, type, in: host.channel) else {
      collector.report(
        "two modifiers called '\(name)' have different parameters (\(host))", at: node.place)
      return nil
    }
    let constraint = node["constraint"]?.string ?? node["constraint_type"]?.string
    switch type {
    case "staterror":
      guard let errors = host.errors else {
        collector.report("a staterror needs the sample's errors (\(host))", at: node.place)
        return nil
      }
      if constraint == "Poisson" {
        omit("a staterror has a normal constraint, not a Poisson one (\(host))", at: node)
      }
      return .init(name: name, kind: .staterror(errors))
    case "shapesys" where constraint == "Poisson" || constraint == nil && node["data"] != nil:
      guard let values = node["data"]?["vals"]?.doubles, values.count == bins else {
        collector.report("a shapesys needs \(bins) vals (\(host))", at: node.place)
        return nil
      }
      let absolute =
        shapesysValues == .absolute ? values : zip(values, host.contents).map { $0 * $1 }
      return .init(name: name, kind: .shapesys(absolute.map { max($0, 0) }))
    default:
      guard constraint == nil || constraint == "Const" else {
        collector.report(
          "a \(type) can't have the constraint '\(constraint ?? "")' (\(host))", at: node.place)
        return nil
      }
      return .init(name: name, kind: .shapefactor)
    }
  }

  /// Notes the slots of a bin-wise parameter; false if they are others than before. Only those of a
  /// staterror differ from channel to channel.
  private mutating func remember(
    _ names: [String], of name: String, _ type: String, in channel: String
  ) -> Bool {
    let known = binwiseSlots[name, default: [:]]
    if let same = known[channel] { return same == names }
    binwiseSlots[name, default: [:]][channel] = names
    let others = known.values
    return type == "staterror"
      ? others.allSatisfy { Set($0).isDisjoint(with: names) } : others.allSatisfy { $0 == names }
  }

  /// All parameters with their names in HS3, in the order of a model's slots: channels by name.
  func slots() -> [(name: String, slots: [String])] {
    let binwise = binwiseSlots.map { name, channels in
      let lists = channels.sorted { precedes($0.key, $1.key) }.map(\.value)
      return (name: name, slots: Set(lists).count == 1 ? lists[0] : lists.flatMap(\.self))
    }
    return (scalars.map { (name: $0, slots: [$1]) } + binwise)
      .sorted { precedes($0.name, $1.name) }
  }
}

/// What a modifier stands on.
struct HS3Host: CustomStringConvertible {
  let channel: String, sample: String
  let contents: [Double]
  let errors: [Double]?
  var description: String { "sample '\(sample)' of '\(channel)'" }
}
