// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A scan whole: what it looks for, how far it is, and every point.
public struct ScanReport: Sendable, Hashable, Codable {
  /// The scan's name.
  public let scan: String
  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// The signal family's name.
  public let signal: String
  /// `created`, `running`, `interrupted`, `stopped`, `finished` or `failed`.
  public let status: String
  /// Which rule ended it, or why it stopped.
  public let reason: String?
  /// `active`, `sobol`, `random`, `grid` or `points`.
  public let strategy: String
  /// `rounds` or `async`.
  public let mode: String
  /// Of every random choice.
  public let seed: UInt64
  /// The free parameters, in order.
  public let parameters: [Parameter]
  /// Expressions that every point fulfils.
  public let constraints: [String]
  /// The contours looked for.
  public let outputs: [Output]
  /// Points with a result, points that gave none, points not yet answered.
  public let finished: Int, failed: Int, pending: Int
  /// The rounds so far.
  public let rounds: [Round]
  /// The points in the order of proposals.
  public let points: [ScanPoint]
  /// What the efficiency map's interpolation is worth; nil without a map.
  public let efficiencyMap: EfficiencyMapReport?
  /// When it was first started.
  public let createdAt: Date
  /// When it ended; nil while it has not.
  public let endedAt: Date?

  private enum CodingKeys: String, CodingKey {
    case scan, analysis, version, signal, status, reason, strategy, mode, seed, parameters
    case constraints, outputs, finished, failed, pending, rounds, points
    case efficiencyMap = "efficiency_map"
    case createdAt = "created_at"
    case endedAt = "ended_at"
  }
}

extension ScanReport {
  /// Predicted misclassified fraction of the allowed area, after the last round that has one.
  public var misclassified: Double? { rounds.last { $0.misclassified != nil }?.misclassified }
  /// Whether a rule ended it or all of its points are done.
  public var isFinished: Bool { status == "finished" }

  /// A free parameter.
  public struct Parameter: Sendable, Hashable, Codable {
    /// Its name, the unit in it.
    public let name: String
    /// The range.
    public let lower: Double, upper: Double
    /// The unit for people, empty without one.
    public let unit: String
    /// Whether the range is laid out in the logarithm.
    public let isLogarithmic: Bool

    private enum CodingKeys: String, CodingKey {
      case name, lower, upper, unit
      case isLogarithmic = "logarithmic"
    }
  }

  /// An output: one contour.
  public struct Output: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// `STEP.QUANTITY`.
    public let value: String
    /// −2…+2 for an expected quantity.
    public let sigma: Int?
    /// Region, channel or parameter of the quantity; nil for the whole step.
    public let subject: String?
    /// `log10`, `probit` or `none`.
    public let transform: String
    /// Of the contour, in transformed units.
    public let level: Double
    /// Relative to the other outputs.
    public let weight: Double
  }

  /// A round of proposals and what was known at its end.
  public struct Round: Sendable, Hashable, Codable {
    /// From 1.
    public let round: Int
    /// Points with a result at its end.
    public let evaluations: Int
    /// Predicted misclassified fraction of the allowed area; nil while too little is known.
    public let misclassified: Double?
    /// Fraction of the area that the last seventh of the results, at least four, brought to the
    /// other side; 1 while there are too few.
    public let shift: Double?
  }
}

/// What the interpolation of an efficiency map is worth.
public struct EfficiencyMapReport: Sendable, Hashable, Codable {
  /// Number of simulated points.
  public let points: Int
  /// Each interpolated region.
  public let regions: [Region]

  /// A region's nominal efficiency.
  public struct Region: Sendable, Hashable, Codable {
    /// The region.
    public let region: String
    /// Root mean square of log(predicted/simulated) when each point is left out in turn.
    public let leaveOneOut: Double
    /// The same in units of the predicted uncertainty; near 1 when that is honest.
    public let leaveOneOutPull: Double

    private enum CodingKeys: String, CodingKey {
      case region
      case leaveOneOut = "leave_one_out"
      case leaveOneOutPull = "leave_one_out_pull"
    }
  }
}
