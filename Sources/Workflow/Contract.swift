// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation

/// What flows between steps; checked when a plan's edges are.
public struct PortType: RawRepresentable, Sendable, Hashable, Codable {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public static let events = PortType(rawValue: "events")
  public static let yields = PortType(rawValue: "yields")
  public static let workspace = PortType(rawValue: "workspace")
  public static let crossSection = PortType(rawValue: "cross-section")
  public static let patch = PortType(rawValue: "patch")
  public static let signalSample = PortType(rawValue: "signal-sample")
  public static let json = PortType(rawValue: "json")
  /// A file of any kind (what `command` makes, and `file.PATH`).
  public static let file = PortType(rawValue: "file")
}
public struct Port: Sendable, Hashable {
  public let name: String
  public let accepted: [PortType]
  public let isRequired: Bool
  /// An output has one type; an input lists what it accepts (.file is accepted from file.PATH everywhere a file makes sense).
  public init(_ name: String, _ accepted: PortType..., isRequired: Bool = true) {
    self.name = name
    self.accepted = accepted
    self.isRequired = isRequired
  }
}
/// Where an input comes from.
public enum Reference: Sendable, Hashable, Codable {
  case signal(String)
  case file(String)
  case output(step: String, name: String)
}
public struct StepSpecification: Sendable {
  public let id: String, kind: String
  public let inputs: [(name: String, reference: Reference)]
  /// Canonical JSON of the kind's typed parameters.
  public let parameters: Data
  public let location: SourceLocation
}
/// Columns a signal's events must have ("signal.events.columns").
public struct EventColumn: Sendable, Hashable, Codable {
  public enum Scalar: String, Sendable, Hashable, Codable, CaseIterable { case bool, int, float, double }
  public let name: String  // "MET_pt", or "Jet_pt" for field pt of Jet
  public let collection: String?
  public let type: Scalar
  public let isOptional: Bool  // written "float?"
}
/// What a signal must bring ("signal:" of analysis.yaml).
public struct SignalDeclaration: Sendable, Hashable, Codable {
  public enum Presence: String, Sendable, Hashable, Codable, CaseIterable { case required, optional }
  public let events: [EventColumn]?
  /// Region name → number of bins.
  public let yields: [String: Int]?
  public let patch: Presence?
  public let crossSection: Presence?
}
public struct AnalysisSpecification: Sendable {
  public let name: String, title: String, references: [String]
  /// fb⁻¹
  public let luminosity: Double?
  public let signal: SignalDeclaration
  public let steps: [StepSpecification]
  /// Glob patterns relative to the folder.
  public let validationSignals: String?, validationExpected: String?
  /// Paths of file.PATH references, sorted.
  public let files: [String]
  /// All diagnostics at once. directory: file references must exist in it (nil: not checked).
  public init(yaml: String, file: String, directory: URL?, catalog: StepCatalog) throws(InvalidSpecification) { fatalError("contract stub") }
  /// Of the canonical spec and file digests: the version's identity.
  public func fingerprint(files: [String: Artifact]) throws -> Fingerprint { fatalError("contract stub") }
}
/// σ, with what multiplies it each on its own. Picobarns.
public struct CrossSection: Sendable, Hashable, Codable {
  public var value: Double, uncertainty: Double?, kFactor: Double, branchingRatio: Double, filterEfficiency: Double
  public init(picobarns value: Double, uncertainty: Double? = nil, kFactor: Double = 1, branchingRatio: Double = 1, filterEfficiency: Double = 1) {
    self.value = value
    self.uncertainty = uncertainty
    self.kFactor = kFactor
    self.branchingRatio = branchingRatio
    self.filterEfficiency = filterEfficiency
  }
  /// σ·k·BR·ε_filter, pb.
  public var effective: Double { value * kFactor * branchingRatio * filterEfficiency }
}
public struct Luminosity: Sendable, Hashable, Codable {
  public let inverseFemtobarns: Double
  public init(inverseFemtobarns: Double) { self.inverseFemtobarns = inverseFemtobarns }
  /// Expected events: the only place that knows the 1000 between pb and fb.
  public static func * (crossSection: CrossSection, luminosity: Luminosity) -> Double { crossSection.effective * luminosity.inverseFemtobarns * 1000 }
}
/// What a step is handed: files by digest, or a value as canonical JSON, or both (events: files and how to read them).
public struct StepInput: Sendable, Hashable, Codable {
  public var artifacts: [Artifact]
  public var value: Data?
  public init(artifacts: [Artifact] = [], value: Data? = nil) {
    self.artifacts = artifacts
    self.value = value
  }
}
/// The value of a signal's events input, beside its artifacts (same order as files).
public struct EventsDescriptor: Sendable, Hashable, Codable {
  public var format: String, tree: String?, renames: [String: String]
  /// Σw of all generated events by weight column, when the file was skimmed.
  public var sumOfWeights: [String: Double]?
  public var entries: Int?
  public init(format: String, tree: String?, renames: [String: String] = [:], sumOfWeights: [String: Double]? = nil, entries: Int? = nil) {
    self.format = format
    self.tree = tree
    self.renames = renames
    self.sumOfWeights = sumOfWeights
    self.entries = entries
  }
}
/// The value of a signal's yields input: expected events at the analysis' luminosity.
public struct SignalYields: Sendable, Hashable, Codable {
  public struct Region: Sendable, Hashable, Codable { public var values: [Double], uncertainties: [Double]? 
    public init(values: [Double], uncertainties: [Double]? = nil) {
      self.values = values
      self.uncertainties = uncertainties
    }
  }
  public var regions: [String: Region]
  public init(regions: [String: Region]) { self.regions = regions }
}
/// A signal, its files in the store. inputs: "events", "yields", "patch", "cross_section_pb".
public struct Signal: Sendable, Hashable, Codable {
  public let name: String, point: [String: Double]
  public let inputs: [String: StepInput]
  public init(name: String, point: [String: Double], inputs: [String: StepInput]) {
    self.name = name
    self.point = point
    self.inputs = inputs
  }
  /// Parses signal.yaml, checks it against what the analysis needs, puts its files into the store; all problems at once.
  /// Paths in the YAML are relative to it and stay inside its folder or its parents' data (no "..": see DESIGN §8).
  public init(yaml: String, file: URL, for analysis: AnalysisSpecification, store: ArtifactStore) throws { fatalError("contract stub") }
  public func fingerprint() throws -> Fingerprint { try Fingerprint(ofCanonicalJSON: self) }
}
/// Closed vocabulary of result rows.
public enum Quantity: String, Sendable, Hashable, Codable, CaseIterable {
  case cls, cls_sb, cls_b, cls_expected, upper_limit, upper_limit_expected, mu_hat, twice_nll, p0, significance
  case yield, yield_uncertainty, acceptance_times_efficiency
  case cross_section_upper_limit, cross_section_upper_limit_expected
  case visible_cross_section_upper_limit
  case cutflow, missing_values, nonfinite_values, best_fit
}
public struct ResultValue: Sendable, Hashable, Codable {
  public var quantity: Quantity, subject: String?, sigma: Int?, value: Double, uncertainty: Double?
  public var entries: Int?, sumW: Double?, sumW2: Double?, unit: String?
  public init(_ quantity: Quantity, subject: String? = nil, sigma: Int? = nil, value: Double, uncertainty: Double? = nil, entries: Int? = nil, sumW: Double? = nil, sumW2: Double? = nil, unit: String? = nil) {
    self.quantity = quantity
    self.subject = subject
    self.sigma = sigma
    self.value = value
    self.uncertainty = uncertainty
    self.entries = entries
    self.sumW = sumW
    self.sumW2 = sumW2
    self.unit = unit
  }
}
public struct StepOutput: Sendable, Hashable {
  public var artifacts: [String: Artifact]
  public var results: [ResultValue]
  public init(artifacts: [String: Artifact] = [:], results: [ResultValue] = []) {
    self.artifacts = artifacts
    self.results = results
  }
}
/// A program to run: an argument array, never a shell string.
public struct ProgramInvocation: Sendable, Hashable {
  public var arguments: [String], environment: [String: String], directory: URL, timeLimit: Duration, outputLimit: Int
  public init(arguments: [String], environment: [String: String] = [:], directory: URL, timeLimit: Duration, outputLimit: Int = 1 << 20) {
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.timeLimit = timeLimit
    self.outputLimit = outputLimit
  }
}
public struct ProgramResult: Sendable, Hashable {
  public var exitCode: Int32?, signal: Int32?, timedOut: Bool, standardOutput: String, standardError: String
  public init(exitCode: Int32?, signal: Int32?, timedOut: Bool, standardOutput: String, standardError: String) {
    self.exitCode = exitCode
    self.signal = signal
    self.timedOut = timedOut
    self.standardOutput = standardOutput
    self.standardError = standardError
  }
}
/// Where programs run; Scheduling gives the one on swift-subprocess (own process group, time limit, torn down whole).
public protocol ProgramRunner: Sendable { func run(_ program: ProgramInvocation) async throws -> ProgramResult }
public struct StepContext: Sendable {
  public let stepID: String, inputs: [String: StepInput], seed: UInt64, luminosity: Double?
  public let store: ArtifactStore
  /// An empty folder of this execution, removed afterwards.
  public let scratch: URL
  public let programs: any ProgramRunner
  /// A line for the step's log.
  public let log: @Sendable (String) -> Void
  public init(stepID: String, inputs: [String: StepInput], seed: UInt64, luminosity: Double?, store: ArtifactStore, scratch: URL, programs: any ProgramRunner, log: @escaping @Sendable (String) -> Void) {
    self.stepID = stepID
    self.inputs = inputs
    self.seed = seed
    self.luminosity = luminosity
    self.store = store
    self.scratch = scratch
    self.programs = programs
    self.log = log
  }
}
/// What a kind may look at while its parameters are checked.
public struct ParameterContext {
  public let signal: SignalDeclaration
  public let luminosity: Double?
  public let diagnostics: Diagnostics
  /// The step's whole mapping, for fields beside parameters.
  public let step: SpecificationNode
}
public struct Ports: Sendable {
  public var inputs: [Port], outputs: [Port]
  public init(inputs: [Port], outputs: [Port]) {
    self.inputs = inputs
    self.outputs = outputs
  }
}
/// A kind of step. Pure in its inputs, parameters and (if usesSeed) seed.
public protocol StepKind: Sendable {
  associatedtype Parameters: Codable & Sendable
  static var name: String { get }
  /// Bump when outputs change for the same inputs: everything downstream is recomputed.
  static var version: Int { get }
  static var usesSeed: Bool { get }
  /// Results depend on the analysis' luminosity, which then goes into the fingerprint.
  static var usesLuminosity: Bool { get }
  /// Typed parameters, or nil after reporting; node is nil when the step has no `parameters`.
  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters?
  func ports(for parameters: Parameters) -> Ports
  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput
}
extension StepKind {
  public static var usesSeed: Bool { false }
  public static var usesLuminosity: Bool { false }
}
public struct StepCatalog: Sendable {
  public let kinds: [String: any StepKind]
  public init(_ kinds: [any StepKind]) { self.kinds = Dictionary(uniqueKeysWithValues: kinds.map { (type(of: $0).name, $0) }) }
}
public enum PlannedInput: Sendable, Hashable {
  case resolved(StepInput)
  case output(step: String, name: String)
}
public struct PlannedStep: Sendable {
  public let id: String, kind: String, kindVersion: Int
  public let fingerprint: Fingerprint
  /// Named parts of the fingerprint (kind, version, parameters, input.events …) → digest, so that a change can be told.
  public let components: [String: String]
  public let parameters: Data
  public let inputs: [String: PlannedInput]
  public let predecessors: [String]
  public let dependsOnSignal: Bool
}
/// A static graph in topological order with every fingerprint known before anything runs.
public struct Plan: Sendable {
  public let steps: [PlannedStep]
  public let luminosity: Double?, seed: UInt64
  public let fingerprint: Fingerprint
  public init(_ analysis: AnalysisSpecification, files: [String: Artifact], signal: Signal, seed: UInt64 = 0, catalog: StepCatalog) throws { fatalError("contract stub") }
}
