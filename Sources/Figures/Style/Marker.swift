// SPDX-License-Identifier: Apache-2.0

/// The sign of a point: shapes differ as well as colours.
struct Marker: Hashable, Sendable {
  /// What is drawn.
  enum Shape: Sendable { case disc, circle, halfDisc, cross, square, diamond, up, down }

  var shape: Shape
  var color: String
  /// Half the height, in pixels.
  var radius: Double
  var paper: String

  func elements(at center: PagePoint) -> [SVGElement] {
    switch shape {
    case .disc: [disc(at: center, fill: color, edge: paper)]
    case .circle: [disc(at: center, fill: paper, edge: color)]
    case .halfDisc: [disc(at: center, fill: paper, edge: color), half(at: center)]
    case .cross: [cross(at: center)]
    case .square:
      [
        outline(
          [(-0.75, -0.75), (0.75, -0.75), (0.75, 0.75), (-0.75, 0.75)], at: center, fill: paper)
      ]
    case .diamond: [outline([(0, -1), (1, 0), (0, 1), (-1, 0)], at: center, fill: paper)]
    case .up: [outline([(0, -1), (0.9, 0.7), (-0.9, 0.7)], at: center, fill: color)]
    case .down: [outline([(0, 1), (0.9, -0.7), (-0.9, -0.7)], at: center, fill: color)]
    }
  }

  /// What the marker covers.
  func area(at center: PagePoint) -> PageRectangle {
    PageRectangle(
      left: center.x - radius, top: center.y - radius, width: 2 * radius, height: 2 * radius)
  }

  private var edgeWidth: Double { radius * 0.38 }

  /// The edge is outside of a disc, so that it is as large as a circle.
  private func disc(at center: PagePoint, fill: String, edge: String) -> SVGElement {
    SVGElement(
      "circle",
      [
        "cx": center.x, "cy": center.y,
        "r": edge == paper ? radius + edgeWidth / 4 : radius - edgeWidth / 2, "fill": fill,
        "stroke": edge,
        "stroke-width": edgeWidth,
      ])
  }

  private func half(at center: PagePoint) -> SVGElement {
    let reach = SVGNumber.text(radius - edgeWidth / 2)
    let (x, top) = (SVGNumber.text(center.x), SVGNumber.text(center.y - radius + edgeWidth / 2))
    let bottom = SVGNumber.text(center.y + radius - edgeWidth / 2)
    return SVGElement(
      "path", ["d": "M\(x) \(top) A\(reach) \(reach) 0 0 0 \(x) \(bottom) Z", "fill": color])
  }

  private func cross(at center: PagePoint) -> SVGElement {
    let reach = radius * 0.85
    var path = SVGPath()
    for sign in [-1.0, 1.0] {
      path.add(
        [
          PagePoint(center.x - reach, center.y - sign * reach),
          PagePoint(center.x + reach, center.y + sign * reach),
        ], isClosed: false)
    }
    return SVGElement(
      "path", ["d": path.text, "stroke": color, "stroke-width": edgeWidth * 1.3, "fill": "none"])
  }

  /// - Parameter corners: relative to the radius.
  private func outline(
    _ corners: [(x: Double, y: Double)], at center: PagePoint, fill: String
  ) -> SVGElement {
    var path = SVGPath()
    path.add(
      corners.map { PagePoint(center.x + radius * $0.x, center.y + radius * $0.y) },
      isClosed: true)
    return SVGElement(
      "path", ["d": path.text, "fill": fill, "stroke": color, "stroke-width": edgeWidth])
  }
}
