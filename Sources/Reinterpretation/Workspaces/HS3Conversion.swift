// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// How the values of a shapesys are written in HS3, of which the standard (0.2) says nothing.
public enum ShapesysChoice: String, Sendable, Hashable, CaseIterable {
  /// Relative uncertainties, as ROOT reads and writes them.
  case relative
  /// Absolute uncertainties, as pyhs3 reads them.
  case absolute

  fileprivate var values: HS3ShapesysValues { self == .relative ? .relative : .absolute }
}

extension WorkspaceConversion {
  /// The workspace of one analysis of an HS3 document.
  ///
  /// What a workspace has no word for, such as interpolation codes, is told beside it.
  ///
  /// - Parameters:
  ///   - document: path of the HS3 JSON; "-" is standard input.
  ///   - analysis: its name; nil takes the first.
  ///   - shapesys: how values of a shapesys are to be read; nil takes the document's note, or
  ///     ROOT's reading.
  public static func workspace(
    ofHS3 document: String, analysis: String? = nil, shapesys: ShapesysChoice? = nil
  ) throws(Failure) -> WorkspaceText {
    try classified {
      let imported = try Workspace.importing(
        hs3: WorkspaceSource.bytes(of: document),
        source: document == "-" ? "standard input" : document, analysis: analysis,
        shapesysValues: shapesys?.values)
      return WorkspaceText(
        imported.workspace,
        omissions: imported.omissions.map(\.description) + omittedCodes(imported.options))
    }
  }

  /// A workspace doesn't say how its templates are interpolated: whoever uses it has to.
  private static func omittedCodes(_ options: ModelOptions) -> [String] {
    let usual = ModelOptions()
    var sentences: [String] = []
    func omit(_ type: String, _ code: String) {
      sentences.append(
        "that \(type) is interpolated by \(code); say so with --\(type) \(code) wherever the "
          + "workspace is used.")
    }
    if options.histosys != usual.histosys { omit("histosys", options.histosys.rawValue) }
    if options.normsys != usual.normsys { omit("normsys", options.normsys.rawValue) }
    return sentences
  }
}

extension WorkspaceSource {
  /// The workspace in the HEP Statistics Serialization Standard (HS3 0.2), with an analysis for each
  /// measurement, or for the chosen one alone.
  public func hs3(shapesys: ShapesysChoice = .relative) throws(Failure) -> WorkspaceText {
    try classifiedWithName {
      var workspace = try workspace()
      if let measurement { workspace.measurements.removeAll { $0.name != measurement } }
      return WorkspaceText(
        try workspace.hs3Data(
          options: options, shapesysValues: shapesys.values),
        omissions: minimumSampleYield == nil && minimumBinYield == nil
          ? [] : ["the lower limit of yields, for which HS3 has no word."])
    }
  }
}
