// SPDX-License-Identifier: Apache-2.0

extension StackDrawing {
  /// Data over the sum of samples in each bin; nil where the sum isn't positive.
  private var ratios: [StackFigure.Measurement?] {
    zip(figure.observed ?? [], total).map { data, sum in
      sum > 0
        ? StackFigure.Measurement(data.value / sum, down: data.down / sum, up: data.up / sum) : nil
    }
  }

  /// About 1, as wide as the points need within reason; nil without data or samples.
  func ratioAxis() throws(FigureError) -> PlotAxis? {
    guard figure.observed != nil, !figure.samples.isEmpty else { return nil }
    let points = ratios.compactMap { $0 }
    let farthest = points.map { abs($0.value - 1) + min($0.down, $0.up) }.max() ?? 0
    let reach = [0.25, 0.5, 1].first { $0 >= farthest } ?? 1
    let least = points.map { $0.value - $0.down }.min() ?? 0
    let isNegative = points.contains { $0.value < 0 }
    let axis = FigureAxis(
      "\(figure.observedLabel) / sum", from: isNegative ? max(-1, least * 1.1) : 1 - reach,
      to: 1 + reach)
    return try PlotAxis(axis, showing: [], margin: 0)
  }

  func drawRatio(in panel: inout Panel) {
    let relative = zip(total, figure.uncertainty ?? []).map { sum, distance in
      sum > 0 ? distance / sum : 0
    }
    drawUncertainty(in: &panel, around: Array(repeating: 1, count: total.count), relative)
    panel.draw(
      horizontalAt: 1, Stroke(color: style.palette.ink, width: style.hairline, pattern: .dashed))
    for (span, ratio) in zip(spans, ratios) {
      guard let ratio else { continue }
      let middle = panel.middle(of: span)
      panel.draw(
        from: ratio.value - ratio.down, to: ratio.value + ratio.up, atColumn: middle, bar)
      // A point outside of the range is shown at its edge, as an arrow.
      let place = panel.column(middle)
      if ratio.value > panel.y.upper {
        let arrow = dot(.up)
        panel.draw(arrow, at: PagePoint(place, panel.area.top + arrow.radius * 1.5))
      } else if ratio.value < panel.y.lower {
        let arrow = dot(.down)
        panel.draw(arrow, at: PagePoint(place, panel.area.bottom - arrow.radius * 1.5))
      } else {
        panel.draw(dot(.disc), at: panel.position(middle, ratio.value))
      }
    }
  }
}
