// SPDX-License-Identifier: Apache-2.0

/// The title and the notes above a plot.
struct Header: Sendable {
  private let style: FigureStyle
  private let titles: [Label]
  private let lines: [Label]

  /// A title has two lines at most; as many notes go on a line as fit, in their order.
  init(title: String, notes: [String], width: Double, style: FigureStyle) {
    self.style = style
    titles = Self.wrapped(title, width, style).map {
      Label($0, isBold: true).shortened(to: width, size: style.titleSize)
    }
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
    return Double(titles.count) * style.lineHeight(style.titleSize) + notes
  }

  func elements(left: Double, top: Double) -> [SVGElement] {
    var baseline = top
    var elements: [SVGElement] = []
    for title in titles {
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

  /// The first line takes the words that fit, the second one the rest.
  private static func wrapped(_ title: String, _ width: Double, _ style: FigureStyle) -> [String] {
    guard !title.isEmpty else { return [] }
    func fits(_ text: some StringProtocol) -> Bool {
      Label(String(text), isBold: true).width(size: style.titleSize) <= width
    }
    // Words inside of braces belong together: a mark can't be on two lines.
    let breaks = title.indices.filter { index in
      let before = title[..<index]
      return title[index] == " "
        && before.count(where: { $0 == "{" }) == before.count(where: { $0 == "}" })
    }
    guard !fits(title), title.count <= 1000, let place = breaks.last(where: { fits(title[..<$0]) })
    else { return [title] }
    return [String(title[..<place]), String(title[title.index(after: place)...])]
  }
}
