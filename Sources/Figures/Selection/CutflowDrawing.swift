// SPDX-License-Identifier: Apache-2.0

/// How the parts of a cutflow look: bars, published values, and numbers beside them.
struct CutflowDrawing: Sendable {
  let figure: CutflowFigure
  let style: FigureStyle

  private var fill: Fill { .plain(style.palette.series[0]) }
  private var bar: Stroke { Stroke(color: style.palette.ink, width: style.lineWidth * 0.7) }
  private var published: Marker {
    Marker(
      shape: .diamond, color: style.palette.observed, radius: style.markerRadius * 1.1,
      paper: style.palette.paper)
  }

  private var hasPublished: Bool { figure.rows.contains { $0.published != nil } }

  private var texts: [(yield: String, ratio: String)] {
    figure.rows.map { row in
      let spread = row.uncertainty > 0 ? " ± \(NumberText.short(row.uncertainty, digits: 2))" : ""
      guard let published = row.published, published != 0 else {
        return (NumberText.short(row.yield, digits: 4) + spread, "")
      }
      return (
        NumberText.short(row.yield, digits: 4) + spread,
        NumberText.fixed(row.yield / published, decimals: 2)
      )
    }
  }

  private var columns: (yield: Double, ratio: Double) {
    let size = style.smallSize
    let yields =
      texts.map { Label($0.yield).width(size: size) } + [Label("Yield").width(size: size)]
    return ((yields.max() ?? 0) + style.gap, hasPublished ? Label("Ratio").width(size: size) : 0)
  }

  /// Of the numbers beside the frame.
  var textWidth: Double { columns.yield + columns.ratio + style.gap * 0.5 }

  func draw(in panel: inout Panel) {
    for (row, entry) in figure.rows.enumerated() {
      let middle = Double(row)
      let foot = panel.x.isLogarithmic ? panel.x.lower : 0
      let box = panel.rectangle(x: (foot, entry.yield), y: (middle - 0.36, middle + 0.36))
      if !panel.x.isLogarithmic || entry.yield > 0 { panel.draw(area: [box], fill) }
      if entry.uncertainty > 0 {
        panel.draw(
          from: entry.yield - entry.uncertainty, to: entry.yield + entry.uncertainty,
          atRow: middle, bar)
      }
      if let value = entry.published, !panel.x.isLogarithmic || value > 0 {
        panel.draw(published, at: panel.position(value, middle))
      }
    }
    drawTexts(in: &panel)
  }

  private func drawTexts(in panel: inout Panel) {
    let size = style.smallSize
    let right = panel.area.right + columns.yield
    let farRight = right + columns.ratio + style.gap * 0.5
    var cells = [("Yield", right, panel.area.top - size * 0.4)]
    if hasPublished { cells.append(("Ratio", farRight, panel.area.top - size * 0.4)) }
    for (row, text) in texts.enumerated() {
      let baseline = panel.row(Double(row)) + size * 0.35
      cells += [(text.yield, right, baseline), (text.ratio, farRight, baseline)]
    }
    for (text, x, y) in cells where !text.isEmpty {
      panel.draw(
        above: Label(text).element(at: PagePoint(x, y), size: size, anchor: .end))
    }
  }

  var legend: [LegendEntry] {
    let yield = LegendEntry.fill("Yield", fill)
    return hasPublished ? [yield, .marker("Published", published)] : [yield]
  }
}
