// SPDX-License-Identifier: Apache-2.0

extension XMLReader {
  /// The measurements of a combination's file.
  ///
  /// - Parameter parameters: what normfactors of the channels say.
  func measurements(
    _ parameters: [Workspace.ParameterConfiguration]
  ) -> [Workspace.Measurement] {
    root.all("Measurement").compactMap { measurement($0, parameters) }
  }

  private func measurement(
    _ element: MarkupElement, _ parameters: [Workspace.ParameterConfiguration]
  ) -> Workspace.Measurement? {
    guard let name = required("Name", of: element), let lumi = luminosity(element) else {
      return nil
    }
    guard let poi = element.all("POI").first else {
      report("measurement '\(name)' names no parameter of interest: add 'POI'", at: element)
      return nil
    }
    for term in element.all("ConstraintTerm") {
      omit(
        "constraints are normal or Poisson by their modifier, not '\(term["Type"] ?? "")' "
          + "('\(term.trimmedText)')", at: term)
    }
    for bound in ["BinLow", "BinHigh"] where element[bound] != nil {
      omit("'\(bound)' is not applied: all bins are taken", at: element)
    }
    var all = [lumi] + parameters
    for setting in element.all("ParamSetting") { apply(setting, to: &all) }
    return .init(name: name, poi: poi.trimmedText, parameters: all)
  }

  /// The luminosity's constraint; one without width is a constant.
  private func luminosity(_ element: MarkupElement) -> Workspace.ParameterConfiguration? {
    guard let value = number("Lumi", of: element),
      let relative = number("LumiRelErr", of: element)
    else { return nil }
    let width = value * relative
    guard width >= 0 else {
      report("the luminosity has the negative uncertainty \(width)", at: element)
      return nil
    }
    var lumi = Workspace.ParameterConfiguration(
      name: "lumi", inits: [value], bounds: [value - 5 * width...value + 5 * width],
      auxiliaryData: [value], sigmas: [width])
    if width == 0 {
      omit("a luminosity without uncertainty is fixed, and its constraint has width 1", at: element)
      lumi.sigmas = [1]
      lumi.isFixed = true
    }
    return lumi
  }

  /// Values and constness of the parameters a setting names, by ROOT's names. A parameter that had
  /// an entry moves to the end, as in pyhf's output.
  private func apply(
    _ setting: MarkupElement, to parameters: inout [Workspace.ParameterConfiguration]
  ) {
    let isFixed = setting["Const"].flatMap { $0.isEmpty ? nil : $0 == "True" }
    let value = setting["Val"].flatMap { $0.isEmpty ? nil : $0 }.map {
      number($0, "Val", of: setting)
    }
    let names = setting.text.split { " \n\r\t".contains($0) }.map(String.init)
    for written in names {
      guard let name = name(ofROOTs: written, at: setting) else { continue }
      let position = parameters.firstIndex { $0.name == name }
      var parameter = position.map { parameters[$0] } ?? .init(name: name)
      if let isFixed { parameter.isFixed = isFixed }
      if let value, let value { parameter.inits = [value] }
      if name == "lumi" {
        parameters[0] = parameter
      } else {
        if let position { parameters.remove(at: position) }
        parameters.append(parameter)
      }
    }
  }

  /// "Lumi", "alpha_jes", "mu" in pyhf's names.
  private func name(ofROOTs name: String, at element: MarkupElement) -> String? {
    if name == "Lumi" { return "lumi" }
    if name.hasPrefix("gamma_") {
      report(
        "single bins of a parameter can't be set, but '\(name)' is one; remove it", at: element)
      return nil
    }
    return name.hasPrefix("alpha_") ? String(name.dropFirst(6)) : name
  }
}
