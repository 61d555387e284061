// SPDX-License-Identifier: Apache-2.0

/// How a loss changes while something is trained or optimised.
public struct LossFigure: Figure, Hashable {
  /// The loss on one sample, such as the one that is trained on.
  public struct Curve: Hashable, Sendable {
    /// For the legend.
    public var label: String
    /// Ascending.
    public var steps: [Double]
    /// The loss after each of the steps.
    public var values: [Double]

    /// A curve from its parts.
    public init(_ label: String, steps: [Double], values: [Double]) {
      (self.label, self.steps, self.values) = (label, steps, values)
    }

    /// A curve over the steps 0, 1, 2 …
    public init(_ label: String, values: [Double]) {
      self.init(label, steps: values.indices.map(Double.init), values: values)
    }
  }

  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title.
  public var notes: [String]
  /// What is counted along the curve.
  public var step: FigureAxis
  /// What is made small.
  public var loss: FigureAxis
  /// One for each sample.
  public var curves: [Curve]
  /// The step whose result was kept; nil for no line.
  public var kept: Double?

  /// A figure from its parts.
  public init(
    title: String = "", notes: [String] = [], step: FigureAxis = FigureAxis("Step"),
    loss: FigureAxis = FigureAxis("Loss"), curves: [Curve]
  ) {
    (self.title, self.notes, self.step, self.loss) = (title, notes, step, loss)
    self.curves = curves
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` for no curve, one without points or not one value per step, steps
  ///   that don't ascend, and values that aren't finite or don't suit the axes.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try Check.count(curves.count, of: "curves", atMost: 16)
    for curve in curves { try curve.check() }
    var plot = try Plot(
      style, title: title, notes: notes,
      x: PlotAxis(
        step, showing: curves.flatMap(\.steps) + [kept].compactMap { $0 }, margin: 0.02),
      y: PlotAxis(loss, showing: curves.flatMap(\.values), margin: 0.06))
    let last = Stroke(
      color: style.palette.faint, width: style.hairline * 1.2, pattern: .dashed)
    plot.legend = curves.enumerated().map { .line($1.label, Self.stroke($0, style)) }
    if kept != nil { plot.legend.append(.line("Kept", last)) }
    return plot.svg { panel, _ in
      if let kept { panel.draw(verticalAt: kept, last) }
      for (index, curve) in curves.enumerated() {
        let points = zip(curve.steps, curve.values).map { panel.position($0, $1) }
        panel.draw(line: Thinning.kept(points), Self.stroke(index, style))
        if points.count == 1 {
          let marker = Marker(
            shape: .disc, color: Self.stroke(index, style).color, radius: style.markerRadius,
            paper: style.palette.paper)
          panel.draw(marker, at: points[0])
        }
      }
    }
  }

  private static func stroke(_ index: Int, _ style: FigureStyle) -> Stroke {
    let palette = style.palette
    let colors = [palette.expected, palette.series[6]] + palette.series
    return Stroke(
      color: colors[index % colors.count], width: style.lineWidth,
      pattern: index % 2 == 0 ? .solid : .dashed)
  }
}

extension LossFigure.Curve {
  fileprivate func check() throws(FigureError) {
    guard !steps.isEmpty, steps.count == values.count else {
      throw FigureError(
        "the curve '\(label)' has \(steps.count) steps and \(values.count) values: give one "
          + "for each, and one step at least")
    }
    try Check.finite(steps + values, "the curve '\(label)'")
    guard zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw FigureError("the steps of the curve '\(label)' don't ascend: sort them")
    }
  }
}
