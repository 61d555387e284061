// SPDX-License-Identifier: Apache-2.0

extension FigureStyle {
  var titleSize: Double { fontSize * 1.1 }
  /// Of tick labels, legends and notes.
  var smallSize: Double { fontSize * 0.9 }
  /// From baseline to baseline.
  func lineHeight(_ size: Double) -> Double { size * 1.35 }
  /// Between things that don't belong together.
  var gap: Double { fontSize * 0.6 }
  var tickLength: Double { fontSize * 0.5 }
  var hairline: Double { lineWidth * 0.5 }
  var markerRadius: Double { lineWidth * 2.4 }
  /// Of a page, what names to the left of a frame may take.
  static let namesShare = 0.42

  /// A page so wide that names to the left of its frame are whole, up to twice the width, where
  /// some would look the same if they were shortened.
  func widened(for names: [String]) -> FigureStyle {
    let labels = names.map { Label($0) }
    let room = width * Self.namesShare
    let shown = Set(
      labels.map { $0.shortened(to: room, size: smallSize).runs.map(\.text).joined() })
    guard shown.count < Set(names).count else { return self }
    let widest = labels.map { $0.width(size: smallSize) }.max() ?? 0
    var style = self
    style.width = min(max(width, widest / Self.namesShare + 1), 2 * width)
    return style
  }

  /// - Throws: `FigureError` for sizes that leave no room or aren't finite.
  func check() throws(FigureError) {
    let isUsable =
      [width, height, fontSize, lineWidth].allSatisfy { $0.isFinite && $0 > 0 }
      && width <= 20_000 && height <= 20_000 && width >= 14 * fontSize && height >= 12 * fontSize
    guard isUsable else {
      throw FigureError(
        "a figure of \(width) × \(height) pixels with text of \(fontSize) and lines of "
          + "\(lineWidth) can't be drawn: it has to be 14 texts wide and 12 high at least, and "
          + "20000 pixels at most")
    }
  }
}
