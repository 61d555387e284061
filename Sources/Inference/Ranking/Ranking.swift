// SPDX-License-Identifier: Apache-2.0

/// How much each nuisance parameter moves the fitted signal strength, the largest first.
public struct Ranking: Sendable, Hashable, Codable {
  /// One nuisance parameter.
  public struct Row: Sendable, Hashable, Codable {
    /// Its flat name.
    public let parameter: String
    /// Its best-fit value and uncertainty (from the Hessian), in its own units.
    public let bestFit: Double, uncertainty: Double
    /// Nil without a constraint.
    public let pull: Pull?
    /// Change of the best-fit signal strength when the parameter is fixed one constraint's width
    /// above and below its best fit; nil without a constraint.
    public let prefit: Impact?
    /// The same for its fitted uncertainty.
    public let postfit: Impact
  }

  /// Changes of the best-fit signal strength; nil where that fit failed.
  public struct Impact: Sendable, Hashable, Codable {
    /// For the parameter shifted upwards and downwards.
    public let up: Double?, down: Double?

    /// The larger of the two, without sign.
    public var size: Double { max(abs(up ?? 0), abs(down ?? 0)) }
  }

  /// Flat name of the parameter of interest.
  public let parameterOfInterest: String
  /// Its best fit and uncertainty.
  public let muHat: Double, uncertainty: Double
  /// By size of the post-fit impact, descending.
  public let rows: [Row]
  /// What failed, as sentences; the rest is complete.
  public let failures: [String]
}
