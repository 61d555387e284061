// SPDX-License-Identifier: Apache-2.0

/// Histograms of samples on top of each other, with data and their ratio to the sum below.
public struct StackFigure: Figure, Hashable {
  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title, such as the region and whether it is before or after the fit.
  public var notes: [String]
  /// What is binned; its range is that of the bins.
  public var x: FigureAxis
  /// What is counted, such as events per bin.
  public var y: FigureAxis
  /// Where the bins are.
  public var bins: Bins
  /// From the bottom to the top.
  public var samples: [Sample]
  /// Of the sum of all samples, up and down alike. **Shape**: [bins]; nil for none.
  public var uncertainty: [Double]?
  /// Lines that aren't part of the sum, such as a signal.
  public var overlays: [Sample] = []
  /// **Shape**: [bins]; nil for none, and then there is no ratio.
  public var observed: [Measurement]?
  /// What the data are called.
  public var observedLabel = "Data"

  /// A figure without uncertainty, overlays and data.
  public init(
    title: String = "", notes: [String] = [], x: FigureAxis, y: FigureAxis = FigureAxis("Events"),
    bins: Bins, samples: [Sample]
  ) {
    (self.title, self.notes, self.x, self.y) = (title, notes, x, y)
    (self.bins, self.samples) = (bins, samples)
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` for no bins, edges that don't ascend, a sample that doesn't have one
  ///   value per bin, values that aren't finite or, on a logarithmic axis, none that is positive.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try check()
    let drawing = StackDrawing(figure: self, style: style)
    var plot = try Plot(
      style, title: title, notes: notes, x: horizontalAxis(),
      y: drawing.verticalAxis())
    plot.ratio = try drawing.ratioAxis()
    plot.legend = drawing.legend
    return plot.svg { main, ratio in
      drawing.draw(in: &main)
      if var panel = ratio {
        drawing.drawRatio(in: &panel)
        ratio = panel
      }
    }
  }

  private func horizontalAxis() throws(FigureError) -> PlotAxis {
    switch bins {
    case .names(let names):
      var axis = PlotAxis(names: names)
      (axis.label, axis.unit) = (x.label, x.unit)
      return axis
    case .edges(let edges): return try PlotAxis(x, showing: edges, margin: 0)
    }
  }

  private func check() throws(FigureError) {
    try Check.count(bins.count, of: "bins", atMost: 2000)
    try Check.count(samples.count + (observed == nil ? 0 : 1), of: "samples", atMost: 100)
    if case .edges(let edges) = bins {
      try Check.finite(edges, "an edge of a bin")
      guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw FigureError("the edges of the bins are \(edges): they have to ascend")
      }
    }
    for sample in samples + overlays {
      try check(sample.yields.count, "the sample '\(sample.name)'")
      try Check.finite(sample.yields, "a yield of the sample '\(sample.name)'")
    }
    if let uncertainty {
      try check(uncertainty.count, "the uncertainty")
      try Check.uncertainties(uncertainty, "the sum of samples")
    }
    if let observed {
      try check(observed.count, "'\(observedLabel)'")
      try Check.finite(observed.map(\.value), "a value of '\(observedLabel)'")
      try Check.uncertainties(
        observed.flatMap { [$0.down, $0.up] }, "a value of '\(observedLabel)'")
    }
  }

  private func check(_ count: Int, _ what: String) throws(FigureError) {
    guard count == bins.count else {
      throw FigureError("\(what) has \(count) values for \(bins.count) bins: give one for each")
    }
  }
}
