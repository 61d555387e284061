// SPDX-License-Identifier: Apache-2.0
public import Artifacts

/// A scan as its author wrote it, checked whole: many runs over a parameter space, for one or more
/// contours.
public struct ScanSpecification: Sendable, Hashable, Codable {
  /// Whether points are chosen in rounds or whenever a run ends.
  public enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
    /// A batch is chosen when the one before is done: the same seed gives the same points.
    case rounds
    /// A point is chosen whenever there is room: reproducible given the log.
    case async
  }

  /// kebab-case, unique in a registry.
  public let name: String
  /// `NAME`, or `NAME@3` for one version.
  public let analysis: String
  /// Path of the signal family, relative to the folder of the scan file.
  public let signal: String
  /// One to six, in the order of all coordinates.
  public let parameters: [ScanParameter]
  /// Expressions over the parameters that hold at every point.
  public let constraints: [String]
  /// What contours are drawn of; empty only when none was named and the analysis was not looked at.
  public let outputs: [ScanOutput]
  /// Where points come from.
  public let strategy: ScanStrategy
  /// What an active scan begins with.
  public let design: ScanDesign
  /// Whether the surrogate may use derivatives of results where steps give them.
  public let usesGradients: Bool
  /// How an active scan chooses its points, and how many are proposed at once.
  public let acquisition: ScanAcquisition
  /// Whether points are chosen in rounds or whenever a run ends.
  public let mode: Mode
  /// A finished scan of the same parameters, as second fidelity; nil for none.
  public let warmStart: String?
  /// What becomes of points whose runs fail.
  public let failures: ScanFailures
  /// When the scan is finished.
  public let stop: ScanStop
  /// Of every random choice.
  public let seed: UInt64

  /// A scan from its parts, for programs that make scans; nothing is checked.
  public init(
    name: String, analysis: String, signal: String, parameters: [ScanParameter],
    constraints: [String] = [], outputs: [ScanOutput] = [],
    strategy: ScanStrategy = .active, design: ScanDesign = ScanDesign(), usesGradients: Bool = true,
    acquisition: ScanAcquisition = ScanAcquisition(), mode: Mode = .rounds,
    warmStart: String? = nil, failures: ScanFailures = ScanFailures(),
    stop: ScanStop = ScanStop(), seed: UInt64 = 0
  ) {
    self.name = name
    self.analysis = analysis
    self.signal = signal
    self.parameters = parameters
    self.constraints = constraints
    self.outputs = outputs
    self.strategy = strategy
    self.design = design
    self.usesGradients = usesGradients
    self.acquisition = acquisition
    self.mode = mode
    self.warmStart = warmStart
    self.failures = failures
    self.stop = stop
    self.seed = seed
  }

  /// The scan's identity; the signal's files have a fingerprint of their own.
  public func fingerprint() throws -> Fingerprint { try Fingerprint(ofCanonicalJSON: self) }
}
