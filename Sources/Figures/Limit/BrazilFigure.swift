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
  /// Vertical lines from the level, or from the upper edge without one, down to the axis.
  public var marks: [Mark] = []

  /// A figure without theory and level.
  public init(
    title: String = "", notes: [String] = [], x: FigureAxis, y: FigureAxis, points: [Point]
  ) {
    (self.title, self.notes, self.x, self.y, self.points) = (title, notes, x, y, points)
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` for no points, two at the same x, expected values that aren't one,
  ///   three or five in ascending order, and values that aren't finite or don't suit the axes.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try check()
    let horizontal = points.map(\.x) + theory.map(\.x) + evaluated.map(\.x) + marks.map(\.x)
    var vertical = points.flatMap { $0.expected + [$0.observed].compactMap { $0 } }
    vertical += theory.map(\.value) + evaluated.map(\.y) + [level?.value].compactMap { $0 }
    var plot = try Plot(
      style, title: title, notes: notes,
      x: PlotAxis(x, showing: horizontal, margin: points.count == 1 ? 0.1 : 0),
      y: PlotAxis(y, showing: vertical, margin: 0.06))
    let drawing = BrazilDrawing(figure: self, style: style)
    plot.legend = drawing.legend
    return plot.svg { panel, _ in drawing.draw(in: &panel) }
  }

  private func check() throws(FigureError) {
    guard points.contains(where: { $0.observed != nil || !$0.expected.isEmpty }) else {
      throw FigureError("there is no limit to draw, neither an observed nor an expected one")
    }
    let places = points.map(\.x).sorted()
    if let twice = zip(places, places.dropFirst()).first(where: { $0 == $1 }) {
      throw FigureError("two points are at \(twice.0) of \(x.name): leave one out")
    }
    for point in points where !point.expected.isEmpty {
      let isAscending = zip(point.expected, point.expected.dropFirst()).allSatisfy { $0 <= $1 }
      guard [1, 3, 5].contains(point.expected.count), isAscending else {
        throw FigureError(
          "the expected values at \(point.x) of \(x.name) are \(point.expected): give the five "
            + "for −2 to 2 standard deviations in ascending order, the inner three, or the median")
      }
    }
    if let wrong = theory.first(where: { !($0.uncertainty >= 0 && $0.uncertainty.isFinite) }) {
      throw FigureError(
        "the uncertainty of the theory at \(wrong.x) of \(x.name) is \(wrong.uncertainty): "
          + "give zero or more")
    }
  }
}
