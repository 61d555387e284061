// SPDX-License-Identifier: Apache-2.0

extension Plot {
  /// Frames, marks, numbers and names of all axes.
  func axes(_ layout: PlotLayout) -> [SVGElement] {
    let main = FrameDrawing(area: layout.main, style: style)
    let left = style.gap + style.fontSize
    var elements =
      main.marks(layout.xTicks, x.scale, top == nil ? [.bottom, .top] : [.bottom])
      + main.marks(layout.yTicks, y.scale, [.left, .right]) + [main.box]
      + main.verticalLabels(layout.yTicks, y.scale, width: layout.yLabelRoom)
    if !y.label.isEmpty {
      elements.append(main.verticalTitle(y.title(layout.yTicks), baseline: left))
    }
    if let top, let ticks = layout.topTicks {
      elements += main.marks(ticks, top.scale, [.top])
      elements += main.horizontalLabels(
        ticks, top.scale, .top, isTurned: false, width: layout.main.width)
      elements.append(
        main.horizontalTitle(
          top.title(ticks), baseline: layout.main.top - style.smallSize * 1.7))
    }
    var lowest = main
    if let ratio, let area = layout.ratio, let ticks = layout.ratioTicks {
      lowest = FrameDrawing(area: area, style: style)
      elements += lowest.marks(layout.xTicks, x.scale, [.bottom, .top])
      elements += lowest.marks(ticks, ratio.scale, [.left, .right]) + [lowest.box]
      elements += lowest.verticalLabels(
        ticks, ratio.scale, width: layout.yLabelRoom, isBelowAnother: true)
      elements.append(lowest.verticalTitle(ratio.title(ticks), baseline: left))
    }
    return elements + lowerEdge(lowest, layout)
  }

  private func lowerEdge(_ frame: FrameDrawing, _ layout: PlotLayout) -> [SVGElement] {
    let labels = frame.horizontalLabels(
      layout.xTicks, x.scale, .bottom, isTurned: layout.areNamesTurned,
      width: layout.xLabelRoom)
    guard !x.label.isEmpty else { return labels }
    let below =
      layout.areNamesTurned ? layout.xLabelRoom + style.smallSize * 0.7 : style.smallSize * 1.5
    return labels + [
      frame.horizontalTitle(
        x.title(layout.xTicks), baseline: frame.area.bottom + below + style.fontSize * 0.9)
    ]
  }
}
