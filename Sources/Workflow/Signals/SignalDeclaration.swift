// SPDX-License-Identifier: Apache-2.0

/// A column a signal's events must have.
public struct EventColumn: Sendable, Hashable, Codable {
  /// What a column holds; `float` is widened to double when it is read.
  public enum Scalar: String, Sendable, Hashable, Codable, CaseIterable {
    /// The types of flat columns and of the elements of counted ones.
    case bool, int, float, double
  }

  /// `MET_pt`, or `Jet_pt` for the field `pt` of `Jet`.
  public let name: String
  /// `Jet` for the field of a collection, whose counter is `nJet`; nil for a flat column.
  public let collection: String?
  /// What it holds.
  public let type: Scalar
  /// Written `float?`: a file may lack it, and its values are then missing.
  public let isOptional: Bool

  /// A column; the field of a collection is given its full name.
  public init(name: String, collection: String? = nil, type: Scalar, isOptional: Bool = false) {
    self.name = name
    self.collection = collection
    self.type = type
    self.isOptional = isOptional
  }
}

/// What a new signal must bring: `signal:` of an analysis.
public struct SignalDeclaration: Sendable, Hashable, Codable {
  /// Whether a signal without the part is refused.
  public enum Presence: String, Sendable, Hashable, Codable, CaseIterable {
    /// A signal has it, or may have it.
    case required, optional
  }

  /// Columns of its events, sorted by name; nil when it brings none.
  public let events: [EventColumn]?
  /// Region name → number of bins; nil when it brings no yields.
  public let yields: [String: Int]?
  /// Whether it brings a patch of the workspace.
  public let patch: Presence?
  /// Whether it brings a cross section.
  public let crossSection: Presence?

  /// A declaration from its parts.
  public init(
    events: [EventColumn]? = nil, yields: [String: Int]? = nil, patch: Presence? = nil,
    crossSection: Presence? = nil
  ) {
    self.events = events
    self.yields = yields
    self.patch = patch
    self.crossSection = crossSection
  }

  /// What `signal.NAME` can stand for in this analysis.
  var parts: [(part: SignalPart, presence: Presence)] {
    [
      (.events, events == nil ? nil : .required), (.yields, yields == nil ? nil : .required),
      (.patch, patch), (.crossSection, crossSection),
    ].compactMap { part, presence in presence.map { (part, $0) } }
  }
}

/// The parts of a signal, spelt as in both kinds of files.
enum SignalPart: String, CaseIterable {
  case events, yields, patch
  case crossSection = "cross_section_pb"

  var type: PortType {
    switch self {
    case .events: .events
    case .yields: .yields
    case .patch: .patch
    case .crossSection: .crossSection
    }
  }
}
