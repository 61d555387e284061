// SPDX-License-Identifier: Apache-2.0

/// Exclusion contours in a plane of two parameters, with what they were found from.
public struct ContourFigure: Figure, Hashable {
  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title, such as the luminosity and the confidence level.
  public var notes: [String]
  /// The parameter to the right; without a range it spans the points and contours.
  public var x: FigureAxis
  /// The parameter upwards; without a range it spans the points and contours.
  public var y: FigureAxis

  /// Solid lines.
  public var observed: [Line] = []
  /// Dotted lines: the observed contour with the cross section one standard deviation higher
  /// and lower.
  public var observedTheoryBand: [Line] = []
  /// Dashed lines.
  public var expected: [Line] = []
  /// Filled: between the contours expected for plus and minus one standard deviation.
  public var expectedBand: Region?
  /// Thin lines at the edge of the band.
  public var expectedBandEdges: [Line] = []
  /// Shaded: where the side of the contour isn't certain yet.
  public var uncertain: Region?
  /// What the shade means.
  public var uncertainLabel = "Side of the contour uncertain"
  /// Hatched: where constraints forbid points.
  public var forbidden: Region?
  /// What the hatching means.
  public var forbiddenLabel = "Not allowed by constraints"
  /// The evaluated and proposed points, in the order they are drawn.
  public var points: [Point] = []

  /// A plane without contours, points and regions.
  public init(title: String = "", notes: [String] = [], x: FigureAxis, y: FigureAxis) {
    (self.title, self.notes, self.x, self.y) = (title, notes, x, y)
  }

  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    throw FigureError("contours are not drawn yet")
  }
}
