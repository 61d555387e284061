// SPDX-License-Identifier: Apache-2.0

/// A plot with two axes: what is drawn is in the axes' values, and cut at the frame.
struct Panel: Sendable {
  let area: PageRectangle
  let x: AxisScale
  let y: AxisScale
  private(set) var occupancy: Occupancy
  /// Cut at the frame.
  private var inside: [SVGElement] = []
  /// Markers: those on the frame are whole.
  private var above: [SVGElement] = []

  init(_ area: PageRectangle, x: AxisScale, y: AxisScale) {
    (self.area, self.x, self.y) = (area, x, y)
    occupancy = Occupancy(area)
  }

  func position(_ x: Double, _ y: Double) -> PagePoint {
    PagePoint(column(x), row(y))
  }

  func column(_ value: Double) -> Double {
    area.left + Self.kept(x.fraction(of: value)) * area.width
  }

  func row(_ value: Double) -> Double {
    area.bottom - Self.kept(y.fraction(of: value)) * area.height
  }

  /// Not so far outside of the frame that hatching it would take long.
  private static func kept(_ fraction: Double) -> Double { min(max(fraction, -20), 20) }

  // MARK: Drawing

  mutating func draw(line points: [PagePoint], isClosed: Bool = false, _ stroke: Stroke) {
    guard points.count > 1 else { return }
    var path = SVGPath()
    path.add(points, isClosed: isClosed)
    var element = SVGElement("path", ["d": path.text])
    stroke.apply(to: &element)
    inside.append(element)
    occupancy.take(along: isClosed ? points + points.prefix(1) : points)
  }

  /// - Parameter isInTheWay: whether a legend may not cover it.
  mutating func draw(area outlines: [[PagePoint]], _ fill: Fill, isInTheWay: Bool = true) {
    inside += fill.elements(in: outlines)
    if isInTheWay { occupancy.take(insideOf: outlines) }
  }

  /// Lines that aren't in the way of a legend, such as those around a hatched area.
  mutating func draw(outlines: [[PagePoint]], _ stroke: Stroke) {
    var path = SVGPath()
    for outline in outlines { path.add(outline, isClosed: true) }
    guard !path.text.isEmpty else { return }
    var element = SVGElement("path", ["d": path.text])
    stroke.apply(to: &element)
    inside.append(element)
  }

  /// What is in a panel with other axes on the same frame.
  mutating func draw(_ other: Panel) {
    inside += other.inside
    above += other.above
    occupancy.take(other.occupancy)
  }

  /// A marker outside of the frame isn't drawn.
  mutating func draw(_ marker: Marker, at point: PagePoint) {
    guard area.contains(point) else { return }
    above += marker.elements(at: point)
    occupancy.take(marker.area(at: point))
  }

  /// Text and whatever else is put on top; it may reach beyond the frame.
  mutating func draw(above element: SVGElement, taking area: PageRectangle? = nil) {
    above.append(element)
    if let area { occupancy.take(area) }
  }

  /// Everything drawn so far, the frame left out.
  var elements: [SVGElement] {
    let box = area
    let window = SVGElement(
      "svg",
      [
        "x": box.left, "y": box.top, "width": box.width, "height": box.height,
        "viewBox": [box.left, box.top, box.width, box.height].map(SVGNumber.text)
          .joined(separator: " "),
        "overflow": "hidden",
      ], inside)
    return (inside.isEmpty ? [] : [window]) + above
  }
}
