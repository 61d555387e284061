// SPDX-License-Identifier: Apache-2.0

/// Parallel lines inside of outlines, as plain lines: patterns of SVG need names that clash when
/// two figures are put into one page, and few office programs draw them.
enum Hatching {
  /// The parts of a horizontal line that are inside of an odd number of outlines.
  static func spans(of outlines: [[PagePoint]], at y: Double) -> [(lower: Double, upper: Double)] {
    var crossings: [Double] = []
    for outline in outlines {
      guard var before = outline.last else { continue }
      for point in outline {
        if (before.y <= y) != (point.y <= y) {
          crossings.append(before.x + (y - before.y) / (point.y - before.y) * (point.x - before.x))
        }
        before = point
      }
    }
    crossings.sort()
    return stride(from: 0, to: crossings.count - 1, by: 2).map {
      (crossings[$0], crossings[$0 + 1])
    }
  }

  /// Lines that fall to the right at 45°, so far apart.
  static func lines(in outlines: [[PagePoint]], distance: Double) -> [[PagePoint]] {
    // In turned coordinates the lines are horizontal: along = x + y, across = y − x.
    let turned = outlines.map { $0.map { PagePoint($0.x + $0.y, $0.y - $0.x) } }
    let across = turned.joined().map(\.y)
    guard let least = across.min(), let most = across.max() else { return [] }
    let step = distance * 2.0.squareRoot()
    let first = (least / step).rounded(.up)
    let count = Int(min((most / step).rounded(.down) - first, 5_000))
    guard count >= 0 else { return [] }
    return (0...count).flatMap { index -> [[PagePoint]] in
      let level = (first + Double(index)) * step
      return spans(of: turned, at: level).filter { $0.upper - $0.lower > 0.5 }.map { span in
        [span.lower, span.upper].map { PagePoint(($0 - level) / 2, ($0 + level) / 2) }
      }
    }
  }
}
