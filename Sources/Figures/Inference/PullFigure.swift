// SPDX-License-Identifier: Apache-2.0

/// The pulls of the nuisance parameters, one in each row; the page is as high as they need.
public struct PullFigure: Figure, Hashable {
  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title.
  public var notes: [String]
  /// From the top downwards.
  public var pulls: [Pull]

  /// A figure from its parts.
  public init(title: String = "", notes: [String] = [], pulls: [Pull]) {
    (self.title, self.notes, self.pulls) = (title, notes, pulls)
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` for no pulls, more than 500, or values that aren't finite.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try Check.count(pulls.count, of: "pulls", atMost: 500)
    for pull in pulls { try pull.check() }
    let ends = pulls.flatMap { [$0.value - $0.down, $0.value + $0.up] }
    let reach = max(2.9, (ends.map { abs($0) }.max() ?? 0) * 1.05)
    let axis = FigureAxis(
      "(\\hat{\\theta} − \\theta_{0}) / \\Delta\\theta", from: -reach, to: reach)
    var plot = try Plot(
      style.widened(for: pulls.map(\.name)), title: title, notes: notes,
      x: PlotAxis(axis, showing: [], margin: 0),
      y: PlotAxis(names: pulls.map(\.name), isDownwards: true))
    plot.frameHeight = (Double(pulls.count) + 0.4) * style.lineHeight(style.smallSize)
    return plot.svg { panel, _ in draw(in: &panel, style) }
  }

  private func draw(in panel: inout Panel, _ style: FigureStyle) {
    let palette = style.palette
    panel.draw(area: [panel.strip(x: (-2, 2))], .plain(palette.twoSigma, opacity: 0.8))
    panel.draw(area: [panel.strip(x: (-1, 1))], .plain(palette.oneSigma, opacity: 0.8))
    panel.draw(
      verticalAt: 0, Stroke(color: palette.ink, width: style.hairline, pattern: .dashed))
    for (row, pull) in pulls.enumerated() {
      pull.draw(in: &panel, row: row, style)
    }
  }
}

extension Pull {
  func draw(in panel: inout Panel, row: Int, _ style: FigureStyle) {
    let ink = style.palette.ink
    panel.draw(
      from: value - down, to: value + up, atRow: Double(row),
      Stroke(color: ink, width: style.lineWidth * 0.8))
    let marker = Marker(
      shape: .disc, color: ink, radius: style.markerRadius * 0.8, paper: style.palette.paper)
    panel.draw(marker, at: panel.position(value, Double(row)))
  }
}
