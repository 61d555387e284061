// SPDX-License-Identifier: Apache-2.0

/// A workspace as HistFactory XML with the histograms it refers to.
public struct ExportedWorkspace: Sendable {
  /// The combination's file, which names the channels' files.
  public let combination: String
  /// The channels' files by the paths the combination says.
  public let channels: [(path: String, text: String)]
  /// Histograms of one ROOT file by name: bin contents, to stand in bins of width 1.
  public let histograms: [(name: String, contents: [Double])]
  /// What HistFactory XML has no word for and was left out, each as a sentence.
  public let omissions: [String]
}

extension Workspace {
  /// The workspace as HistFactory XML, as pyhf's `json2xml` has it.
  ///
  /// Uncertainties of staterror and shapesys are relative to the sample's yields there, so those of
  /// empty bins are lost; a staterror has no name of its own. Beyond pyhf, the luminosity's
  /// uncertainty is relative (pyhf 0.7.6 writes the absolute one) and starting values are written.
  /// - Parameters:
  ///   - prefix: the channels' files are `prefix_CHANNEL.xml`.
  ///   - folder: where the combination finds these files; empty for its own folder.
  ///   - histogramFile: the ROOT file as the XML names it.
  public func exportingXML(
    prefix: String = "FitConfig", folder: String = "config",
    histogramFile: String = "data/data.root"
  ) -> ExportedWorkspace {
    var writer = XMLExport(workspace: self, histogramFile: histogramFile)
    var inputs: [XMLText] = []
    var files: [(path: String, text: String)] = []
    for channel in channels {
      let path = (folder.isEmpty ? "" : folder + "/") + "\(prefix)_\(channel.name).xml"
      files.append((path, writer.channel(channel).document(type: "Channel")))
      inputs.append(XMLText("Input", text: path))
    }
    let measurements = measurements.map { writer.measurement($0) }
    let combination = XMLText(
      "Combination", [("OutputFilePrefix", "./results/" + prefix)],
      children: inputs + measurements)
    return ExportedWorkspace(
      combination: combination.document(type: "Combination"), channels: files,
      histograms: writer.histograms, omissions: writer.omissions)
  }
}

/// Makes the elements and collects histograms.
private struct XMLExport {
  let workspace: Workspace
  let histogramFile: String
  private(set) var histograms: [(name: String, contents: [Double])] = []
  private(set) var omissions: [String] = []
  private let kinds: [String: Set<Workspace.Modifier.KindName>]

  init(workspace: Workspace, histogramFile: String) {
    self.workspace = workspace
    self.histogramFile = histogramFile
    var kinds: [String: Set<Workspace.Modifier.KindName>] = [:]
    for modifier in workspace.channels.flatMap(\.samples).flatMap(\.modifiers) {
      kinds[modifier.name, default: []].insert(modifier.kindName)
    }
    self.kinds = kinds
    noteDifferences()
  }

  /// Normfactors say their values in the channels, so all measurements have to agree.
  private mutating func noteDifferences() {
    for (name, _) in kinds.sorted(by: { precedes($0.key, $1.key) })
    where kinds[name] == [.normfactor] {
      let all = Set(
        workspace.measurements.map { measurement in
          let found = measurement.parameters.first { $0.name == name }
          return Workspace.ParameterConfiguration(
            name: name, inits: found?.inits, bounds: found?.bounds)
        })
      if all.count > 1 {
        omissions.append(
          "normfactor '\(name)' has the values of the first measurement in all of them")
      }
    }
  }

  /// Keeps a histogram and gives its name.
  private mutating func histogram(_ contents: [Double], _ parts: String..., suffix: String = "")
    -> String
  {
    let name = "hist" + parts.joined(separator: "_") + suffix
    histograms.append((name, contents))
    return name
  }

  mutating func channel(_ channel: Workspace.Channel) -> XMLText {
    var children: [XMLText] = []
    if let observation = workspace.observations.first(where: { $0.name == channel.name }) {
      let name = histogram(observation.data, channel.name, "data")
      children.append(XMLText("Data", [("HistoName", name), ("InputFile", histogramFile)]))
    }
    children += channel.samples.map { sample($0, channel.name) }
    return XMLText(
      "Channel", [("Name", channel.name), ("InputFile", histogramFile)], children: children)
  }

  private mutating func sample(_ sample: Workspace.Sample, _ channel: String) -> XMLText {
    let isNormalised = sample.modifiers.contains { $0.kindName == .lumi }
    let name = histogram(sample.data, channel, sample.name)
    var children: [XMLText] = []
    for modifier in sample.modifiers {
      if let element = element(modifier, sample, channel) { children.append(element) }
    }
    return XMLText(
      "Sample",
      [
        ("Name", sample.name), ("HistoName", name), ("InputFile", histogramFile),
        ("NormalizeByTheory", isNormalised ? "True" : "False"),
      ], children: children)
  }

  private mutating func element(
    _ modifier: Workspace.Modifier, _ sample: Workspace.Sample, _ channel: String
  ) -> XMLText? {
    let name = ("Name", modifier.name)
    switch modifier.kind {
    case .lumi: return nil
    case .shapefactor: return XMLText("ShapeFactor", [name])
    case .normsys(let lo, let hi):
      return XMLText("OverallSys", [name, ("Low", text(lo)), ("High", text(hi))])
    case .histosys(let lo, let hi):
      return XMLText(
        "HistoSys",
        [
          name,
          (
            "HistoNameLow", histogram(lo, channel, sample.name, modifier.name, suffix: "Low")
          ),
          (
            "HistoNameHigh", histogram(hi, channel, sample.name, modifier.name, suffix: "High")
          ),
        ])
    case .normfactor:
      let given = workspace.measurements.first?.parameters.first { $0.name == modifier.name }
      let bounds = given?.bounds?.first ?? 0...10
      return XMLText(
        "NormFactor",
        [
          name, ("Val", text(given?.inits?.first ?? 1)), ("Low", text(bounds.lowerBound)),
          ("High", text(bounds.upperBound)),
        ])
    case .shapesys(let values):
      let relative = relative(values, modifier, sample, channel)
      return XMLText(
        "ShapeSys",
        [
          name, ("ConstraintType", "Poisson"),
          ("HistoName", histogram(relative, channel, sample.name, modifier.name)),
        ])
    case .staterror(let values):
      if modifier.name != "staterror_" + channel {
        omissions.append(
          "staterror '\(modifier.name)' of channel '\(channel)' is called "
            + "'staterror_\(channel)' when it is read again")
      }
      let relative = relative(values, modifier, sample, channel)
      return XMLText(
        "StatError",
        [
          ("Activate", "True"),
          ("HistoName", histogram(relative, channel, sample.name, modifier.name)),
        ])
    }
  }

  /// Uncertainties relative to the yields; 0 where there is no yield.
  private mutating func relative(
    _ values: [Double], _ modifier: Workspace.Modifier, _ sample: Workspace.Sample,
    _ channel: String
  ) -> [Double] {
    if zip(values, sample.data).contains(where: { $0 != 0 && $1 == 0 }) {
      omissions.append(
        "\(modifier.kind.name) '\(modifier.name)' on sample '\(sample.name)' of channel "
          + "'\(channel)' loses its uncertainty in bins without events")
    }
    return zip(values, sample.data).map { $1 == 0 ? 0 : $0 / $1 }
  }

  mutating func measurement(_ measurement: Workspace.Measurement) -> XMLText {
    let lumi = measurement.parameters.first { $0.name == "lumi" }
    let value = lumi?.auxiliaryData?.first ?? 1
    let width = lumi?.sigmas?.first ?? 0
    let settings = measurement.parameters.compactMap { setting($0, of: measurement.name) }
    return XMLText(
      "Measurement",
      [
        ("Name", measurement.name), ("Lumi", text(value)),
        ("LumiRelErr", text(value == 0 ? 0 : width / value)), ("ExportOnly", "True"),
      ], children: [XMLText("POI", text: measurement.poi)] + settings)
  }

  /// What a measurement says of a parameter that its modifier doesn't.
  private mutating func setting(
    _ parameter: Workspace.ParameterConfiguration, of measurement: String
  ) -> XMLText? {
    let kinds = kinds[parameter.name] ?? []
    let isBinwise = !kinds.isDisjoint(with: [.shapesys, .shapefactor, .staterror])
    let isNormfactor = kinds == [.normfactor], isLumi = parameter.name == "lumi"
    let unsaid = [
      ("inits", isBinwise && parameter.inits != nil),
      ("fixed", isBinwise && parameter.isFixed == true),
      ("bounds", !isNormfactor && !isLumi && parameter.bounds != nil),
      ("auxdata", !isLumi && parameter.auxiliaryData != nil),
      ("sigmas", !isLumi && parameter.sigmas != nil),
    ].filter(\.1).map { "'\($0.0)'" }
    if !unsaid.isEmpty {
      omissions.append(
        "measurement '\(measurement)' loses \(unsaid.joined(separator: ", ")) of parameter "
          + "'\(parameter.name)'")
    }
    guard !isBinwise else { return nil }
    var attributes: [(String, String)] = []
    if parameter.isFixed == true { attributes.append(("Const", "True")) }
    let standard = isLumi ? parameter.auxiliaryData?.first : nil
    if !isNormfactor, let value = parameter.inits?.first, value != standard {
      attributes.append(("Val", text(value)))
    }
    guard !attributes.isEmpty else { return nil }
    let prefix = kinds.isDisjoint(with: [.normsys, .histosys]) ? "" : "alpha_"
    return XMLText("ParamSetting", attributes, text: isLumi ? "Lumi" : prefix + parameter.name)
  }

  private func text(_ value: Double) -> String { PythonFloat.text(of: value) }
}
