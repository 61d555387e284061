// SPDX-License-Identifier: Apache-2.0

/// The sample a signal adds to a workspace: the content of the output `signal` of a signal model.
///
/// With it, a test knows which yields have a statistical uncertainty that the model leaves out.
public struct SignalSample: Sendable, Hashable, Codable {
  /// The signal in one channel.
  public struct Channel: Sendable, Hashable, Codable {
    /// The channel's name.
    public var channel: String
    /// Expected events at μ = 1 [bins].
    public var yields: [Double]
    /// Statistical uncertainty of each; nil where none is known.
    public var uncertainties: [Double]?
  }

  /// Name of the sample in each channel.
  public var sample: String
  /// Name of the signal strength.
  public var poi: String
  /// Whether the model has the statistical uncertainties as staterrors.
  public var hasStatisticalUncertainty: Bool
  /// Channels with signal, in the order of the workspace.
  public var channels: [Channel]

  enum CodingKeys: String, CodingKey {
    case sample, poi, channels
    case hasStatisticalUncertainty = "has_statistical_uncertainty"
  }
}
