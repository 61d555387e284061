// SPDX-License-Identifier: Apache-2.0

/// What the surrogates of a scan say of a point that need not have been evaluated.
public struct PredictionReport: Sendable, Hashable, Codable {
  /// The scan's name.
  public let scan: String
  /// Parameter → value.
  public let point: [String: Double]
  /// Whether the scan's constraints allow the point.
  public let isAllowed: Bool
  /// One for each output.
  public let outputs: [Output]

  private enum CodingKeys: String, CodingKey {
    case scan, point, outputs
    case isAllowed = "allowed_by_constraints"
  }

  /// The prediction of one output.
  public struct Output: Sendable, Hashable, Codable {
    /// The output's name.
    public let name: String
    /// In the unit of the quantity, before the transform.
    public let value: Double
    /// The 68 % interval of the value.
    public let lower: Double, upper: Double
    /// Probability that the point is on the excluded side.
    public let excluded: Double
  }
}
