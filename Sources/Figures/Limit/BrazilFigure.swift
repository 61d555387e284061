// SPDX-License-Identifier: Apache-2.0

/// Limits, observed and expected with their bands, along one parameter: a mass, or the parameter
/// of interest in a scan of CLs.
public struct BrazilFigure: Figure, Hashable {
  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title, such as the luminosity and the confidence level.
  public var notes: [String]
  /// The parameter; without a range it spans the points.
  public var x: FigureAxis
  /// What is limited; logarithmic for a limit as a rule.
  public var y: FigureAxis
  /// In any order; they are joined in the order of x.
  public var points: [Point]
  /// What theory predicts, in any order; empty for none.
  public var theory: [TheoryPoint] = []
  /// What the line of theory is.
  public var theoryLabel = "Theory"
  /// Markers at points that were evaluated, where the lines are a surrogate's.
  public var evaluated: [ContourFigure.Point] = []
  /// A horizontal line, such as 1 − the confidence level in a scan of CLs.
  public var level: Level?

  /// A figure without theory and level.
  public init(
    title: String = "", notes: [String] = [], x: FigureAxis, y: FigureAxis, points: [Point]
  ) {
    (self.title, self.notes, self.x, self.y, self.points) = (title, notes, x, y, points)
  }

  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    throw FigureError("limits are not drawn yet")
  }
}
