// SPDX-License-Identifier: Apache-2.0

/// How the parts of a stack look, in the frame and in the legend.
struct StackDrawing: Sendable {
  let figure: StackFigure
  let style: FigureStyle
  let spans: [(lower: Double, upper: Double)]
  /// Sums of the samples up to each of them, none first. **Shape**: [samples + 1][bins].
  private let levels: [[Double]]

  init(figure: StackFigure, style: FigureStyle) {
    (self.figure, self.style, spans) = (figure, style, figure.bins.spans)
    let bottom = Array(repeating: 0.0, count: figure.bins.count)
    levels = figure.samples.reduce(into: [bottom]) { levels, sample in
      levels.append(zip(levels[levels.count - 1], sample.yields).map(+))
    }
  }

  /// The sum of all samples.
  var total: [Double] { levels[levels.count - 1] }

  private var uncertainty: [Double] {
    figure.uncertainty ?? Array(repeating: 0, count: total.count)
  }

  /// From zero, or on a logarithmic axis from below the smallest yield that is seen.
  func verticalAxis() throws(FigureError) -> PlotAxis {
    let data = (figure.observed ?? []).map { $0.value + $0.up }
    let tops = zip(total, uncertainty).map(+) + data + figure.overlays.flatMap(\.yields)
    var axis = figure.y
    if axis.scale == .log {
      let positive = (tops + total).filter { $0 > 0 }
      guard let least = positive.min(), let greatest = positive.max() else {
        throw FigureError("\(axis.name) is logarithmic, but no yield is positive: make it linear")
      }
      axis.lower = axis.lower ?? max(least / 4, greatest / 1e7)
      return try PlotAxis(axis, showing: [greatest], margin: 0.08)
    }
    let below = (figure.observed ?? []).filter { $0.value < 0 }.map { $0.value - $0.down }
    let lowest = (levels.joined() + below + figure.overlays.flatMap(\.yields)).min() ?? 0
    axis.lower = axis.lower ?? min(0, lowest * 1.1)
    return try PlotAxis(
      axis, showing: tops.allSatisfy { $0 <= 0 } ? tops + [1] : tops, margin: 0.06)
  }

  // MARK: Drawing

  func draw(in panel: inout Panel) {
    let edge = Stroke(color: style.palette.ink, width: style.hairline * 0.7)
    for index in figure.samples.indices {
      let outline = steps(in: panel, levels[index + 1]) + steps(in: panel, levels[index]).reversed()
      for fill in fills(index) { panel.draw(area: [outline], fill) }
      panel.draw(line: steps(in: panel, levels[index + 1]), edge)
    }
    drawUncertainty(in: &panel, around: total, uncertainty)
    for (index, overlay) in figure.overlays.enumerated() {
      panel.draw(line: steps(in: panel, overlay.yields), overlayStroke(index))
    }
    for (span, point) in zip(spans, figure.observed ?? []) {
      let middle = panel.middle(of: span)
      panel.draw(
        from: point.value - point.down, to: point.value + point.up, atColumn: middle, bar)
      panel.draw(dot(.disc), at: panel.position(middle, point.value))
    }
  }

  func drawUncertainty(in panel: inout Panel, around values: [Double], _ distances: [Double]) {
    guard figure.uncertainty != nil else { return }
    let boxes = zip(spans, zip(values, distances)).map { span, band in
      panel.rectangle(
        x: (span.lower, span.upper), y: (band.0 - band.1, band.0 + band.1))
    }
    panel.draw(area: boxes, hatching)
  }

  /// A staircase along the tops of the bins.
  private func steps(in panel: Panel, _ values: [Double]) -> [PagePoint] {
    zip(spans, values).flatMap { span, value in
      [panel.position(span.lower, value), panel.position(span.upper, value)]
    }
  }

  // MARK: Looks

  /// When colours begin again, hatching tells samples apart.
  private func fills(_ index: Int) -> [Fill] {
    let colors = style.palette.series
    let plain = Fill.plain(colors[index % colors.count])
    guard index >= colors.count else { return [plain] }
    return [
      plain,
      .hatched(
        Stroke(color: style.palette.paper, width: style.lineWidth),
        distance: style.fontSize * (index < 2 * colors.count ? 0.7 : 1.4)),
    ]
  }

  private func overlayStroke(_ index: Int) -> Stroke {
    let colors = [style.palette.observed, style.palette.theory, style.palette.expected]
    return Stroke(
      color: colors[index % colors.count], width: style.lineWidth,
      pattern: index < colors.count ? .dashed : .dashDotted)
  }

  private var hatching: Fill {
    .hatched(
      Stroke(color: style.palette.ink, width: style.hairline * 0.7),
      distance: style.fontSize * 0.32)
  }

  var bar: Stroke { Stroke(color: style.palette.ink, width: style.lineWidth * 0.8) }

  func dot(_ shape: Marker.Shape) -> Marker {
    let crowded = figure.bins.count > 60 ? 0.6 : 0.9
    return Marker(
      shape: shape, color: style.palette.ink, radius: style.markerRadius * crowded,
      paper: style.palette.paper)
  }

  /// Data first, then samples from the top downwards.
  var legend: [LegendEntry] {
    var entries: [LegendEntry] = []
    if figure.observed != nil {
      var entry = LegendEntry.marker(figure.observedLabel, dot(.disc))
      entry.bar = bar
      entries.append(entry)
    }
    for (index, overlay) in figure.overlays.enumerated() {
      entries.append(.line(overlay.name, overlayStroke(index)))
    }
    for (index, sample) in figure.samples.enumerated().reversed() {
      var entry = LegendEntry(sample.name)
      entry.fills = fills(index)
      entry.edge = Stroke(color: style.palette.ink, width: style.hairline * 0.7)
      entries.append(entry)
    }
    if figure.uncertainty != nil { entries.append(.fill("Uncertainty", hatching)) }
    return entries
  }
}

extension Panel {
  /// Halfway between the ends of a bin on the page.
  func middle(of span: (lower: Double, upper: Double)) -> Double {
    x.value(at: (x.fraction(of: span.lower) + x.fraction(of: span.upper)) / 2)
  }
}
