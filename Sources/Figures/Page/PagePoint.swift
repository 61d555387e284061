// SPDX-License-Identifier: Apache-2.0

/// A place on the page in pixels, from the upper left corner.
struct PagePoint: Hashable, Sendable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }

  /// Part of the way to another point.
  func toward(_ other: PagePoint, _ fraction: Double) -> PagePoint {
    PagePoint(x + fraction * (other.x - x), y + fraction * (other.y - y))
  }
}

/// An upright rectangle of the page in pixels.
struct PageRectangle: Hashable, Sendable {
  var left: Double
  var top: Double
  var width: Double
  var height: Double

  var right: Double { left + width }
  var bottom: Double { top + height }
  var middle: PagePoint { PagePoint(left + width / 2, top + height / 2) }

  var corners: [PagePoint] {
    [
      PagePoint(left, top), PagePoint(right, top), PagePoint(right, bottom),
      PagePoint(left, bottom),
    ]
  }

  /// Whether the point is inside or on the edge, give or take a hundredth of a pixel.
  func contains(_ point: PagePoint) -> Bool {
    point.x >= left - 0.01 && point.x <= right + 0.01 && point.y >= top - 0.01
      && point.y <= bottom + 0.01
  }

  /// The same rectangle, smaller by so much on every side.
  func inset(by distance: Double) -> PageRectangle {
    PageRectangle(
      left: left + distance, top: top + distance, width: width - 2 * distance,
      height: height - 2 * distance)
  }
}
