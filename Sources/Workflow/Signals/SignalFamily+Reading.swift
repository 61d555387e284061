// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation

extension SignalFamily {
  /// Reads the signal file of a scan, checks it against what the analysis needs, and puts its files
  /// into the store.
  ///
  /// Paths are relative to the folder of the file and stay inside it. Nothing is stored when
  /// anything is wrong.
  ///
  /// - Parameters:
  ///   - yaml: the text of the file.
  ///   - file: where it lies; its path as given is its name in diagnostics.
  ///   - analysis: what says which parts a signal brings.
  ///   - parameters: names of the scan's parameters, which tables, members and arguments are
  ///     checked against; nil when they are not known.
  ///   - store: where its files go.
  /// - Throws: `InvalidSpecification` with everything that is wrong, or `ArtifactError`.
  public init(
    yaml: String, file: URL, for analysis: AnalysisSpecification, parameters: [String]? = nil,
    store: ArtifactStore
  ) throws {
    try self.init(
      yaml: yaml, file: file, for: analysis, parameters: parameters, intake: .storing(in: store))
  }

  /// Reads and checks the file as the other initialiser does and stores nothing: files are hashed
  /// where they lie.
  public init(
    yaml: String, file: URL, for analysis: AnalysisSpecification, parameters: [String]? = nil
  ) throws {
    try self.init(
      yaml: yaml, file: file, for: analysis, parameters: parameters, intake: .describing)
  }

  private init(
    yaml: String, file: URL, for analysis: AnalysisSpecification, parameters: [String]?,
    intake: FileIntake
  ) throws {
    let root = try SpecificationNode.parse(yaml, file: file.relativePath)
    let diagnostics = Diagnostics()
    let directory = file.deletingLastPathComponent()
    let folder = SpecificationFolder(
      directory: directory, cure: "put the file beside the signal file")
    let draft = FamilyReader(
      analysis: analysis, parameters: parameters, folder: folder, diagnostics: diagnostics
    ).read(root)
    try diagnostics.throwIfInvalid()
    guard let draft else { throw InvalidSpecification("no signal", at: root.location) }
    self.init(
      name: draft.name, crossSection: try draft.crossSection?.source(intake),
      source: try Source(draft.source, in: directory, intake))
  }
}

extension SignalFamily.Source {
  /// Takes a draft's files in.
  fileprivate init(_ draft: DraftFamily.Source, in directory: URL, _ intake: FileIntake) throws {
    switch draft {
    case .efficiencyMap(let bytes, let path, let table, let step, let output):
      let artifact = try intake.bytes(bytes, MediaType.ofFile(named: path))
      self = .efficiencyMap(
        EfficiencyMap(file: artifact, parameters: table.parameters, step: step, output: output))
    case .signals(let members, let match):
      let signals = try members.map { try Signal($0.draft, in: $0.folder, intake: intake) }
      self = .signals(SignalPool(signals: signals, match: match))
    case .patchSet(let path, let patches, let match):
      self = .patchSet(
        PatchSetPool(
          file: try intake.artifact(path, in: directory), patches: patches, match: match))
    case .generator(let draft):
      let files = try draft.files.map { ($0, try intake.artifact($0, in: directory)) }
      self = .generator(
        Generator(
          arguments: draft.arguments, files: Dictionary(files) { first, _ in first },
          outputs: draft.outputs, events: draft.events, timeLimit: draft.timeLimit))
    }
  }
}
