// SPDX-License-Identifier: Apache-2.0

/// What a workspace holds. Its JSON is that of `pyhf inspect`: lists instead of named fields.
public struct WorkspaceSummary: Sendable, Hashable, Encodable {
  /// A channel and its number of bins.
  public struct Channel: Sendable, Hashable {
    /// The channel's name.
    public let name: String
    /// Its number of bins.
    public let bins: Int
  }

  /// A parameter, how it is constrained and what it drives.
  public struct Parameter: Sendable, Hashable {
    /// The parameter's name.
    public let name: String
    /// `unconstrained`, `constrained_by_normal` or `constrained_by_poisson`.
    public let constraint: String
    /// Types of its modifiers, sorted.
    public let modifiers: [String]
  }

  /// A measurement.
  public struct Measurement: Sendable, Hashable {
    /// The measurement's name.
    public let name: String
    /// Its parameter of interest.
    public let poi: String
    /// Parameters it configures, in the file's order.
    public let parameters: [String]
  }

  /// Channels, sorted by name.
  public let channels: [Channel]
  /// Names of all samples, sorted.
  public let samples: [String]
  /// Parameters, sorted by name.
  public let parameters: [Parameter]
  /// Measurements in the file's order.
  public let measurements: [Measurement]
}

extension WorkspaceSummary {
  private enum CodingKeys: String, CodingKey {
    case channels, samples, modifiers, parameters, measurements, systematics
  }

  /// Writes pyhf's keys: `channels: [[name, bins]]`, `modifiers: {name: type}`,
  /// `parameters: [[name, constraint]]`, `systematics: [[name, constraint, [types]]]`,
  /// `measurements: [[name, poi, [parameters]]]`, `samples: [name]`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(channels.map { Row($0.name, $0.bins) }, forKey: .channels)
    try fields.encode(samples, forKey: .samples)
    let types = parameters.map { ($0.name, $0.modifiers.last ?? "") }
    try fields.encode(Dictionary(uniqueKeysWithValues: types), forKey: .modifiers)
    try fields.encode(parameters.map { Row($0.name, $0.constraint) }, forKey: .parameters)
    try fields.encode(
      parameters.map { Row($0.name, $0.constraint, $0.modifiers) }, forKey: .systematics)
    try fields.encode(
      measurements.map { Row($0.name, $0.poi, $0.parameters) }, forKey: .measurements)
  }

  /// Values of different types in one JSON list.
  private struct Row: Encodable {
    let cells: [any Encodable]

    init(_ cells: any Encodable...) { self.cells = cells }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.unkeyedContainer()
      for cell in cells { try values.encode(cell) }
    }
  }
}
