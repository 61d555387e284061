// SPDX-License-Identifier: Apache-2.0

/// Nuisance parameters by their impact on the parameter of interest, with their pulls.
///
/// Bars are impacts and belong to the upper axis, dots are pulls and belong to the lower one.
public struct RankingFigure: Figure, Hashable {
  /// One parameter and what it does to the parameter of interest.
  public struct Entry: Hashable, Sendable {
    /// How the parameter of interest moves when the parameter is moved up and down.
    public struct Impact: Hashable, Sendable {
      /// With the parameter raised; either sign.
      public var up: Double
      /// With the parameter lowered; either sign.
      public var down: Double

      /// An impact from its parts.
      public init(up: Double, down: Double) { (self.up, self.down) = (up, down) }
    }

    /// The parameter.
    public var name: String
    /// Nil for a parameter without a constraint, which has no uncertainty before the fit.
    public var pull: Pull?
    /// For the uncertainty before the fit; nil for a parameter without a constraint.
    public var prefit: Impact?
    /// For the uncertainty after the fit.
    public var postfit: Impact

    /// An entry from its parts.
    public init(_ name: String, pull: Pull?, prefit: Impact?, postfit: Impact) {
      (self.name, self.pull, self.prefit, self.postfit) = (name, pull, prefit, postfit)
    }
  }

  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title.
  public var notes: [String]
  /// The parameter of interest, for the upper axis: `\mu`.
  public var parameter: String
  /// From the top downwards, the largest impact first as a rule.
  public var entries: [Entry]

  /// A figure from its parts.
  public init(
    title: String = "", notes: [String] = [], parameter: String = "\\mu", entries: [Entry]
  ) {
    (self.title, self.notes, self.parameter) = (title, notes, parameter)
    self.entries = entries
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` for no entries, more than 500, or values that aren't finite.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try Check.count(entries.count, of: "parameters", atMost: 500)
    for entry in entries { try entry.check() }
    let impacts = entries.flatMap { entry in
      [entry.postfit, entry.prefit].compactMap { $0 }.flatMap { [$0.up, $0.down] }
    }
    let pulls = entries.compactMap(\.pull).flatMap { [$0.value - $0.down, $0.value + $0.up] }
    func symmetric(_ label: String, _ values: [Double], atLeast: Double) -> FigureAxis {
      let largest = (values.map { abs($0) }.max() ?? 0) * 1.08
      let reach = max(atLeast, largest > 0 ? largest : 1)
      return FigureAxis(label, from: -reach, to: reach)
    }
    var plot = try Plot(
      style.widened(for: entries.map(\.name)), title: title, notes: notes,
      x: PlotAxis(
        symmetric("(\\hat{\\theta} − \\theta_{0}) / \\Delta\\theta", pulls, atLeast: 1.6),
        showing: [], margin: 0),
      y: PlotAxis(names: entries.map(\.name), isDownwards: true))
    let top = try PlotAxis(
      symmetric(
        parameter.hasPrefix("\\") ? "\\Delta\(parameter)" : "\\Delta \(parameter)", impacts,
        atLeast: 0), showing: [], margin: 0)
    plot.top = top
    plot.frameHeight = (Double(entries.count) + 0.4) * style.lineHeight(style.smallSize) * 1.15
    plot.isLegendAbove = true
    let drawing = RankingDrawing(entries: entries, style: style)
    plot.legend = drawing.legend
    return plot.svg { panel, _ in drawing.draw(in: &panel, top.scale) }
  }
}

extension RankingFigure.Entry {
  fileprivate func check() throws(FigureError) {
    try pull?.check()
    for impact in [prefit, postfit].compactMap({ $0 }) {
      try Check.finite([impact.up, impact.down], "the impact of '\(name)'")
    }
  }
}
