// SPDX-License-Identifier: Apache-2.0

/// Which parts of a plot have something drawn on them, in squares of a few pixels.
struct Occupancy: Sendable {
  private static let side = 4.0

  private let area: PageRectangle
  private let columns: Int
  private let rows: Int
  private var isTaken: [Bool]

  init(_ area: PageRectangle) {
    self.area = area
    columns = max(1, Int((area.width / Self.side).rounded(.up)))
    rows = max(1, Int((area.height / Self.side).rounded(.up)))
    isTaken = Array(repeating: false, count: columns * rows)
  }

  /// A line through points.
  mutating func take(along points: [PagePoint]) {
    for (start, end) in zip(points, points.dropFirst()) {
      let length = max(abs(end.x - start.x), abs(end.y - start.y))
      // Lines to far outside of the page are cut when they are written, too.
      let steps = Int(min(length / (Self.side / 2), 20_000)) + 1
      for step in 0...steps { take(start.toward(end, Double(step) / Double(steps))) }
    }
    if points.count == 1, let only = points.first { take(only) }
  }

  mutating func take(_ rectangle: PageRectangle) {
    for row in indices(rectangle.top - area.top, rectangle.bottom - area.top, rows) {
      for column in indices(rectangle.left - area.left, rectangle.right - area.left, columns) {
        isTaken[row * columns + column] = true
      }
    }
  }

  /// What is inside of outlines, a point inside an even number of them being outside.
  mutating func take(insideOf outlines: [[PagePoint]]) {
    for row in 0..<rows {
      let y = area.top + (Double(row) + 0.5) * Self.side
      for span in Hatching.spans(of: outlines, at: y) {
        take(PageRectangle(left: span.lower, top: y, width: span.upper - span.lower, height: 0))
      }
    }
  }

  /// What is taken in another map of the same area.
  mutating func take(_ other: Occupancy) {
    for index in other.isTaken.indices where other.isTaken[index] { isTaken[index] = true }
  }

  func isFree(_ rectangle: PageRectangle) -> Bool {
    indices(rectangle.top - area.top, rectangle.bottom - area.top, rows).allSatisfy { row in
      indices(rectangle.left - area.left, rectangle.right - area.left, columns).allSatisfy {
        !isTaken[row * columns + $0]
      }
    }
  }

  private mutating func take(_ point: PagePoint) {
    take(PageRectangle(left: point.x, top: point.y, width: 0, height: 0))
  }

  private func indices(_ lower: Double, _ upper: Double, _ count: Int) -> Range<Int> {
    let first = max(0, (lower / Self.side).rounded(.down))
    let last = min(Double(count - 1), (upper / Self.side).rounded(.down))
    return first <= last ? Int(first)..<(Int(last) + 1) : 0..<0
  }
}
