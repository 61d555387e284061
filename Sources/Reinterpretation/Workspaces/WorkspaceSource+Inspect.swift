// SPDX-License-Identifier: Apache-2.0
import HistFactory

extension WorkspaceSource {
  /// What the workspace holds. Needs no parameter of interest and fits nothing.
  public func inspect() throws(Failure) -> WorkspaceSummary {
    try classified { try WorkspaceSummary(workspace()) }
  }
}

extension WorkspaceSummary {
  init(_ workspace: Workspace) {
    let bins = Dictionary(
      workspace.observations.map { ($0.name, $0.data.count) },
      uniquingKeysWith: { first, _ in first })
    let samples = workspace.channels.flatMap(\.samples)
    var kinds: [String: [Workspace.Modifier.Kind]] = [:]
    for modifier in samples.flatMap(\.modifiers) {
      kinds[modifier.name, default: []].append(modifier.kind)
    }
    self.init(
      channels: workspace.channels
        .map { Channel(name: $0.name, bins: $0.samples.first?.data.count ?? bins[$0.name] ?? 0) }
        .sorted { $0.name < $1.name },
      samples: Set(samples.map(\.name)).sorted(),
      parameters:
        kinds
        .map { name, kinds in
          Parameter(
            name: name,
            constraint: kinds.first?.constraintName ?? "unconstrained",
            modifiers: Set(kinds.map(\.typeName)).sorted())
        }
        .sorted { $0.name < $1.name },
      measurements: workspace.measurements.map {
        Measurement(name: $0.name, poi: $0.poi, parameters: $0.parameters.map(\.name))
      })
  }
}

extension Workspace.Modifier.Kind {
  /// The modifier's type as the workspace schema spells it.
  var typeName: String {
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

  /// pyhf's name of what constrains this type's parameter.
  var constraintName: String {
    switch self {
    case .normfactor, .shapefactor: "unconstrained"
    case .lumi, .normsys, .histosys, .staterror: "constrained_by_normal"
    case .shapesys: "constrained_by_poisson"
    }
  }
}
