// SPDX-License-Identifier: Apache-2.0

/// Entries in columns, each read downwards.
struct Legend: Sendable {
  private let entries: [LegendEntry]
  private let style: FigureStyle
  let columns: Int
  private let columnWidths: [Double]

  private var rows: Int { (entries.count + columns - 1) / columns }
  private var rowHeight: Double { style.lineHeight(style.smallSize) }
  private var sampleWidth: Double { style.smallSize * 2 }
  private var space: Double { style.smallSize * 0.5 }

  /// Labels that are wider than the legend may be are shortened.
  init(_ entries: [LegendEntry], columns: Int, width: Double, style: FigureStyle) {
    let columns = max(1, min(columns, entries.count))
    let rows = (entries.count + columns - 1) / max(columns, 1)
    let sample = style.smallSize * 2.5
    let widest = width / Double(columns) - sample - 2 * style.gap
    let shortened = entries.map { entry in
      var entry = entry
      entry.label = entry.label.shortened(to: widest, size: style.smallSize)
      return entry
    }
    self.entries = shortened
    self.style = style
    self.columns = columns
    columnWidths = (0..<columns).map { column in
      shortened.dropFirst(column * rows).prefix(rows).map {
        sample + $0.label.width(size: style.smallSize) + style.gap
      }.max() ?? 0
    }
  }

  /// As few rows as the width allows.
  static func flowing(_ entries: [LegendEntry], width: Double, style: FigureStyle) -> Legend {
    for columns in stride(from: min(entries.count, 5), to: 1, by: -1) {
      let untouched = Legend(entries, columns: columns, width: .infinity, style: style)
      if untouched.width <= width { return untouched }
    }
    return Legend(entries, columns: 1, width: width, style: style)
  }

  var width: Double { columnWidths.reduce(0, +) }
  var height: Double { Double(rows) * rowHeight }

  /// In a rectangle of the legend's width and height.
  func elements(left: Double, top: Double) -> [SVGElement] {
    var elements: [SVGElement] = []
    for (index, entry) in entries.enumerated() {
      let x = left + columnWidths.prefix(index / rows).reduce(0, +)
      let y = top + (Double(index % rows) + 0.5) * rowHeight
      let half = style.smallSize * 0.38
      elements += entry.sample(
        in: PageRectangle(left: x, top: y - half, width: sampleWidth, height: 2 * half))
      elements.append(
        entry.label.element(
          at: PagePoint(x + sampleWidth + space, y + style.smallSize * 0.35),
          size: style.smallSize))
    }
    return elements
  }

  /// A corner or an edge of the panel where nothing is drawn, best places first.
  func place(in panel: Panel) -> PageRectangle? {
    let room = panel.area.inset(by: style.gap * 1.2)
    guard width <= room.width, height <= room.height else { return nil }
    let lefts = [room.right - width, room.left, room.middle.x - width / 2]
    let tops = [room.top, room.bottom - height, room.middle.y - height / 2]
    for top in tops {
      for left in lefts {
        let place = PageRectangle(left: left, top: top, width: width, height: height)
        if panel.occupancy.isFree(place.inset(by: -style.gap * 0.5)) { return place }
      }
    }
    return nil
  }
}
