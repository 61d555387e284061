// SPDX-License-Identifier: Apache-2.0

/// The title and the notes above a plot.
struct Header: Sendable {
  private let style: FigureStyle
  private let title: Label
  private let lines: [Label]

  /// As many notes go on a line as fit, in their order.
  init(title: String, notes: [String], width: Double, style: FigureStyle) {
    self.style = style
    self.title = Label(title, isBold: true).shortened(to: width, size: style.titleSize)
    var texts: [String] = []
    for note in notes where !note.isEmpty {
      if let last = texts.last,
        Label("\(last), \(note)").width(size: style.smallSize) <= width
      {
        texts[texts.count - 1] = "\(last), \(note)"
      } else {
        texts.append(note)
      }
    }
    lines = texts.map { Label($0).shortened(to: width, size: style.smallSize) }
  }

  var height: Double {
    let notes = Double(lines.count) * style.lineHeight(style.smallSize)
    return (title.isEmpty ? 0 : style.lineHeight(style.titleSize)) + notes
  }

  func elements(left: Double, top: Double) -> [SVGElement] {
    var baseline = top
    var elements: [SVGElement] = []
    if !title.isEmpty {
      elements.append(
        title.element(at: PagePoint(left, baseline + style.titleSize), size: style.titleSize))
      baseline += style.lineHeight(style.titleSize)
    }
    for line in lines {
      elements.append(
        line.element(at: PagePoint(left, baseline + style.smallSize), size: style.smallSize))
      baseline += style.lineHeight(style.smallSize)
    }
    return elements
  }
}
