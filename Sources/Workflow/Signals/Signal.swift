// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation

/// What a user brings to an analysis; its files are in the store.
public struct Signal: Sendable, Hashable, Codable {
  /// The user's name for it; no part of any step's fingerprint.
  public let name: String
  /// Parameters with their units in their names, as in `m_sq_gev`; no part of any step's
  /// fingerprint.
  public let point: [String: Double]
  /// By part: `events` (files and an `EventsDescriptor`), `yields` (a `SignalYields`), `patch` (a
  /// file and a `PatchDescriptor`), `cross_section_pb` (a `CrossSection`); `file.PATH` is a file of
  /// the generator, and `STEP.OUTPUT` stands in for what a step of the analysis would make.
  public let inputs: [String: StepInput]
  /// A program that makes parts of the signal when it is run; nil for ready signals.
  public let generator: GeneratorStep?

  /// A signal from its parts, for programs that make signals.
  public init(
    name: String, point: [String: Double], inputs: [String: StepInput],
    generator: GeneratorStep? = nil
  ) {
    self.name = name
    self.point = point
    self.inputs = inputs
    self.generator = generator
  }

  /// Reads `signal.yaml`, checks it against what the analysis needs, and puts its files into the
  /// store.
  ///
  /// Paths are relative to the folder of the file and stay inside it. Nothing is stored when
  /// anything is wrong. Whether event files have the declared columns is for the step that reads
  /// them to say.
  ///
  /// - Parameters:
  ///   - yaml: the text of `signal.yaml`.
  ///   - file: where it lies; its path as given is its name in diagnostics.
  ///   - analysis: what says which parts a signal brings.
  ///   - store: where its files go.
  /// - Throws: `InvalidSpecification` with everything that is wrong, or `ArtifactError`.
  public init(yaml: String, file: URL, for analysis: AnalysisSpecification, store: ArtifactStore)
    throws
  {
    try self.init(yaml: yaml, file: file, for: analysis, intake: .storing(in: store))
  }

  /// Reads and checks `signal.yaml` as the other initialiser does and stores nothing: files are
  /// hashed where they lie. For checks, and for plans of what has not been brought yet.
  public init(yaml: String, file: URL, for analysis: AnalysisSpecification) throws {
    try self.init(yaml: yaml, file: file, for: analysis, intake: .describing)
  }

  private init(
    yaml: String, file: URL, for analysis: AnalysisSpecification, intake: FileIntake
  ) throws {
    let root = try SpecificationNode.parse(yaml, file: file.relativePath)
    let diagnostics = Diagnostics()
    let folder = SpecificationFolder(
      directory: file.deletingLastPathComponent(), cure: "put the file beside the signal file")
    let draft = SignalReader(
      declaration: analysis.signal, folder: folder, diagnostics: diagnostics
    ).read(root)
    try diagnostics.throwIfInvalid()
    try self.init(draft, in: file.deletingLastPathComponent(), intake: intake)
  }

  /// Takes a draft's files in.
  init(_ draft: DraftSignal, in directory: URL, intake: FileIntake) throws {
    var inputs: [String: StepInput] = [:]
    for (part, input) in draft.inputs {
      let artifacts = try input.files.map { try intake.artifact($0, in: directory) }
      inputs[part.rawValue] = StepInput(artifacts: artifacts, value: input.value)
    }
    for path in draft.generator?.files ?? [] {
      inputs["file.\(path)"] = StepInput(artifacts: [try intake.artifact(path, in: directory)])
    }
    let generator = draft.generator.map {
      GeneratorStep(
        arguments: $0.arguments.map { GeneratorPlaceholder.fill($0, at: draft.point) },
        files: $0.files, outputs: $0.outputs, events: $0.events, timeLimit: $0.timeLimit)
    }
    self.init(name: draft.name, point: draft.point, inputs: inputs, generator: generator)
  }

  /// The signal's identity, with name and point.
  public func fingerprint() throws -> Fingerprint { try Fingerprint(ofCanonicalJSON: self) }
}
