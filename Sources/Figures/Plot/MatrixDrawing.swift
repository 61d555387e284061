// SPDX-License-Identifier: Apache-2.0

/// A table of coloured cells, with the numbers where there is room, and the scale beside it.
struct MatrixDrawing: Sendable {
  /// **Shape**: [rows][columns]; NaN leaves a cell empty.
  let values: [[Double]]
  let scale: ColorScale
  let decimals: Int
  let style: FigureStyle

  private var barRoom: Double { style.smallSize * 5.2 }

  func svg(
    title: String, notes: [String], rows: [String], columns: [String]
  ) throws(FigureError) -> String {
    try style.check()
    let widest = rows.map { Label($0).width(size: style.smallSize) }.max() ?? 0
    let names = min(widest, style.width * 0.42)
    let room = style.width - names - barRoom - 4 * style.gap
    let cell = min(
      max(room / Double(columns.count), style.smallSize * 1.15), style.smallSize * 5)
    var grown = style
    grown.width = max(
      style.width, names + barRoom + 4 * style.gap + cell * Double(columns.count))
    var plot = try Plot(
      grown, title: title, notes: notes, x: PlotAxis(names: columns),
      y: PlotAxis(names: rows, isDownwards: true))
    plot.sideWidth = barRoom + max(0, room - cell * Double(columns.count))
    plot.frameHeight = cell * Double(rows.count)
    return plot.svg { panel, _ in draw(in: &panel) }
  }

  private func draw(in panel: inout Panel) {
    var cells: [String: [[PagePoint]]] = [:]
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() where value.isFinite {
        let (x, y) = (Double(column), Double(row))
        cells[scale.color(of: value), default: []].append(
          panel.rectangle(x: (x - 0.5, x + 0.5), y: (y - 0.5, y + 0.5)))
      }
    }
    for (color, outlines) in cells.sorted(by: { $0.key < $1.key }) where color != "#ffffff" {
      panel.draw(area: outlines, .plain(color))
    }
    drawNumbers(in: &panel)
    drawBar(in: &panel)
  }

  /// Only where they can be read.
  private func drawNumbers(in panel: inout Panel) {
    let cell = panel.area.width / Double(max(values.first?.count ?? 1, 1))
    let texts = values.map { $0.map { NumberText.fixed($0, decimals: decimals) } }
    let widest = texts.joined().map { Label($0).width(size: 1) }.max() ?? 1
    let size = min(style.smallSize * 0.9, cell * 0.9 / widest)
    guard size >= style.smallSize * 0.6 else { return }
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() where value.isFinite {
        let place = panel.position(Double(column), Double(row))
        panel.draw(
          above: Label(texts[row][column]).element(
            at: PagePoint(place.x, place.y + size * 0.35), size: size, anchor: .middle,
            color: scale.isDark(value) ? style.palette.paper : nil))
      }
    }
  }

  private func drawBar(in panel: inout Panel) {
    let bar = PageRectangle(
      left: panel.area.right + style.gap * 1.2, top: panel.area.top,
      width: style.smallSize * 1.2, height: panel.area.height)
    let axis = AxisScale(lower: scale.lower, upper: scale.upper, isLogarithmic: false)
    var inside = Panel(bar, x: axis, y: axis)
    let steps = 100
    for step in 0..<steps {
      let ends = [step, step + 1].map { Double($0) / Double(steps) }
      // A little overlap, or the paper shines through between the steps.
      let box = PageRectangle(
        left: bar.left, top: bar.bottom - ends[1] * bar.height, width: bar.width,
        height: (ends[1] - ends[0]) * bar.height + (step == 0 ? 0 : 0.5))
      inside.draw(
        area: [box.corners],
        .plain(scale.color(of: axis.value(at: (ends[0] + ends[1]) / 2))))
    }
    let frame = FrameDrawing(area: bar, style: style)
    let ticks = Ticks.fitting(axis, length: bar.height, .vertical, size: style.smallSize)
    var elements = inside.elements + frame.marks(ticks, axis, [.right]) + [frame.box]
    for tick in ticks.major {
      let y = bar.bottom - axis.fraction(of: tick.value) * bar.height
      elements.append(
        Label(tick.label).element(
          at: PagePoint(bar.right + style.smallSize * 0.4, y + style.smallSize * 0.35),
          size: style.smallSize))
    }
    for element in elements { panel.draw(above: element) }
  }
}
