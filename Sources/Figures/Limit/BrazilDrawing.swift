// SPDX-License-Identifier: Apache-2.0

/// How the parts of a limit figure look, in the frame and in the legend.
struct BrazilDrawing: Sendable {
  private static let mostDots = 40

  let figure: BrazilFigure
  let style: FigureStyle
  private let points: [BrazilFigure.Point]
  private let theory: [BrazilFigure.TheoryPoint]

  init(figure: BrazilFigure, style: FigureStyle) {
    (self.figure, self.style) = (figure, style)
    points = figure.points.sorted { $0.x < $1.x }
    theory = figure.theory.sorted { $0.x < $1.x }
  }

  private var palette: Palette { style.palette }
  private var observed: Stroke { Stroke(color: palette.ink, width: style.lineWidth) }
  private var expected: Stroke {
    Stroke(color: palette.ink, width: style.lineWidth, pattern: .dashed)
  }
  private var prediction: Stroke { Stroke(color: palette.observed, width: style.lineWidth) }
  private var threshold: Stroke {
    Stroke(color: palette.observed, width: style.lineWidth * 0.8, pattern: .dashDotted)
  }
  private var predictionBand: Fill { .plain(palette.observed, opacity: 0.25) }
  private var dot: Marker {
    Marker(
      shape: .disc, color: palette.ink, radius: style.markerRadius * 0.8, paper: palette.paper)
  }
  private var hasDots: Bool {
    figure.evaluated.isEmpty && points.count <= Self.mostDots
      && points.contains { $0.observed != nil }
  }

  func draw(in panel: inout Panel) {
    drawBand(in: &panel, deviations: 2, palette.twoSigma)
    drawBand(in: &panel, deviations: 1, palette.oneSigma)
    drawTheory(in: &panel)
    if let level = figure.level {
      let height = panel.row(level.value)
      panel.draw(
        line: [PagePoint(panel.area.left, height), PagePoint(panel.area.right, height)], threshold)
    }
    drawLine(in: &panel, expected) { point in
      point.expected.isEmpty ? nil : point.expected[point.median]
    }
    drawLine(in: &panel, observed, \.observed)
    drawMarks(in: &panel)
    for point in points where hasDots {
      if let observed = point.observed {
        panel.draw(dot, at: panel.position(point.x, observed))
      }
    }
    for point in figure.evaluated {
      panel.draw(
        .outcome(point.outcome, style), at: panel.position(point.x, point.y))
    }
  }

  private func drawBand(in panel: inout Panel, deviations: Int, _ color: String) {
    for run in points.runs(where: { $0.hasBand(deviations) }) {
      let top = run.map { panel.position($0.x, $0.expected[$0.median + deviations]) }
      let bottom = run.map { panel.position($0.x, $0.expected[$0.median - deviations]) }
      panel.draw(
        area: [widened(top) + widened(bottom).reversed()], .plain(color))
    }
  }

  private func drawLine(
    in panel: inout Panel, _ stroke: Stroke, _ value: (BrazilFigure.Point) -> Double?
  ) {
    for run in points.runs(where: { value($0) != nil }) {
      panel.draw(
        line: widened(run.compactMap { point in value(point).map { panel.position(point.x, $0) } }),
        stroke)
    }
  }

  private func drawTheory(in panel: inout Panel) {
    let top = theory.map { panel.position($0.x, $0.value + $0.uncertainty) }
    let bottom = theory.map { panel.position($0.x, $0.value - $0.uncertainty) }
    if hasTheoryBand { panel.draw(area: [top + bottom.reversed()], predictionBand) }
    panel.draw(
      line: widened(theory.map { panel.position($0.x, $0.value) }), prediction)
  }

  private func drawMarks(in panel: inout Panel) {
    let top = figure.level.map { panel.row($0.value) } ?? panel.area.top
    for mark in figure.marks {
      let column = panel.column(mark.x)
      panel.draw(
        line: [PagePoint(column, top), PagePoint(column, panel.area.bottom)], stroke(of: mark))
      if figure.level != nil { panel.draw(sign(of: mark), at: PagePoint(column, top)) }
    }
  }

  private func stroke(of mark: BrazilFigure.Mark) -> Stroke {
    Stroke(
      color: palette.observed, width: style.lineWidth * 0.8,
      pattern: mark.kind == .observed ? .solid : .dotted)
  }

  private func sign(of mark: BrazilFigure.Mark) -> Marker {
    Marker(
      shape: mark.kind == .observed ? .disc : .circle, color: palette.observed,
      radius: style.markerRadius, paper: palette.paper)
  }

  private func entry(of mark: BrazilFigure.Mark) -> LegendEntry {
    var entry = LegendEntry.line("\(mark.label) \(NumberText.short(mark.x))", stroke(of: mark))
    if figure.level != nil { entry.marker = sign(of: mark) }
    return entry
  }

  private var hasTheoryBand: Bool { theory.contains { $0.uncertainty > 0 } }

  /// A point that stands alone is drawn as a short level piece.
  private func widened(_ line: [PagePoint]) -> [PagePoint] {
    guard line.count == 1, let only = line.first else { return line }
    let half = style.fontSize * 0.6
    return [PagePoint(only.x - half, only.y), PagePoint(only.x + half, only.y)]
  }

  /// What is there, limits first.
  var legend: [LegendEntry] {
    var entries: [LegendEntry] = []
    if points.contains(where: { $0.observed != nil }) {
      var entry = LegendEntry.line("Observed", observed)
      if hasDots { entry.marker = dot }
      entries.append(entry)
    }
    if points.contains(where: { !$0.expected.isEmpty }) {
      entries.append(.line("Expected", expected))
    }
    for (deviations, color) in [(1, palette.oneSigma), (2, palette.twoSigma)]
    where points.contains(where: { $0.hasBand(deviations) }) {
      entries.append(.fill("Expected ±\(deviations)σ", .plain(color)))
    }
    if !theory.isEmpty {
      var entry = LegendEntry.line(figure.theoryLabel, prediction)
      if hasTheoryBand { entry.fills = [predictionBand] }
      entries.append(entry)
    }
    if let level = figure.level { entries.append(.line(level.label, threshold)) }
    entries += figure.marks.map(entry)
    let outcomes = Set(figure.evaluated.map(\.outcome))
    for outcome in ContourFigure.Outcome.allCases where outcomes.contains(outcome) {
      entries.append(.marker(outcome.name, .outcome(outcome, style)))
    }
    return entries
  }
}

extension BrazilFigure.Point {
  /// Where the median is among the expected values.
  fileprivate var median: Int { expected.count / 2 }

  fileprivate func hasBand(_ deviations: Int) -> Bool { expected.count > 2 * deviations }
}
