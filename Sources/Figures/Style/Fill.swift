// SPDX-License-Identifier: Apache-2.0

/// How an area is drawn.
enum Fill: Hashable, Sendable {
  case plain(String, opacity: Double = 1)
  /// Lines that fall to the right.
  case hatched(Stroke, distance: Double)

  /// Lines so close that a small sample shows them.
  var sample: Fill {
    guard case .hatched(let stroke, let distance) = self else { return self }
    return .hatched(stroke, distance: distance * 0.5)
  }

  /// Elements that fill what is inside of the outlines; where an even number of them
  /// overlap is outside.
  func elements(in outlines: [[PagePoint]]) -> [SVGElement] {
    var path = SVGPath()
    switch self {
    case .plain(let color, let opacity):
      for outline in outlines { path.add(outline, isClosed: true) }
      guard !path.text.isEmpty else { return [] }
      var element = SVGElement(
        "path", ["d": path.text, "fill": color, "fill-rule": "evenodd"])
      if opacity < 1 { element.set("fill-opacity", opacity) }
      return [element]
    case .hatched(let stroke, let distance):
      for line in Hatching.lines(in: outlines, distance: distance) {
        path.add(line, isClosed: false)
      }
      guard !path.text.isEmpty else { return [] }
      var element = SVGElement("path", ["d": path.text])
      stroke.apply(to: &element)
      return [element]
    }
  }
}
