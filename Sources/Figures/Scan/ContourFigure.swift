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
  /// Contours from elsewhere, such as the published one, each with a colour of its own.
  public var comparisons: [Comparison] = []
  /// Filled: between the contours expected for plus and minus one standard deviation.
  public var expectedBand: Region?
  /// Thin lines at the edges of the band.
  public var expectedBandEdges: [Line] = []
  /// Shaded: where the side of the contour isn't certain yet.
  public var uncertain: Region?
  /// What the shade means.
  public var uncertainLabel = "Contour uncertain"
  /// Hatched: where constraints forbid points.
  public var forbidden: Region?
  /// What the hatching means.
  public var forbiddenLabel = "Forbidden"
  /// The evaluated and proposed points, in the order they are drawn.
  public var points: [Point] = []

  /// A plane without contours, points and regions.
  public init(title: String = "", notes: [String] = [], x: FigureAxis, y: FigureAxis) {
    (self.title, self.notes, self.x, self.y) = (title, notes, x, y)
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` when there is nothing to draw, for coordinates that aren't finite or
  ///   don't suit the axes, and for regions whose axes have no range to lay them on.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    let coordinates = try checkedCoordinates()
    var plot = try Plot(
      style, title: title, notes: notes,
      x: PlotAxis(x, showing: coordinates.map { $0[0] }, margin: 0.04),
      y: PlotAxis(y, showing: coordinates.map { $0[1] }, margin: 0.04))
    let drawing = ContourDrawing(figure: self, style: style)
    plot.legend = drawing.legend
    return plot.svg { panel, _ in drawing.draw(in: &panel) }
  }

  private func checkedCoordinates() throws(FigureError) -> [[Double]] {
    let lines = [observed, observedTheoryBand, expected, expectedBandEdges].joined()
    let coordinates =
      (lines + comparisons.flatMap(\.lines)).flatMap(\.points) + points.map { [$0.x, $0.y] }
    let regions = [expectedBand, uncertain, forbidden].compactMap { $0 }
    guard !coordinates.isEmpty || !regions.isEmpty else {
      throw FigureError("there is no contour, no point and no region to draw")
    }
    if let wrong = coordinates.first(where: { $0.count != 2 }) {
      throw FigureError("a point of a contour has two coordinates, not \(wrong.count)")
    }
    let hasRanges = [x.lower, x.upper, y.lower, y.upper].allSatisfy { $0 != nil }
    guard regions.isEmpty || hasRanges else {
      throw FigureError("regions span the ranges of the axes: give both axes theirs")
    }
    return coordinates
  }
}
