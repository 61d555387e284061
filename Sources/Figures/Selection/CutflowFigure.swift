// SPDX-License-Identifier: Apache-2.0

/// What is left after each cut, beside what was published.
public struct CutflowFigure: Figure, Hashable {
  /// What is left after one cut.
  public struct Row: Hashable, Sendable {
    /// The cut.
    public var cut: String
    /// Sum of weights, zero or more as a rule.
    public var yield: Double
    /// Statistical, zero or more.
    public var uncertainty: Double
    /// What was published for it; nil where nothing was.
    public var published: Double?

    /// A row from its parts.
    public init(_ cut: String, yield: Double, uncertainty: Double = 0, published: Double? = nil) {
      (self.cut, self.yield, self.uncertainty) = (cut, yield, uncertainty)
      self.published = published
    }
  }

  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title.
  public var notes: [String]
  /// From the top downwards.
  public var rows: [Row]
  /// What is counted; logarithmic unless asked for otherwise.
  public var axis: FigureAxis

  /// A figure from its parts.
  public init(
    title: String = "", notes: [String] = [], rows: [Row],
    axis: FigureAxis = FigureAxis("Events", scale: .log)
  ) {
    (self.title, self.notes, self.rows, self.axis) = (title, notes, rows, axis)
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` for no rows, more than 200, values that aren't finite or, on a
  ///   logarithmic axis, none that is positive.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try Check.count(rows.count, of: "cuts", atMost: 200)
    for row in rows {
      try Check.finite([row.yield, row.published ?? 0], "the cut '\(row.cut)'")
      try Check.uncertainties([row.uncertainty], "the cut '\(row.cut)'")
    }
    let drawing = CutflowDrawing(figure: self, style: style)
    var plot = try Plot(
      style, title: title, notes: notes, x: horizontalAxis(),
      y: PlotAxis(names: rows.map(\.cut), isDownwards: true))
    plot.frameHeight = (Double(rows.count) + 0.3) * style.lineHeight(style.smallSize) * 1.2
    plot.sideWidth = drawing.textWidth
    plot.legend = drawing.legend
    plot.isLegendAbove = true
    return plot.svg { panel, _ in drawing.draw(in: &panel) }
  }

  private func horizontalAxis() throws(FigureError) -> PlotAxis {
    var values = rows.flatMap { [$0.yield, $0.yield + $0.uncertainty] }
    values += rows.compactMap(\.published)
    var axis = axis
    guard axis.scale == .log else {
      axis.lower = axis.lower ?? min(0, values.min() ?? 0)
      return try PlotAxis(axis, showing: values + [0], margin: 0.05)
    }
    let positive = values.filter { $0 > 0 }
    guard let least = positive.min() else {
      throw FigureError(
        "\(axis.name) is logarithmic, but nothing is left of any cut: make it linear")
    }
    axis.lower = axis.lower ?? least / 3
    return try PlotAxis(axis, showing: positive, margin: 0.05)
  }
}
