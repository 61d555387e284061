// SPDX-License-Identifier: Apache-2.0

/// How the parts of a likelihood scan look, in the frame and in the legend.
struct LikelihoodScanDrawing: Sendable {
  let figure: LikelihoodScanFigure
  let style: FigureStyle

  private var shade: Fill { .plain(style.palette.series[0], opacity: 0.3) }
  private var best: Stroke {
    Stroke(color: style.palette.expected, width: style.hairline * 1.2, pattern: .dashed)
  }

  private func stroke(_ index: Int) -> Stroke {
    let colors = [style.palette.ink, style.palette.observed] + style.palette.series
    return Stroke(
      color: colors[index % colors.count], width: style.lineWidth,
      pattern: index == 0 ? .solid : index % 2 == 1 ? .dashed : .dashDotted)
  }

  func draw(in panel: inout Panel) {
    if let interval = figure.interval {
      panel.draw(
        area: [panel.strip(x: (interval.lower, interval.upper))], shade, isInTheWay: false)
    }
    drawLevels(in: &panel)
    if let bestFit = figure.bestFit { panel.draw(verticalAt: bestFit, best) }
    for (index, curve) in figure.curves.enumerated().reversed() {
      let points = zip(curve.values, curve.twiceDeltaNLL).sorted { $0.0 < $1.0 }
      panel.draw(line: points.map { panel.position($0.0, $0.1) }, stroke(index))
    }
  }

  /// One and more standard deviations of a parameter whose likelihood is a parabola.
  private func drawLevels(in panel: inout Panel) {
    let line = Stroke(color: style.palette.faint, width: style.hairline, pattern: .dotted)
    for deviations in 1...5 {
      let level = Double(deviations * deviations)
      guard level < panel.y.upper, panel.y.fraction(of: level) > 0.02 else { continue }
      panel.draw(horizontalAt: level, line)
      panel.draw(
        above: Label("\(deviations)\\sigma").element(
          at: PagePoint(
            panel.area.right + style.smallSize * 0.4, panel.row(level) + style.smallSize * 0.35),
          size: style.smallSize))
    }
  }

  var legend: [LegendEntry] {
    var entries = figure.curves.enumerated().filter { !$0.element.label.isEmpty }.map {
      LegendEntry.line($0.element.label, stroke($0.offset))
    }
    guard let bestFit = figure.bestFit else { return entries }
    var entry = LegendEntry.line("Best fit \(NumberText.short(bestFit))", best)
    if let interval = figure.interval, interval.lower < bestFit, bestFit < interval.upper {
      let (up, down) = (interval.upper - bestFit, bestFit - interval.lower)
      let decimals = NumberText.decimals(showing: min(up, down))
      func text(_ value: Double) -> String { NumberText.fixed(value, decimals: decimals) }
      entry = .line(
        "\(figure.parameter.label) = \(text(bestFit))^{+\(text(up))}_{−\(text(down))}", best)
      entry.fills = [shade]
    }
    entries.append(entry)
    return entries
  }
}
