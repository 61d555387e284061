// SPDX-License-Identifier: Apache-2.0

/// The profile likelihood along one parameter.
public struct LikelihoodScanFigure: Figure, Hashable {
  /// A likelihood, such as that of data or of Asimov data.
  public struct Curve: Hashable, Sendable {
    /// For the legend.
    public var label: String
    /// Values of the parameter, in any order.
    public var values: [Double]
    /// −2 Δ ln L at each of the values.
    public var twiceDeltaNLL: [Double]

    /// A curve from its parts.
    public init(_ label: String, values: [Double], twiceDeltaNLL: [Double]) {
      (self.label, self.values, self.twiceDeltaNLL) = (label, values, twiceDeltaNLL)
    }
  }

  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title.
  public var notes: [String]
  /// The parameter.
  public var parameter: FigureAxis
  /// The first one is drawn solid.
  public var curves: [Curve]
  /// Where the likelihood is largest; nil for no line.
  public var bestFit: Double?
  /// The interval at one standard deviation, shaded; nil for none.
  public var interval: Interval?

  /// The ends of an interval.
  public struct Interval: Hashable, Sendable {
    /// In the parameter's unit.
    public var lower: Double
    /// In the parameter's unit.
    public var upper: Double

    /// An interval from its ends.
    public init(_ lower: Double, _ upper: Double) { (self.lower, self.upper) = (lower, upper) }
  }

  /// A figure without best fit and interval.
  public init(
    title: String = "", notes: [String] = [], parameter: FigureAxis, curves: [Curve]
  ) {
    (self.title, self.notes, self.parameter) = (title, notes, parameter)
    self.curves = curves
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` for no curve, one with fewer than two points or not one value per
  ///   point, and values that aren't finite.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try Check.count(curves.count, of: "curves", atMost: 8)
    for curve in curves {
      guard curve.values.count >= 2, curve.values.count == curve.twiceDeltaNLL.count else {
        throw FigureError(
          "the curve '\(curve.label)' has \(curve.values.count) points and "
            + "\(curve.twiceDeltaNLL.count) values: give two or more, one for each")
      }
    }
    let marks = [bestFit, interval?.lower, interval?.upper].compactMap { $0 }
    let heights = curves.flatMap(\.twiceDeltaNLL)
    var plot = try Plot(
      style, title: title, notes: notes,
      x: PlotAxis(parameter, showing: curves.flatMap(\.values) + marks, margin: 0),
      y: PlotAxis(
        FigureAxis("−2 \\Delta ln L", from: min(0, heights.min() ?? 0)), showing: heights + [1.2],
        margin: 0.05))
    let drawing = LikelihoodScanDrawing(figure: self, style: style)
    plot.legend = drawing.legend
    plot.sideWidth = style.smallSize * 1.4
    return plot.svg { panel, _ in drawing.draw(in: &panel) }
  }
}
