// SPDX-License-Identifier: Apache-2.0

extension Panel {
  /// From one value to another on the horizontal axis.
  mutating func draw(from lower: Double, to upper: Double, atRow y: Double, _ stroke: Stroke) {
    draw(line: [position(lower, y), position(upper, y)], stroke)
  }

  /// From one value to another on the vertical axis.
  mutating func draw(from lower: Double, to upper: Double, atColumn x: Double, _ stroke: Stroke) {
    draw(line: [position(x, lower), position(x, upper)], stroke)
  }

  /// A rectangle between two values of each axis.
  func rectangle(x: (Double, Double), y: (Double, Double)) -> [PagePoint] {
    [position(x.0, y.0), position(x.1, y.0), position(x.1, y.1), position(x.0, y.1)]
  }

  /// The whole height between two values of the horizontal axis.
  func strip(x: (Double, Double)) -> [PagePoint] {
    let (left, right) = (column(x.0), column(x.1))
    return [
      PagePoint(left, area.top), PagePoint(right, area.top), PagePoint(right, area.bottom),
      PagePoint(left, area.bottom),
    ]
  }

  /// A straight line over the whole height.
  mutating func draw(verticalAt x: Double, _ stroke: Stroke) {
    draw(line: [PagePoint(column(x), area.top), PagePoint(column(x), area.bottom)], stroke)
  }

  /// A straight line over the whole width.
  mutating func draw(horizontalAt y: Double, _ stroke: Stroke) {
    draw(line: [PagePoint(area.left, row(y)), PagePoint(area.right, row(y))], stroke)
  }
}
