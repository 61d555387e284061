// SPDX-License-Identifier: Apache-2.0

/// A workspace made of an HS3 document.
public struct ImportedHS3: Sendable {
  /// The HistFactory part of one analysis.
  public let workspace: Workspace
  /// The interpolation codes the document says.
  public let options: ModelOptions
  /// What a workspace has no word for and was left out, each as a sentence with its place.
  public let omissions: [InvalidWorkspace.Problem]
}

extension Workspace {
  /// The workspace of one analysis of an HS3 document (HEP Statistics Serialization Standard 0.2)
  /// whose likelihood consists of `histfactory_dist`.
  ///
  /// Modifiers are named after their parameters, without ROOT's "alpha_" and "gamma_". A factor with
  /// a constraint is the luminosity. What a workspace can't say is refused.
  /// - Parameters:
  ///   - bytes: the document.
  ///   - source: its name in sentences.
  ///   - analysis: the name of an analysis; nil takes the first (or the first likelihood of a
  ///     document without analyses).
  ///   - shapesysValues: how the values of a shapesys are to be read; nil takes the document's note,
  ///     or ROOT's reading.
  /// - Throws: all problems at once.
  public static func importing(
    hs3 bytes: [UInt8], source: String = "document", analysis: String? = nil,
    shapesysValues: HS3ShapesysValues? = nil
  ) throws(InvalidWorkspace) -> ImportedHS3 {
    let document = try WorkspaceDocument(json: bytes, source: source)
    var reader = HS3Reader(document, shapesysValues: shapesysValues)
    let chosen = reader.analysis(named: analysis)
    guard let likelihood = chosen.likelihood else {
      try reader.collector.finish()
      throw InvalidWorkspace(
        source: source,
        problems: [
          .init(
            source: source, path: "likelihoods",
            message:
              "there is no likelihood: an HS3 document lists 'likelihoods' of its 'distributions'")
        ])
    }
    let parts = reader.parts(of: likelihood)
    try reader.collector.finish()
    let measurement = reader.measurement(chosen, parts.channels)
    let options = reader.options()
    try reader.collector.finish()
    let workspace = Workspace(
      channels: parts.channels, observations: parts.observations, measurements: [measurement])
    return ImportedHS3(
      workspace: try workspace.checked(source), options: options, omissions: reader.omissions)
  }
}

/// The parts of a document that make one measurement.
struct HS3Analysis {
  var name = "measurement"
  var likelihood: JSONNode?
  var domains: [String] = []
  var start: String?
  var parametersOfInterest: [String] = []
}

extension HS3Reader {
  /// The analysis of a name, or the first.
  func analysis(named name: String?) -> HS3Analysis {
    let analyses = root["analyses"]?.elements ?? []
    let node = name.map { name in analyses.first { $0["name"]?.string == name } } ?? analyses.first
    var analysis = HS3Analysis()
    if let name, node == nil {
      let known = analyses.compactMap { $0["name"]?.string }.map { "'\($0)'" }
      collector.report(
        "there is no analysis '\(name)' (there are: \(known.joined(separator: ", ")))",
        at: root.place)
      return analysis
    }
    guard let node else {
      analysis.likelihood = root["likelihoods"]?.elements?.first
      return analysis
    }
    analysis.name = node["name"]?.string ?? analysis.name
    analysis.likelihood = node["likelihood"]?.string.flatMap { named($0, in: "likelihoods") }
    analysis.domains =
      (node["domains"]?.elements ?? []).compactMap(\.string)
      + [node["domain"]?.string].compactMap(\.self)
    analysis.start = node["init"]?.string
    analysis.parametersOfInterest =
      (node["parameters_of_interest"]?.elements ?? []).compactMap(\.string)
    return analysis
  }

  /// The channels of a likelihood with their data.
  mutating func parts(
    of likelihood: JSONNode
  ) -> (channels: [Workspace.Channel], observations: [Workspace.Observation]) {
    let distributions = collector.list("distributions", of: likelihood)
    let data = collector.list("data", of: likelihood)
    var channels: [Workspace.Channel] = []
    var observations: [Workspace.Observation] = []
    guard distributions.count == data.count else {
      collector.report(
        "a likelihood has \(distributions.count) distributions but \(data.count) data",
        at: likelihood.place)
      return ([], [])
    }
    for (name, data) in zip(distributions, data) {
      guard let node = name.string.flatMap({ named($0, in: "distributions") }) else {
        collector.report("there is no distribution '\(name.string ?? "")'", at: name.place)
        continue
      }
      guard let channel = channel(node) else { continue }
      channels.append(channel)
      guard let node = data.string.flatMap({ named($0, in: "data") }),
        let contents = node["contents"]?.doubles
      else {
        collector.report("there are no binned data '\(data.string ?? "")'", at: data.place)
        continue
      }
      observations.append(.init(name: channel.name, data: contents))
    }
    return (channels, observations)
  }

  /// Starting values, bounds and constants of the analysis's parameters.
  mutating func measurement(
    _ analysis: HS3Analysis, _ channels: [Workspace.Channel]
  ) -> Workspace.Measurement {
    if analysis.parametersOfInterest.count > 1 {
      omit(
        "of several parameters of interest the first is taken, "
          + "'\(analysis.parametersOfInterest[0])'", at: root)
    }
    let all = slots()
    let names = all.flatMap { name, slots in slots.map { ($0, name) } }
    let owners = Dictionary(names, uniquingKeysWith: { first, _ in first })
    let poi = analysis.parametersOfInterest.first
    var parameters: [Workspace.ParameterConfiguration] = []
    let values = values(analysis), bounds = bounds(analysis)
    for (name, slots) in all {
      parameters.append(configuration(name, slots, values, bounds))
    }
    return .init(
      name: analysis.name, poi: poi.map { owners[$0] ?? $0 } ?? "", parameters: parameters)
  }

  private func configuration(
    _ name: String, _ slots: [String], _ values: [String: (value: Double, isConstant: Bool)],
    _ bounds: [String: ClosedRange<Double>]
  ) -> Workspace.ParameterConfiguration {
    let known = slots.compactMap { values[$0] }
    let ranges = slots.compactMap { bounds[$0] }
    var configuration = Workspace.ParameterConfiguration(
      name: name, inits: known.count == slots.count ? known.map(\.value) : nil,
      bounds: ranges.count == slots.count ? ranges : nil)
    // A slot that is constant because it has no uncertainty is so by its modifier.
    if known.count == slots.count, known.allSatisfy(\.isConstant) { configuration.isFixed = true }
    guard name == "lumi", let constraint = lumiConstraint else { return configuration }
    guard let node = named(constraint, in: "distributions"),
      let sigma = node["sigma"].flatMap({ constant($0) }), sigma > 0,
      let centre = [node["mean"], node["x"]].compactMap(\.self)
        .first(where: { $0.string != slots[0] }).flatMap({ constant($0) })
    else {
      collector.report(
        "the constraint '\(constraint)' of '\(slots[0])' must be a gaussian_dist with a width and "
          + "a centre", at: root.place)
      return configuration
    }
    configuration.auxiliaryData = [centre]
    configuration.sigmas = [sigma]
    configuration.inits = configuration.inits ?? [centre]
    configuration.bounds = configuration.bounds ?? [centre - 5 * sigma...centre + 5 * sigma]
    return configuration
  }

  private func values(_ analysis: HS3Analysis) -> [String: (value: Double, isConstant: Bool)] {
    let points = root["parameter_points"]?.elements ?? []
    let point =
      analysis.start.flatMap { named($0, in: "parameter_points") }
      ?? points.first { $0["name"]?.string == "default_values" } ?? points.first
    var values: [String: (value: Double, isConstant: Bool)] = [:]
    for parameter in point?["parameters"]?.elements ?? [] {
      guard let name = parameter["name"]?.string, let value = parameter["value"]?.double else {
        continue
      }
      var isConstant = false
      if case .boolean(let flag) = parameter["const"]?.content { isConstant = flag }
      values[name] = (value, isConstant)
    }
    return values
  }

  private func bounds(_ analysis: HS3Analysis) -> [String: ClosedRange<Double>] {
    var bounds: [String: ClosedRange<Double>] = [:]
    for name in ["default_domain"] + analysis.domains {
      for axis in named(name, in: "domains")?["axes"]?.elements ?? [] {
        guard let name = axis["name"]?.string, let low = axis["min"]?.double,
          let high = axis["max"]?.double, low <= high
        else { continue }
        bounds[name] = low...high
      }
    }
    return bounds
  }
}
