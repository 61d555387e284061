// SPDX-License-Identifier: Apache-2.0

extension BrazilFigure {
  /// What was observed and expected at one value of the parameter.
  public struct Point: Hashable, Sendable {
    /// In the unit of the axis.
    public var x: Double
    /// Nil when it isn't known; the line is broken there.
    public var observed: Double?
    /// **Shape**: the values expected for −2, −1, 0, 1 and 2 standard deviations, in this order, or
    /// the inner three, or the median alone; empty when they aren't known, and the bands are broken
    /// there.
    public var expected: [Double]

    /// A point from its parts; the figure checks them when it is drawn.
    public init(x: Double, observed: Double? = nil, expected: [Double] = []) {
      (self.x, self.observed, self.expected) = (x, observed, expected)
    }
  }

  /// What theory predicts at one value of the parameter.
  public struct TheoryPoint: Hashable, Sendable {
    /// In the unit of the axis.
    public var x: Double
    /// The central value.
    public var value: Double
    /// How far the prediction may be off, up and down, in the unit of the value.
    public var uncertainty: Double

    /// A prediction from its parts.
    public init(x: Double, value: Double, uncertainty: Double = 0) {
      (self.x, self.value, self.uncertainty) = (x, value, uncertainty)
    }
  }

  /// A horizontal line and what it means.
  public struct Level: Hashable, Sendable {
    /// In the unit of the axis.
    public var value: Double
    /// What it means, for the legend.
    public var label: String

    /// A level from its parts.
    public init(_ value: Double, _ label: String) { (self.value, self.label) = (value, label) }
  }

  /// A value of the parameter that is read off the lines, such as the limit in a scan of CLs.
  public struct Mark: Hashable, Sendable {
    /// Which line it is read off.
    public enum Kind: Hashable, Sendable {
      /// The observed one.
      case observed
      /// The expected one.
      case expected
    }

    /// In the unit of the axis.
    public var x: Double
    /// Which line it is read off.
    public var kind: Kind
    /// What it is, for the legend, which says the value too.
    public var label: String

    /// A mark from its parts.
    public init(_ x: Double, _ kind: Kind, _ label: String) {
      (self.x, self.kind, self.label) = (x, kind, label)
    }
  }
}
