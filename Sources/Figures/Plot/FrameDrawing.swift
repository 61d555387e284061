// SPDX-License-Identifier: Apache-2.0

/// Axes around a plot: marks inside on all four sides, as the field draws them.
struct FrameDrawing {
  let area: PageRectangle
  let style: FigureStyle

  /// Which side of the frame.
  enum Edge { case bottom, top, left, right }

  var box: SVGElement {
    SVGElement(
      "rect",
      [
        "x": area.left, "y": area.top, "width": area.width, "height": area.height, "fill": "none",
        "stroke": style.palette.ink, "stroke-width": style.hairline * 1.2,
      ])
  }

  func marks(_ ticks: Ticks, _ scale: AxisScale, _ edges: [Edge]) -> [SVGElement] {
    guard ticks.hasMarks else { return [] }
    var path = SVGPath()
    for edge in edges {
      for tick in ticks.major { add(tick.value, scale, edge, style.tickLength, to: &path) }
      for value in ticks.minor { add(value, scale, edge, style.tickLength / 2, to: &path) }
    }
    guard !path.text.isEmpty else { return [] }
    var element = SVGElement("path", ["d": path.text])
    Stroke(color: style.palette.ink, width: style.hairline).apply(to: &element)
    return [element]
  }

  private func add(
    _ value: Double, _ scale: AxisScale, _ edge: Edge, _ length: Double, to path: inout SVGPath
  ) {
    let fraction = scale.fraction(of: value)
    guard fraction > -1e-6, fraction < 1 + 1e-6 else { return }
    let x = area.left + fraction * area.width
    let y = area.bottom - fraction * area.height
    switch edge {
    case .bottom:
      path.add(
        [PagePoint(x, area.bottom), PagePoint(x, area.bottom - length)], isClosed: false)
    case .top:
      path.add([PagePoint(x, area.top), PagePoint(x, area.top + length)], isClosed: false)
    case .left:
      path.add([PagePoint(area.left, y), PagePoint(area.left + length, y)], isClosed: false)
    case .right:
      path.add([PagePoint(area.right, y), PagePoint(area.right - length, y)], isClosed: false)
    }
  }

  /// Labels of the lower or upper edge, upright or read upwards.
  func horizontalLabels(
    _ ticks: Ticks, _ scale: AxisScale, _ edge: Edge, isTurned: Bool, width: Double
  ) -> [SVGElement] {
    let size = style.smallSize
    let isBelow = edge == .bottom
    return ticks.major.filter { !$0.label.isEmpty }.map { tick in
      let x = area.left + scale.fraction(of: tick.value) * area.width
      let label = Label(tick.label).shortened(to: width, size: size)
      if isTurned {
        let y = isBelow ? area.bottom + size * 0.4 : area.top - size * 0.4
        return label.element(
          at: PagePoint(x + size * 0.35, y), size: size, anchor: isBelow ? .end : .start,
          angle: -90)
      }
      let y = isBelow ? area.bottom + size * 1.15 : area.top - size * 0.45
      return label.element(at: PagePoint(x, y), size: size, anchor: .middle)
    }
  }

  /// - Parameter isBelowAnother: whether there is no room for a label at the upper end.
  func verticalLabels(
    _ ticks: Ticks, _ scale: AxisScale, width: Double, isBelowAnother: Bool = false
  ) -> [SVGElement] {
    let size = style.smallSize
    let highest = isBelowAnother ? 1 - size * 0.7 / area.height : 2
    let shown = ticks.major.filter {
      !$0.label.isEmpty && scale.fraction(of: $0.value) < highest
    }
    return shown.map { tick in
      let y = area.bottom - scale.fraction(of: tick.value) * area.height
      return Label(tick.label).shortened(to: width, size: size).element(
        at: PagePoint(area.left - size * 0.4, y + size * 0.35), size: size, anchor: .end)
    }
  }

  /// The name of an axis, at its far end.
  func horizontalTitle(_ text: String, baseline: Double) -> SVGElement {
    Label(text).shortened(to: area.width, size: style.fontSize).element(
      at: PagePoint(area.right, baseline), size: style.fontSize, anchor: .end)
  }

  /// The name of an axis, read upwards, at its far end.
  func verticalTitle(_ text: String, baseline: Double) -> SVGElement {
    Label(text).shortened(to: area.height, size: style.fontSize).element(
      at: PagePoint(baseline, area.top), size: style.fontSize, anchor: .end, angle: -90)
  }
}
