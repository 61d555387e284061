// SPDX-License-Identifier: Apache-2.0

/// Parts of a workspace by name: what to prune.
public struct WorkspaceSelection: Sendable, Hashable {
  /// Channels, with their observations.
  public var channels: [String]
  /// Samples, in every channel that has them.
  public var samples: [String]
  /// Modifiers of any type, on every sample, with what measurements say of their parameters.
  public var modifiers: [String]
  /// Types of modifiers as the schema spells them: "histosys".
  public var modifierTypes: [String]
  /// Measurements.
  public var measurements: [String]

  /// A selection; what isn't given is empty.
  public init(
    channels: [String] = [], samples: [String] = [], modifiers: [String] = [],
    modifierTypes: [String] = [], measurements: [String] = []
  ) {
    self.channels = channels
    self.samples = samples
    self.modifiers = modifiers
    self.modifierTypes = modifierTypes
    self.measurements = measurements
  }
}

/// New names by old names.
public struct WorkspaceRenaming: Sendable, Hashable {
  /// Of channels, with their observations.
  public var channels: [String: String]
  /// Of samples, in every channel that has them.
  public var samples: [String: String]
  /// Of modifiers, with their parameters in measurements.
  public var modifiers: [String: String]
  /// Of measurements.
  public var measurements: [String: String]

  /// A renaming; what isn't given keeps its name.
  public init(
    channels: [String: String] = [:], samples: [String: String] = [:],
    modifiers: [String: String] = [:], measurements: [String: String] = [:]
  ) {
    self.channels = channels
    self.samples = samples
    self.modifiers = modifiers
    self.measurements = measurements
  }
}

/// The names a workspace has, for telling which of those asked for it does not have.
struct WorkspaceNames {
  let channels: [String]
  let samples: [String]
  let modifiers: [String]
  let modifierTypes: [String]
  let measurements: [String]

  init(_ workspace: Workspace) {
    func unique(_ names: [String]) -> [String] { Set(names).sorted(by: precedes) }
    let samples = workspace.channels.flatMap(\.samples), modifiers = samples.flatMap(\.modifiers)
    channels = unique(workspace.channels.map(\.name))
    self.samples = unique(samples.map(\.name))
    self.modifiers = unique(modifiers.map(\.name))
    modifierTypes = unique(modifiers.map(\.kind.name))
    measurements = unique(workspace.measurements.map(\.name))
  }

  /// Throws if a selection names what there isn't.
  func check(_ selection: WorkspaceSelection, to verb: String) throws(InvalidWorkspace) {
    let problems =
      Self.problems(selection.channels, among: channels, "channel", verb)
      + Self.problems(selection.samples, among: samples, "sample", verb)
      + Self.problems(selection.modifiers, among: modifiers, "modifier", verb)
      + Self.problems(selection.modifierTypes, among: modifierTypes, "modifier type", verb)
      + Self.problems(selection.measurements, among: measurements, "measurement", verb)
    if !problems.isEmpty { throw InvalidWorkspace(source: "workspace", problems: problems) }
  }

  private static func problems(
    _ names: [String], among known: [String], _ thing: String, _ verb: String
  ) -> [InvalidWorkspace.Problem] {
    names.filter { !known.contains($0) }.sorted(by: precedes).map { name in
      let cure =
        Spelling.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
        ?? "there are: " + known.map { "'\($0)'" }.joined(separator: ", ")
      return InvalidWorkspace.Problem(
        source: "workspace", path: "",
        message: "there is no \(thing) '\(name)' to \(verb); \(cure)")
    }
  }
}

extension Workspace {
  /// The workspace if it is one by the rules for files; a sentence for everything that is wrong.
  func checked(_ source: String) throws(InvalidWorkspace) -> Workspace {
    try WorkspaceReader.workspace(from: WorkspaceDocument(root: json, source: source))
  }
}
