// SPDX-License-Identifier: Apache-2.0

/// The contours of a scan: where each output crosses its level.
public struct ContourReport: Sendable, Hashable, Codable {
  /// The scan's name.
  public let scan: String
  /// The analysis, as `NAME@3`.
  public let analysis: String
  /// The parameters along the coordinates of every point: one or two.
  public let parameters: [ScanReport.Parameter]
  /// Values of the other parameters.
  public let fixed: [String: Double]
  /// Parameters that were profiled: at each point the most excluded of their values counts.
  public let profiled: [String]
  /// Contours, in the order of the scan's outputs, each followed by its theory band.
  public let contours: [Curve]
}

extension ContourReport {
  /// One contour.
  public struct Curve: Sendable, Hashable, Codable {
    /// The output's name.
    public let output: String
    /// −1 or +1: with the cross section one standard deviation down or up; nil for the central one.
    public let theory: Int?
    /// Its connected pieces; none when the level isn't crossed. With one parameter each piece is a
    /// single crossing.
    public let lines: [Line]
    /// Predicted misclassified fraction of the allowed area.
    public let misclassified: Double
    /// Root mean square of the surrogate's leave-one-out residuals: near 1 when its uncertainty is
    /// honest.
    public let leaveOneOut: Double

    private enum CodingKeys: String, CodingKey {
      case output, theory, lines, misclassified
      case leaveOneOut = "leave_one_out"
    }
  }

  /// A connected piece of a contour.
  public struct Line: Sendable, Hashable, Codable {
    /// Whether the last point is joined to the first.
    public let isClosed: Bool
    /// [points][parameters], in the parameters' units.
    public let points: [[Double]]

    private enum CodingKeys: String, CodingKey {
      case points
      case isClosed = "closed"
    }
  }
}
