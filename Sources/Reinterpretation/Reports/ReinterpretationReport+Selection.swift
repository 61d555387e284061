// SPDX-License-Identifier: Apache-2.0

extension ReinterpretationReport {
  /// One line of a cutflow.
  public struct CutflowRow: Sendable, Hashable, Codable {
    /// The step that made it.
    public let step: String
    /// The region, nil for the row of all events.
    public let region: String?
    /// The cut.
    public let cut: String
    /// Unweighted events left after the cut.
    public let entries: Int?
    /// Σw left after the cut.
    public let sumW: Double
    /// Σw over the Σw of the step's first row, all events read; nil when that is 0. Of skimmed
    /// files these are fewer than were generated: take `acceptances` then.
    public let efficiency: Double?

    private enum CodingKeys: String, CodingKey {
      case step, region, cut, entries, efficiency
      case sumW = "sum_w"
    }
  }

  /// The part of the signal that a region selects.
  public struct Acceptance: Sendable, Hashable, Codable {
    /// The step that made it.
    public let step: String
    /// The region.
    public let region: String
    /// Σw selected over Σw of all events.
    public let value: Double
    /// Its statistical uncertainty.
    public let uncertainty: Double?
    /// Unweighted selected events.
    public let entries: Int?
  }

  /// A channel of the statistical model, its bins added up.
  public struct Region: Sendable, Hashable, Codable {
    /// The channel's name.
    public let name: String
    /// Expected signal events at the analysis' luminosity and μ = 1.
    public let yield: Double
    /// Its uncertainty from the sample's finite size.
    public let uncertainty: Double?
    /// Unweighted signal events.
    public let entries: Int?
    /// Observed events; nil when the model isn't known.
    public let observed: Double?
    /// Background events before any fit; nil when the model isn't known.
    public let background: Double?
  }
}
