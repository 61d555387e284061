// SPDX-License-Identifier: Apache-2.0

/// A channel's file as far as a workspace has words for it.
struct ImportedChannel {
  var channel: Workspace.Channel
  var observation: Workspace.Observation
  /// What normfactors say of their parameters.
  var parameters: [Workspace.ParameterConfiguration]
}

/// What elements take from those around them where they don't say it.
private struct HistogramDefaults {
  var file: String
  var directory: String

  func overridden(by element: MarkupElement) -> HistogramDefaults {
    HistogramDefaults(
      file: element["InputFile"] ?? file, directory: element["HistoPath"] ?? directory)
  }
}

extension XMLReader {
  /// The channel that is the file's root; nil after telling why not.
  func channel() -> ImportedChannel? {
    guard root.name == "Channel" else {
      report("a channel's file must have a 'Channel', but this is '\(root.name)'", at: root)
      return nil
    }
    guard let name = required("Name", of: root) else { return nil }
    let defaults = HistogramDefaults(file: "", directory: "").overridden(by: root)
    let observation = root.all("Data").first.flatMap { data -> [Double]? in
      guard let histogram = required("HistoName", of: data) else { return nil }
      let place = defaults.overridden(by: data)
      return self.histogram(
        histogram, directory: place.directory, file: place.file, at: data)?.contents
    }
    if root.all("Data").isEmpty {
      report("channel '\(name)' has no 'Data': a workspace needs observed events", at: root)
    }
    for configuration in root.all("StatErrorConfig")
    where configuration["ConstraintType"] == "Poisson" || configuration["RelErrorThreshold"] != nil
    {
      omit(
        "a staterror has a normal constraint, and no threshold below which it is dropped",
        at: configuration)
    }
    var parameters: [Workspace.ParameterConfiguration] = []
    let samples = root.all("Sample").compactMap {
      sample($0, channel: name, defaults, &parameters)
    }
    guard let observation else { return nil }
    return ImportedChannel(
      channel: .init(name: name, samples: samples),
      observation: .init(name: name, data: observation), parameters: parameters)
  }

  private func sample(
    _ element: MarkupElement, channel: String, _ defaults: HistogramDefaults,
    _ parameters: inout [Workspace.ParameterConfiguration]
  ) -> Workspace.Sample? {
    let place = defaults.overridden(by: element)
    guard let name = required("Name", of: element),
      let histogram = required("HistoName", of: element),
      let bins = self.histogram(
        histogram, directory: place.directory, file: place.file, at: element)
    else { return nil }
    var modifiers: [Workspace.Modifier] = []
    if element["NormalizeByTheory"] == "True" { modifiers.append(.init(name: "lumi", kind: .lumi)) }
    for child in element.children {
      if child.name == "NormFactor", let configuration = configuration(child) {
        parameters.append(configuration)
      }
      if let modifier = modifier(child, channel: channel, bins, place) {
        modifiers.append(modifier)
      }
    }
    return Workspace.Sample(name: name, data: bins.contents, modifiers: modifiers)
  }

  private func modifier(
    _ element: MarkupElement, channel: String, _ nominal: HistFactoryBins,
    _ place: HistogramDefaults
  ) -> Workspace.Modifier? {
    if element.name == "StatError" {
      guard element["Activate"] == "True",
        let uncertainties = statisticalUncertainties(element, nominal, place)
      else { return nil }
      return .init(name: "staterror_" + channel, kind: .staterror(uncertainties))
    }
    guard let kind = kind(element, nominal, place), let name = required("Name", of: element) else {
      return nil
    }
    return .init(name: name, kind: kind)
  }

  private func kind(
    _ element: MarkupElement, _ nominal: HistFactoryBins, _ place: HistogramDefaults
  ) -> Workspace.Modifier.Kind? {
    switch element.name {
    case "NormFactor": return .normfactor
    case "ShapeFactor": return .shapefactor
    case "OverallSys":
      guard let low = number("Low", of: element), let high = number("High", of: element) else {
        return nil
      }
      return .normsys(lo: low, hi: high)
    case "HistoSys":
      guard let low = template("Low", of: element, place),
        let high = template("High", of: element, place)
      else { return nil }
      return .histosys(lo: low, hi: high)
    case "ShapeSys":
      if let constraint = element["ConstraintType"], constraint != "Poisson" {
        omit("a shapesys has a Poisson constraint, not a '\(constraint)' one", at: element)
      }
      let place = place.overridden(by: element)
      guard let histogram = required("HistoName", of: element),
        let relative = self.histogram(
          histogram, directory: place.directory, file: place.file, at: element)
      else { return nil }
      return scaled(nominal, by: relative, at: element).map { .shapesys($0) }
    default:
      omit("a workspace has nothing for '\(element.name)'", at: element)
      return nil
    }
  }

  private func template(
    _ side: String, of element: MarkupElement, _ place: HistogramDefaults
  ) -> [Double]? {
    guard let name = required("HistoName" + side, of: element) else { return nil }
    return histogram(
      name, directory: element["HistoPath" + side] ?? place.directory,
      file: element["HistoFile" + side] ?? place.file, at: element)?.contents
  }

  /// Those of the nominal histogram, or relative ones of another.
  private func statisticalUncertainties(
    _ element: MarkupElement, _ nominal: HistFactoryBins, _ place: HistogramDefaults
  ) -> [Double]? {
    guard let name = element["HistoName"], !name.isEmpty else { return nominal.uncertainties }
    var place = place.overridden(by: element)
    place.file = element["HistoFile"] ?? place.file
    guard
      let relative = histogram(name, directory: place.directory, file: place.file, at: element)
    else { return nil }
    return scaled(nominal, by: relative, at: element)
  }

  /// Relative uncertainties made absolute.
  private func scaled(
    _ nominal: HistFactoryBins, by relative: HistFactoryBins, at element: MarkupElement
  ) -> [Double]? {
    guard relative.contents.count == nominal.contents.count else {
      report(
        "the relative uncertainties have \(relative.contents.count) bins, the sample has "
          + "\(nominal.contents.count)", at: element)
      return nil
    }
    return zip(nominal.contents, relative.contents).map { $0 * $1 }
  }

  private func configuration(_ element: MarkupElement) -> Workspace.ParameterConfiguration? {
    guard let name = required("Name", of: element), let value = number("Val", of: element),
      let low = number("Low", of: element), let high = number("High", of: element)
    else { return nil }
    guard low <= high else {
      report("'Low' is above 'High'", at: element)
      return nil
    }
    return .init(
      name: name, inits: [value], bounds: [low...high],
      isFixed: element["Const"].flatMap { $0.isEmpty ? nil : $0 == "True" })
  }
}
