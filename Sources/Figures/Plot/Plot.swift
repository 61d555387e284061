// SPDX-License-Identifier: Apache-2.0

/// A page with a header, a frame with axes and a legend; figures draw what is in the frame.
struct Plot: Sendable {
  let style: FigureStyle
  var title: String
  var notes: [String]
  var x: PlotAxis
  var y: PlotAxis
  var legend: [LegendEntry] = []
  /// Whether the legend is put above the frame without looking for room inside of it.
  var isLegendAbove = false
  /// Numbers of their own at the upper edge, on the frame's width.
  var top: PlotAxis?
  /// The vertical axis of a second, lower frame that shares the horizontal one.
  var ratio: PlotAxis?
  /// For figures whose height depends on their rows; nil: what the page leaves.
  var frameHeight: Double?
  /// Kept free to the right of the frame.
  var sideWidth = 0.0

  init(
    _ style: FigureStyle, title: String, notes: [String], x: PlotAxis, y: PlotAxis
  ) throws(FigureError) {
    try style.check()
    (self.style, self.title, self.notes, self.x, self.y) = (style, title, notes, x, y)
  }

  /// The page with what `draw` puts into the frames.
  ///
  /// It is called again with a higher upper end, or a smaller frame, until the legend has a place
  /// where it covers nothing.
  func svg(_ draw: (_ main: inout Panel, _ ratio: inout Panel?) -> Void) -> String {
    if !isLegendAbove, !legend.isEmpty {
      for headroom in y.canGrow ? [1, 0.87, 0.77, 0.68, 0.6] : [1] {
        var plot = self
        plot.y.scale = y.scale.raised(to: headroom)
        let layout = PlotLayout(plot, isLegendAbove: false)
        let panels = plot.panels(layout, draw)
        for columns in 1...3 where columns <= legend.count {
          let legend = Legend(legend, columns: columns, width: layout.main.width, style: style)
          if let place = legend.place(in: panels.main) {
            return plot.page(layout, panels, legend.elements(left: place.left, top: place.top))
          }
        }
      }
    }
    let layout = PlotLayout(self, isLegendAbove: true)
    let legend = layout.legend?.elements(
      left: style.gap, top: style.gap + layout.header.height + style.gap * 0.3)
    return page(layout, panels(layout, draw), legend ?? [])
  }

  private func panels(
    _ layout: PlotLayout, _ draw: (_ main: inout Panel, _ ratio: inout Panel?) -> Void
  ) -> (main: Panel, ratio: Panel?) {
    var main = Panel(layout.main, x: x.scale, y: y.scale)
    var lower: Panel?
    if let ratio, let area = layout.ratio { lower = Panel(area, x: x.scale, y: ratio.scale) }
    draw(&main, &lower)
    return (main, lower)
  }

  private func page(
    _ layout: PlotLayout, _ panels: (main: Panel, ratio: Panel?), _ legend: [SVGElement]
  ) -> String {
    var document = SVGDocument(
      width: style.width, height: layout.height, title: Label(title).plainText, style: style)
    document.elements = layout.header.elements(left: style.gap, top: style.gap)
    document.elements += panels.main.elements + (panels.ratio?.elements ?? [])
    document.elements += axes(layout) + legend
    return document.text
  }
}
