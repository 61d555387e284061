// SPDX-License-Identifier: Apache-2.0

/// The outline of a shape, piece by piece.
struct SVGPath: Sendable {
  private(set) var text = ""

  /// A line along points, back to the first one when it is closed.
  mutating func add(_ points: [PagePoint], isClosed: Bool) {
    for (index, point) in points.enumerated() {
      text += index == 0 ? (text.isEmpty ? "M" : " M") : (index == 1 ? " L" : " ")
      text += "\(SVGNumber.text(point.x)) \(SVGNumber.text(point.y))"
    }
    if isClosed, !points.isEmpty { text += " Z" }
  }
}
