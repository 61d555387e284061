// SPDX-License-Identifier: Apache-2.0

/// Expected events with their uncertainties, before or after a fit.
public struct YieldPrediction: Sendable, Hashable, Codable {
  /// A number of events.
  public struct Yield: Sendable, Hashable, Codable {
    /// Expected events.
    public let value: Double
    /// One standard deviation of what the parameters leave open, without Poisson fluctuations.
    public let uncertainty: Double
  }

  /// One sample of a channel.
  public struct Sample: Sendable, Hashable, Codable {
    /// Name of the sample.
    public let name: String
    /// [bins]
    public let bins: [Yield]
    /// Sum over the bins.
    public let total: Yield
  }

  /// One channel.
  public struct Channel: Sendable, Hashable, Codable {
    /// Name of the channel.
    public let name: String
    /// Observed events [bins].
    public let observed: [Double]
    /// Sum of the samples [bins].
    public let bins: [Yield]
    /// Sum of the samples and bins.
    public let total: Yield
    /// Sorted by name.
    public let samples: [Sample]
  }

  /// Sorted by name.
  public let channels: [Channel]
}
