// SPDX-License-Identifier: Apache-2.0

extension ContourFigure {
  /// A connected piece of a contour.
  public struct Line: Hashable, Sendable {
    /// **Shape**: [points][2], in the parameters' units.
    public var points: [[Double]]
    /// Whether the last point is joined to the first.
    public var isClosed: Bool

    /// A line from its parts.
    public init(_ points: [[Double]], isClosed: Bool = false) {
      (self.points, self.isClosed) = (points, isClosed)
    }
  }

  /// A contour with a name.
  public struct Comparison: Hashable, Sendable {
    /// For the legend.
    public var label: String
    /// Its connected pieces.
    public var lines: [Line]

    /// A contour from its parts.
    public init(_ label: String, _ lines: [Line]) { (self.label, self.lines) = (label, lines) }
  }

  /// A point of the plane and what became of it.
  public struct Point: Hashable, Sendable {
    /// In the unit of the axis.
    public var x: Double
    /// In the unit of the axis.
    public var y: Double
    /// What became of it.
    public var outcome: Outcome

    /// A point from its parts.
    public init(x: Double, y: Double, _ outcome: Outcome) {
      (self.x, self.y, self.outcome) = (x, y, outcome)
    }
  }

  /// What became of a point; each has its own marker.
  public enum Outcome: String, Hashable, Sendable, CaseIterable, Codable {
    case excluded, allowed, inconclusive, failed, pending

    var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }
}
