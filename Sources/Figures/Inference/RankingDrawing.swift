// SPDX-License-Identifier: Apache-2.0

/// How the parts of a ranking look, in the frame and in the legend.
struct RankingDrawing: Sendable {
  let entries: [RankingFigure.Entry]
  let style: FigureStyle

  private var up: String { style.palette.series[1] }
  private var down: String { style.palette.series[0] }
  private func edge(_ color: String) -> Stroke {
    Stroke(color: color, width: style.lineWidth * 0.7)
  }

  func draw(in panel: inout Panel, _ impactScale: AxisScale) {
    // The impacts' axis spans the same width as the pulls'.
    var impacts = Panel(panel.area, x: impactScale, y: panel.y)
    for (row, entry) in entries.enumerated() {
      for (value, color) in [(entry.postfit.down, down), (entry.postfit.up, up)] {
        impacts.draw(
          area: [bar(impacts, row, value, halfHeight: 0.36)], .plain(color, opacity: 0.85))
      }
      if let prefit = entry.prefit {
        for (value, color) in [(prefit.down, down), (prefit.up, up)] {
          impacts.draw(
            line: bar(impacts, row, value, halfHeight: 0.36), isClosed: true, edge(color))
        }
      }
    }
    panel.draw(impacts)
    let line = Stroke(color: style.palette.faint, width: style.hairline, pattern: .dashed)
    for x in [-1.0, 0, 1] { panel.draw(verticalAt: x, line) }
    for (row, entry) in entries.enumerated() { entry.pull?.draw(in: &panel, row: row, style) }
  }

  private func bar(
    _ panel: Panel, _ row: Int, _ value: Double, halfHeight: Double
  ) -> [PagePoint] {
    let middle = Double(row)
    return panel.rectangle(x: (0, value), y: (middle - halfHeight, middle + halfHeight))
  }

  var legend: [LegendEntry] {
    var pull = LegendEntry("Pull")
    pull.line = Stroke(color: style.palette.ink, width: style.lineWidth * 0.8)
    pull.marker = Marker(
      shape: .disc, color: style.palette.ink, radius: style.markerRadius * 0.8,
      paper: style.palette.paper)
    var entries = [
      LegendEntry.fill("Post-fit impact, \\theta up", .plain(up, opacity: 0.85)),
      LegendEntry.fill("Post-fit impact, \\theta down", .plain(down, opacity: 0.85)),
    ]
    if self.entries.contains(where: { $0.prefit != nil }) {
      entries += [
        LegendEntry.fill("Pre-fit impact, \\theta up", .plain("none"), edge: edge(up)),
        LegendEntry.fill("Pre-fit impact, \\theta down", .plain("none"), edge: edge(down)),
      ]
    }
    return entries + [pull]
  }
}
