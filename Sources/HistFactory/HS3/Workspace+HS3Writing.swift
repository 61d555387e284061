// SPDX-License-Identifier: Apache-2.0

extension Workspace {
  /// The workspace in the HEP Statistics Serialization Standard (HS3 0.2): distributions of type
  /// `histfactory_dist`, with a likelihood, a domain, a starting point and an analysis for each
  /// measurement.
  ///
  /// Templates of a histosys are absolute and staterrors have normal constraints, as in ROOT and
  /// pyhs3.
  /// - Parameters:
  ///   - options: interpolation codes; written where they are not the defaults.
  ///   - shapesysValues: which of two readings the file is for; noted in its `misc`.
  /// - Throws: what makes a measurement no model.
  public func hs3Data(
    options: ModelOptions = .init(), shapesysValues: HS3ShapesysValues = .relative
  ) throws(InvalidModel) -> [UInt8] {
    var models: [(Measurement, Model)] = []
    for measurement in measurements {
      models.append(
        (measurement, try Model(self, measurement: measurement.name, options: options)))
    }
    guard let first = models.first?.1 else {
      throw InvalidModel("the workspace has no measurement: add one that names the 'poi'")
    }
    let writer = HS3Writer(
      workspace: self, model: first, options: options, shapesysValues: shapesysValues)
    return JSONWriter.write(writer.document(models))
  }
}

/// Makes the parts of an HS3 document.
private struct HS3Writer {
  let workspace: Workspace
  /// Of any measurement: parameters have the same slots in all.
  let model: Model
  let options: ModelOptions
  let shapesysValues: HS3ShapesysValues

  func document(_ models: [(Workspace.Measurement, Model)]) -> JSONNode {
    .object([
      ("metadata", .object([("hs3_version", .text("0.2"))])),
      (
        "distributions",
        .array(workspace.channels.map { distribution($0) } + models.compactMap { constraint($0) })
      ),
      ("data", .array(workspace.observations.map { data($0) })),
      ("likelihoods", .array(models.map { likelihood($0.0, $0.1) })),
      ("domains", .array(models.map { domain($0.0, $0.1) })),
      ("parameter_points", .array(models.map { point($0.0, $0.1) })),
      ("analyses", .array(models.map { analysis($0.0) })),
      (
        "misc",
        .object([
          ("reprise", .object([("shapesys_values", .text(shapesysValues.rawValue))]))
        ])
      ),
    ])
  }

  // MARK: Distributions

  private func axes(_ channel: String, _ bins: Int) -> JSONNode {
    .array([
      .object([
        ("name", .text("obs_x_" + channel)), ("min", number(0)), ("max", number(Double(bins))),
        ("nbins", JSONNode(.integer(bins))),
      ])
    ])
  }

  private func distribution(_ channel: Workspace.Channel) -> JSONNode {
    .object([
      ("name", .text("model_" + channel.name)), ("type", .text("histfactory_dist")),
      ("axes", axes(channel.name, channel.samples.first?.data.count ?? 0)),
      ("samples", .array(channel.samples.map { sample($0, channel.name) })),
    ])
  }

  private func sample(_ sample: Workspace.Sample, _ channel: String) -> JSONNode {
    var contents: [(String, JSONNode)] = [("contents", .numbers(sample.data))]
    for modifier in sample.modifiers {
      if case .staterror(let values) = modifier.kind {
        contents.append(("errors", .numbers(values)))
      }
    }
    return .object([
      ("name", .text(sample.name)), ("data", .object(contents)),
      ("modifiers", .array(sample.modifiers.map { self.modifier($0, sample, channel) })),
    ])
  }

  private func modifier(
    _ modifier: Workspace.Modifier, _ sample: Workspace.Sample, _ channel: String
  ) -> JSONNode {
    let bins = sample.data.count, name = modifier.name
    var members: [(String, JSONNode)] = [("name", .text(name))]
    func add(_ type: String, _ more: (String, JSONNode)...) {
      members += [("type", .text(type))] + more
    }
    switch modifier.kind {
    case .normfactor: add("normfactor", ("parameter", .text(name)))
    case .lumi:
      add(
        "normfactor", ("parameter", .text("Lumi")), ("constraint_name", .text("lumiConstraint")))
    case .normsys(let lo, let hi):
      var data = [("lo", number(lo)), ("hi", number(hi))]
      if options.normsys == .code1 { data.append(("interpolation", .text("code1"))) }
      add(
        "normsys", ("parameter", .text(HS3Names.interpolated(name))),
        ("constraint", .text("Gauss")), ("data", .object(data)))
    case .histosys(let lo, let hi):
      var data = [
        ("lo", JSONNode.object([("contents", .numbers(lo))])),
        ("hi", .object([("contents", .numbers(hi))])),
      ]
      if options.histosys != .code4p {
        data.append(("interpolation", .text(options.histosys.rawValue)))
      }
      add(
        "histosys", ("parameter", .text(HS3Names.interpolated(name))),
        ("constraint", .text("Gauss")), ("data", .object(data)))
    case .shapefactor: add("shapefactor", ("parameters", slots(name, channel, bins)))
    case .shapesys(let values):
      let written =
        shapesysValues == .absolute
        ? values : zip(values, sample.data).map { $1 > 0 ? $0 / $1 : 0 }
      add(
        "shapesys", ("parameters", slots(name, channel, bins)), ("constraint", .text("Poisson")),
        ("data", .object([("vals", .numbers(written))])))
    case .staterror:
      add("staterror", ("parameters", slots(name, channel, bins)), ("constraint", .text("Gauss")))
    }
    return .object(members)
  }

  /// Names of a bin-wise parameter's slots in one channel.
  private func slots(_ name: String, _ channel: String, _ bins: Int) -> JSONNode {
    let offset = model.staterrorOffset(name, channel: channel)
    return .array((0..<bins).map { .text(HS3Names.slot(name, offset + $0)) })
  }

  /// The luminosity's constraint; once, since measurements that differ have no place for it.
  private func constraint(_ measurement: (Workspace.Measurement, Model)) -> JSONNode? {
    guard measurement.0.name == workspace.measurements.first?.name,
      let lumi = measurement.1.parameters.first(where: { $0.name == "lumi" }),
      case .normal(_, let sigmas) = lumi.constraint
    else { return nil }
    return .object([
      ("name", .text("lumiConstraint")), ("type", .text("gaussian_dist")), ("x", .text("Lumi")),
      ("mean", .text("nominalLumi")), ("sigma", number(sigmas[0])),
    ])
  }

  // MARK: Data, likelihoods, analyses

  private func data(_ observation: Workspace.Observation) -> JSONNode {
    .object([
      ("name", .text("obsData_" + observation.name)), ("type", .text("binned")),
      ("axes", axes(observation.name, observation.data.count)),
      ("contents", .numbers(observation.data)),
    ])
  }

  private func likelihood(_ measurement: Workspace.Measurement, _ model: Model) -> JSONNode {
    let names = workspace.channels.map(\.name)
    var members: [(String, JSONNode)] = [
      ("name", .text(measurement.name + "_likelihood")),
      ("distributions", .array(names.map { .text("model_" + $0) })),
      ("data", .array(names.map { .text("obsData_" + $0) })),
    ]
    if model.parameters.contains(where: { $0.name == "lumi" }) {
      members.append(("aux_distributions", .array([.text("lumiConstraint")])))
    }
    return .object(members)
  }

  private func domain(_ measurement: Workspace.Measurement, _ model: Model) -> JSONNode {
    let axes = model.parameters.flatMap { parameter in
      zip(HS3Names.names(of: parameter), parameter.bounds).map { name, bounds in
        JSONNode.object([
          ("name", .text(name)), ("min", number(bounds.lowerBound)),
          ("max", number(bounds.upperBound)),
        ])
      }
    }
    return .object([
      ("name", .text(measurement.name + "_domain")), ("type", .text("product_domain")),
      ("axes", .array(axes)),
    ])
  }

  private func point(_ measurement: Workspace.Measurement, _ model: Model) -> JSONNode {
    var parameters = model.parameters.flatMap { parameter in
      zip(HS3Names.names(of: parameter), zip(parameter.inits, parameter.isFixed)).map {
        value($0, $1.0, isConstant: $1.1)
      }
    }
    if let lumi = model.parameters.first(where: { $0.name == "lumi" }),
      case .normal(let auxiliary, _) = lumi.constraint
    {
      parameters.append(value("nominalLumi", auxiliary[0], isConstant: true))
    }
    return .object([
      ("name", .text(measurement.name + "_start")), ("parameters", .array(parameters)),
    ])
  }

  private func value(_ name: String, _ value: Double, isConstant: Bool) -> JSONNode {
    var members = [("name", JSONNode.text(name)), ("value", number(value))]
    if isConstant { members.append(("const", JSONNode(.boolean(true)))) }
    return .object(members)
  }

  private func analysis(_ measurement: Workspace.Measurement) -> JSONNode {
    let poi = measurement.poi.isEmpty ? [] : [model.hs3Name(ofParameter: measurement.poi)]
    return .object([
      ("name", .text(measurement.name)), ("likelihood", .text(measurement.name + "_likelihood")),
      ("domains", .array([.text(measurement.name + "_domain")])),
      ("init", .text(measurement.name + "_start")),
      ("parameters_of_interest", .array(poi.map { .text($0) })),
    ])
  }

  private func number(_ value: Double) -> JSONNode { JSONNode(.number(value)) }
}

extension Model {
  /// Where the slots of a channel begin in a bin-wise parameter: only a staterror has several
  /// channels behind each other.
  fileprivate func staterrorOffset(_ name: String, channel: String) -> Int {
    var offset = 0
    for other in workspace.sortedChannels where precedes(other.name, channel) {
      let hasIt = other.samples.contains { sample in
        sample.modifiers.contains { $0.name == name && $0.kindName == .staterror }
      }
      if hasIt { offset += other.samples.first?.data.count ?? 0 }
    }
    return offset
  }

  fileprivate func hs3Name(ofParameter name: String) -> String {
    parameters.first { $0.name == name }.flatMap { HS3Names.names(of: $0).first } ?? name
  }
}
