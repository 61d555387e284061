// SPDX-License-Identifier: Apache-2.0

extension Workspace {
  /// The workspace of HistFactory XML (CERN-OPEN-2012-016, §5) and its histograms, as pyhf's
  /// `xml2json` makes it.
  ///
  /// - Parameters:
  ///   - xml: the combination's file.
  ///   - source: its name in sentences.
  ///   - files: the channels' files and the histograms, by the paths that the XML says.
  /// - Returns: the workspace, and what it has no word for.
  /// - Throws: everything that is wrong, with line and column.
  public static func importing(
    xml: [UInt8], source: String = "combination", files: any HistFactoryFiles
  ) throws(InvalidWorkspace) -> ImportedWorkspace {
    let combination = try XMLReader(xml, source: source, files: files)
    guard combination.root.name == "Combination" else {
      throw InvalidWorkspace(
        source: source,
        problems: [
          .init(
            source: source, path: combination.root.name,
            message: "the file must have a 'Combination' that names the channels' files")
        ])
    }
    var channels: [ImportedChannel] = []
    var problems: [InvalidWorkspace.Problem] = []
    var omissions: [InvalidWorkspace.Problem] = []
    for input in combination.root.all("Input") where !input.text.isEmpty {
      let path = input.trimmedText
      do {
        let reader = try XMLReader(try files.text(path), source: path, files: files)
        if let channel = reader.channel() { channels.append(channel) }
        problems += reader.problems
        omissions += reader.omissions
      } catch let error as InvalidWorkspace {
        problems += error.problems
      } catch {
        combination.report("\(error)", at: input)
      }
    }
    for function in combination.root.all("Function") {
      combination.omit("a workspace has no functions of parameters", at: function)
    }
    let parameters = unique(channels.flatMap(\.parameters)) { name in
      combination.report(
        "the normfactors '\(name)' have different values or bounds; make them equal",
        at: combination.root)
    }
    let measurements = combination.measurements(parameters)
    problems += combination.problems
    guard problems.isEmpty else { throw InvalidWorkspace(source: source, problems: problems) }
    let workspace = Workspace(
      channels: channels.map(\.channel), observations: channels.map(\.observation),
      measurements: measurements)
    return ImportedWorkspace(
      workspace: try workspace.checked(source), omissions: omissions + combination.omissions)
  }

  /// Each configuration once.
  private static func unique(
    _ configurations: [ParameterConfiguration], clash: (String) -> Void
  ) -> [ParameterConfiguration] {
    var unique: [ParameterConfiguration] = []
    for configuration in configurations {
      guard let known = unique.first(where: { $0.name == configuration.name }) else {
        unique.append(configuration)
        continue
      }
      if known != configuration { clash(configuration.name) }
    }
    return unique
  }
}
