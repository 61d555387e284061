// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation

/// An analysis as its author wrote it, checked whole: what is made of this needs no further check.
///
/// Edges between steps come from `inputs` only. There is no cycle, every reference leads somewhere
/// of the right type, and every kind has accepted its parameters.
public struct AnalysisSpecification: Sendable {
  /// kebab-case.
  public let name: String
  /// One line for people.
  public let title: String
  /// As in `arXiv:2010.14293`.
  public let references: [String]
  /// fb⁻¹, positive.
  public let luminosity: Double?
  /// What a signal must bring.
  public let signal: SignalDeclaration
  /// Steps in the order of the file.
  public let steps: [StepSpecification]
  /// Glob pattern relative to the folder: signals to verify the analysis with.
  public let validationSignals: String?
  /// Glob pattern relative to the folder: what these must give.
  public let validationExpected: String?
  /// Paths of `file.PATH` references, sorted, each once.
  public let files: [String]
  /// What a user should know about a file that can be used all the same, in order.
  public private(set) var warnings: [Diagnostic] = []
  /// Digest of what is written, without comments, layout and order of keys and steps.
  let written: Fingerprint

  /// Reads an analysis.
  ///
  /// - Parameters:
  ///   - yaml: the text of `analysis.yaml`.
  ///   - file: the file's name in diagnostics.
  ///   - directory: the folder in which `file.PATH` references must exist; nil when they are not
  ///     to be looked at, as for a version that is preserved already.
  ///   - catalog: the kinds of steps there are.
  /// - Throws: everything that is wrong, at once.
  public init(yaml: String, file: String, directory: URL?, catalog: StepCatalog)
    throws(InvalidSpecification)
  {
    let root = try SpecificationNode.parse(yaml, file: file)
    let diagnostics = Diagnostics()
    let reader = AnalysisReader(
      root: root, folder: directory, catalog: catalog, diagnostics: diagnostics)
    let analysis = reader.read()
    try diagnostics.throwIfInvalid()
    guard let analysis else { throw InvalidSpecification("no analysis", at: root.location) }
    self = analysis
    warnings = diagnostics.all.sorted()
  }

  init(
    name: String, title: String, references: [String], luminosity: Double?,
    signal: SignalDeclaration, steps: [StepSpecification], validationSignals: String?,
    validationExpected: String?, written: Fingerprint
  ) {
    self.name = name
    self.title = title
    self.references = references
    self.luminosity = luminosity
    self.signal = signal
    self.steps = steps
    self.validationSignals = validationSignals
    self.validationExpected = validationExpected
    self.written = written
    let paths = steps.flatMap(\.inputs).compactMap { input in
      if case .file(let path) = input.reference { path } else { nil }
    }
    files = Set(paths).sorted()
  }

  /// The version's identity: of what is written and of the digests of the files that belong to it.
  ///
  /// Comments, layout and the order of keys and steps in `analysis.yaml` are no part of it (a file
  /// of that name is passed over); everything else is, also title, README and expected results.
  public func fingerprint(files: [String: Artifact]) throws -> Fingerprint {
    struct Identity: Encodable {
      let written: Fingerprint
      let files: [String: Fingerprint]
    }
    let digests = files.filter { $0.key != "analysis.yaml" }.mapValues(\.digest)
    return try Fingerprint(ofCanonicalJSON: Identity(written: written, files: digests))
  }
}

/// A step as its author wrote it.
public struct StepSpecification: Sendable {
  /// kebab-case, unique in the analysis.
  public let id: String
  /// The name of a kind in the catalog.
  public let kind: String
  /// Inputs in the order of the file.
  public let inputs: [(name: String, reference: Reference)]
  /// What it makes, as its kind says.
  public let outputs: [Port]
  /// Canonical JSON of the kind's typed parameters.
  public let parameters: Data
  /// Where the step begins.
  public let location: SourceLocation

  /// A step from its parts.
  package init(
    id: String, kind: String, inputs: [(name: String, reference: Reference)], outputs: [Port],
    parameters: Data, location: SourceLocation
  ) {
    self.outputs = outputs
    self.id = id
    self.kind = kind
    self.inputs = inputs
    self.parameters = parameters
    self.location = location
  }
}
