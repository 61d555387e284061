// SPDX-License-Identifier: Apache-2.0

/// What an axis shows: a label, a unit, a scale and a range.
public struct FigureAxis: Hashable, Sendable {
  /// How values are laid along the axis.
  public enum Scale: String, Hashable, Sendable, Codable { case linear, log }

  /// What the values are, such as `m_{LSP}`; marks are understood (<doc:Labels>).
  public var label: String
  /// Written in brackets behind the label; empty for numbers without one.
  public var unit: String
  /// How values are laid along the axis.
  public var scale: Scale
  /// The smallest value shown; nil: chosen from the values.
  public var lower: Double?
  /// The largest value shown; nil: chosen from the values.
  public var upper: Double?

  /// An axis from its parts; the figure checks them when it is drawn.
  public init(
    _ label: String, unit: String = "", scale: Scale = .linear, from lower: Double? = nil,
    to upper: Double? = nil
  ) {
    (self.label, self.unit, self.scale) = (label, unit, scale)
    (self.lower, self.upper) = (lower, upper)
  }
}
