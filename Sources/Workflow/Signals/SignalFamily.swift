// SPDX-License-Identifier: Apache-2.0
public import Artifacts

/// Signals of every point of a parameter space; its files are in the store.
public struct SignalFamily: Sendable, Hashable, Codable {
  /// Where a signal at a point comes from.
  public enum Source: Sendable, Hashable, Codable {
    /// A table of efficiencies, interpolated.
    case efficiencyMap(EfficiencyMap)
    /// Ready signals at points of their own.
    case signals(SignalPool)
    /// The patches of a patchset.
    case patchSet(PatchSetPool)
    /// A program.
    case generator(Generator)
  }

  /// Whether a point takes only a member that is exactly there.
  public enum Match: String, Sendable, Hashable, Codable, CaseIterable {
    /// Points are those of the members and no others.
    case exact
    /// Any point takes its nearest member, each parameter measured in its range.
    case nearest
  }

  /// The family's name; signals are named after it.
  public let name: String
  /// Where cross sections come from; nil when the members or the generator have their own, and
  /// when the analysis needs none.
  public let crossSection: CrossSectionSource?
  /// Where signals come from.
  public let source: Source

  init(name: String, crossSection: CrossSectionSource?, source: Source) {
    self.name = name
    self.crossSection = crossSection
    self.source = source
  }

  /// The family's identity.
  public func fingerprint() throws -> Fingerprint { try Fingerprint(ofCanonicalJSON: self) }
}

/// Efficiencies of each region on a set of points, in place of a step's output.
public struct EfficiencyMap: Sendable, Hashable, Codable {
  /// The CSV file; `EfficiencyTable` reads it.
  public let file: Artifact
  /// Its parameters, in the order of its columns.
  public let parameters: [String]
  /// The step whose output it replaces.
  public let step: String
  /// The output it replaces.
  public let output: String

  /// The key of a signal's inputs: `STEP.OUTPUT`.
  public var replaces: String { "\(step).\(output)" }
}

/// Ready signals, each with a point.
public struct SignalPool: Sendable, Hashable, Codable {
  /// In the order of their files' names.
  public let signals: [Signal]
  /// Whether a point takes only a signal that is exactly there.
  public let match: SignalFamily.Match
}

/// The patches of a patchset, each with a point.
public struct PatchSetPool: Sendable, Hashable, Codable {
  /// A patch of the set.
  public struct Patch: Sendable, Hashable, Codable {
    /// Its name in the patchset.
    public let name: String
    /// Values of the patchset's labels.
    public let point: [String: Double]
  }

  /// The patchset.
  public let file: Artifact
  /// In the order of the patchset.
  public let patches: [Patch]
  /// Whether a point takes only a patch that is exactly there.
  public let match: SignalFamily.Match
}

/// A program that makes the events of any point.
public struct Generator: Sendable, Hashable, Codable {
  /// The program and its arguments, with `{PARAMETER}`, `{seed}`, `{file.PATH}` and
  /// `{output.NAME}`.
  public let arguments: [String]
  /// Files it needs, by path.
  public let files: [String: Artifact]
  /// What it makes, by the part of the signal it stands for.
  public let outputs: [String: GeneratorStep.Output]
  /// How its events are read; nil when it makes none.
  public let events: EventsDescriptor?
  /// Seconds.
  public let timeLimit: Double
}
