// SPDX-License-Identifier: Apache-2.0

/// Where the parts of a plot are on its page.
struct PlotLayout: Sendable {
  let header: Header
  /// Between header and frame; nil for one inside of the frame, or none.
  let legend: Legend?
  let main: PageRectangle
  let ratio: PageRectangle?
  let xTicks: Ticks
  let yTicks: Ticks
  let ratioTicks: Ticks?
  let topTicks: Ticks?
  let areNamesTurned: Bool
  /// Room for the labels of the lower edge and of the left one.
  let xLabelRoom: Double
  let yLabelRoom: Double
  let height: Double

  init(_ plot: Plot, isLegendAbove: Bool) {
    let style = plot.style
    let (small, gap) = (style.smallSize, style.gap)
    let inner = style.width - 2 * gap
    header = Header(title: plot.title, notes: plot.notes, width: inner, style: style)
    legend =
      isLegendAbove && !plot.legend.isEmpty
      ? .flowing(plot.legend, width: inner, style: style) : nil
    let titleRoom = style.lineHeight(style.fontSize)
    var top = gap + header.height + (legend.map { $0.height + gap * 0.6 } ?? 0) + gap * 0.6
    if plot.top != nil { top += small * 1.5 + titleRoom }

    // The widths of y labels decide where the frame begins, and that which x labels fit.
    let tallest = plot.frameHeight ?? style.height - top
    let ratioShare = plot.ratio == nil ? 0 : 0.29
    yTicks = plot.y.ticks(length: tallest * (0.85 - ratioShare), .vertical, size: small)
    ratioTicks = plot.ratio?.ticks(length: tallest * 0.22, .vertical, size: small)
    let widest = [yTicks, ratioTicks].compactMap { $0?.widestLabel(size: small) }.max() ?? 0
    yLabelRoom = min(widest, style.width * FigureStyle.namesShare)
    let left = gap + (plot.y.label.isEmpty ? 0 : titleRoom) + yLabelRoom + small * 0.5
    let most = style.width - left - gap - plot.sideWidth
    xTicks = plot.x.ticks(length: most, .horizontal, size: small)
    let width = most - Self.overhang(xTicks, plot.x.scale, most - gap, small)
    topTicks = plot.top?.ticks(length: width, .horizontal, size: small)

    let xWidest = xTicks.widestLabel(size: small)
    areNamesTurned =
      !plot.x.names.isEmpty && xWidest > width / Double(plot.x.names.count) - small * 0.4
    xLabelRoom = min(xWidest, style.height * 0.35)
    let bottom =
      (areNamesTurned ? xLabelRoom + small * 0.7 : small * 1.5)
      + (plot.x.label.isEmpty ? 0 : titleRoom) + gap * 0.5
    // Turned names make the page higher, not the frame lower.
    let usual = bottom - (areNamesTurned ? xLabelRoom - small * 0.8 : 0)
    let frames = plot.frameHeight ?? max(style.height - top - usual, style.height * 0.3)
    height = top + frames + bottom
    if plot.ratio == nil {
      main = PageRectangle(left: left, top: top, width: width, height: frames)
      ratio = nil
    } else {
      let between = gap * 0.6
      let lower = frames * ratioShare
      main = PageRectangle(
        left: left, top: top, width: width, height: frames - lower - between)
      ratio = PageRectangle(
        left: left, top: top + frames - lower, width: width, height: lower)
    }
  }

  /// How far the last label reaches beyond the frame.
  private static func overhang(
    _ ticks: Ticks, _ scale: AxisScale, _ width: Double, _ size: Double
  ) -> Double {
    guard let last = ticks.major.last, ticks.hasMarks else { return 0 }
    let place = scale.fraction(of: last.value) * width
    return max(0, place + Label(last.label).width(size: size) / 2 - width)
  }
}
