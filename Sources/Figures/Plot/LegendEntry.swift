// SPDX-License-Identifier: Apache-2.0

/// A sample of what is drawn, and what it means.
struct LegendEntry: Sendable {
  var label: Label
  /// Filled, one inside of the other.
  var fills: [Fill] = []
  /// Around the fill.
  var edge: Stroke?
  var line: Stroke?
  /// Above and below the line, as the two edges of a band are.
  var sideLines: Stroke?
  var marker: Marker?
  /// Whether the marker has a vertical bar.
  var bar: Stroke?

  init(_ label: String) { self.label = Label(label) }

  static func line(_ label: String, _ stroke: Stroke) -> LegendEntry {
    var entry = LegendEntry(label)
    entry.line = stroke
    return entry
  }

  static func marker(_ label: String, _ marker: Marker) -> LegendEntry {
    var entry = LegendEntry(label)
    entry.marker = marker
    return entry
  }

  static func fill(_ label: String, _ fill: Fill, edge: Stroke? = nil) -> LegendEntry {
    var entry = LegendEntry(label)
    (entry.fills, entry.edge) = ([fill], edge)
    return entry
  }

  /// The sample, without the label.
  func sample(in box: PageRectangle) -> [SVGElement] {
    var elements = fills.flatMap { $0.sample.elements(in: [box.corners]) }
    let middle = box.middle
    if let edge { elements.append(Self.path([box.corners], isClosed: true, edge)) }
    for (stroke, heights) in [(sideLines, [box.top, box.bottom]), (line, [middle.y])] {
      guard let stroke else { continue }
      let lines = heights.map { [PagePoint(box.left, $0), PagePoint(box.right, $0)] }
      elements.append(Self.path(lines, isClosed: false, stroke))
    }
    if let bar {
      let ends = [PagePoint(middle.x, box.top - 2), PagePoint(middle.x, box.bottom + 2)]
      elements.append(Self.path([ends], isClosed: false, bar))
    }
    return elements + (marker?.elements(at: middle) ?? [])
  }

  private static func path(
    _ lines: [[PagePoint]], isClosed: Bool, _ stroke: Stroke
  ) -> SVGElement {
    var path = SVGPath()
    for line in lines { path.add(line, isClosed: isClosed) }
    var element = SVGElement("path", ["d": path.text])
    stroke.apply(to: &element)
    return element
  }
}
