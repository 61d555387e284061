// SPDX-License-Identifier: Apache-2.0

/// A point of a scan and what became of it.
public struct ScanPoint: Sendable, Hashable, Codable {
  /// What a point says of the scan's first output.
  public enum State: String, Sendable, Hashable, Codable, CaseIterable {
    /// On the excluded side of the contour.
    case excluded
    /// On the other side.
    case allowed
    /// Its 68 % interval crosses the contour.
    case inconclusive
    /// Evaluated without a result.
    case failed
    /// Asked for, not yet answered.
    case pending
  }

  /// A value of an output.
  public struct Value: Sendable, Hashable, Codable {
    /// In the unit of the quantity, before the transform.
    public let value: Double
    /// Half-width of its 68 % interval from the signal sample's finite size.
    public let uncertainty: Double?
  }

  /// From zero, in the order of proposals.
  public let number: Int
  /// The round it was proposed in, from 1.
  public let round: Int
  /// Parameter → value.
  public let point: [String: Double]
  /// What it says.
  public let state: State
  /// Output → value; empty without a result.
  public let outputs: [String: Value]
  /// The run of its last attempt.
  public let run: Int64?
  /// How often it was evaluated.
  public let attempts: Int
  /// Why it failed.
  public let message: String?
  /// The acquisition's value; nil for points of a design.
  public let acquisition: Double?
  /// Whether it lies outside of the convex hull of the efficiency map's points; nil without a map.
  public let isExtrapolated: Bool?

  private enum CodingKeys: String, CodingKey {
    case number, round, point, state, outputs, run, attempts, message, acquisition
    case isExtrapolated = "extrapolated"
  }
}
