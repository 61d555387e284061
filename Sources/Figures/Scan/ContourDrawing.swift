// SPDX-License-Identifier: Apache-2.0

/// How the parts of a contour figure look, in the frame and in the legend.
struct ContourDrawing: Sendable {
  let figure: ContourFigure
  let style: FigureStyle

  private var palette: Palette { style.palette }
  private var observed: Stroke { Stroke(color: palette.observed, width: style.lineWidth * 1.2) }
  private var theory: Stroke {
    Stroke(color: palette.observed, width: style.lineWidth * 0.8, pattern: .dotted)
  }
  private var expected: Stroke {
    Stroke(color: palette.expected, width: style.lineWidth, pattern: .dashed)
  }
  private func comparison(_ index: Int) -> Stroke {
    let colors = [palette.series[2], palette.theory, palette.series[1], palette.series[0]]
    return Stroke(
      color: colors[index % colors.count], width: style.lineWidth,
      pattern: index % 2 == 0 ? .dashDotted : .solid)
  }
  private var edge: Stroke { Stroke(color: palette.expected, width: style.hairline * 0.8) }
  private var band: Fill { .plain(palette.twoSigma) }
  private var shade: Fill { .plain(palette.faint, opacity: 0.4) }
  private var hatching: Fill {
    .hatched(
      Stroke(color: palette.faint, width: style.hairline), distance: style.fontSize * 0.6)
  }

  private func marker(_ outcome: ContourFigure.Outcome) -> Marker {
    .outcome(outcome, style, isSmall: figure.points.count > 150)
  }

  func draw(in panel: inout Panel) {
    // A legend may lie on the hatching, since nothing is to be read there.
    fill(figure.forbidden, hatching, in: &panel, isInTheWay: false)
    fill(figure.expectedBand, band, in: &panel)
    fill(figure.uncertain, shade, in: &panel)
    let lines = [
      (figure.expectedBandEdges, edge), (figure.expected, expected),
      (figure.observedTheoryBand, theory), (figure.observed, observed),
    ]
    for (index, comparison) in figure.comparisons.enumerated() {
      draw(comparison.lines, self.comparison(index), in: &panel)
    }
    for (contour, stroke) in lines { draw(contour, stroke, in: &panel) }
    for point in figure.points {
      panel.draw(marker(point.outcome), at: panel.position(point.x, point.y))
    }
  }

  private func draw(
    _ contour: [ContourFigure.Line], _ stroke: Stroke, in panel: inout Panel
  ) {
    for line in contour {
      panel.draw(
        line: line.points.map { panel.position($0[0], $0[1]) }, isClosed: line.isClosed, stroke)
    }
  }

  private func fill(
    _ region: ContourFigure.Region?, _ fill: Fill, in panel: inout Panel, isInTheWay: Bool = true
  ) {
    guard let region else { return }
    let area = panel.area
    let outlines = RegionOutline.outlines(of: region).map { outline in
      outline.map {
        PagePoint(area.left + $0.x * area.width, area.bottom - $0.y * area.height)
      }
    }
    panel.draw(area: outlines, fill, isInTheWay: isInTheWay)
    if case .hatched(let stroke, _) = fill {
      panel.draw(outlines: outlines, stroke)
    }
  }

  /// What is there, contours first.
  var legend: [LegendEntry] {
    var entries: [LegendEntry] = []
    if !figure.observed.isEmpty { entries.append(.line("Observed limit", observed)) }
    if !figure.observedTheoryBand.isEmpty {
      entries.append(.line("Observed ±1σ theory", theory))
    }
    if !figure.expected.isEmpty || figure.expectedBand != nil {
      let hasBand = figure.expectedBand != nil || !figure.expectedBandEdges.isEmpty
      var entry = LegendEntry(hasBand ? "Expected limit ±1σ" : "Expected limit")
      if !figure.expected.isEmpty { entry.line = expected }
      if figure.expectedBand != nil { entry.fills = [band] }
      if !figure.expectedBandEdges.isEmpty { entry.sideLines = edge }
      entries.append(entry)
    }
    for (index, comparison) in figure.comparisons.enumerated() {
      entries.append(.line(comparison.label, self.comparison(index)))
    }
    let outcomes = Set(figure.points.map(\.outcome))
    for outcome in ContourFigure.Outcome.allCases where outcomes.contains(outcome) {
      entries.append(.marker(outcome.name, marker(outcome)))
    }
    if figure.uncertain != nil { entries.append(.fill(figure.uncertainLabel, shade)) }
    if figure.forbidden != nil { entries.append(.fill(figure.forbiddenLabel, hatching)) }
    return entries
  }
}
