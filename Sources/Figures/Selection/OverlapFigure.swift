// SPDX-License-Identifier: Apache-2.0

/// Which part of one region's events is in another region as well.
public struct OverlapFigure: Figure, Hashable {
  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title.
  public var notes: [String]
  /// The regions.
  public var names: [String]
  /// Of the events of the row's region, those in the column's. **Shape**: [regions][regions],
  /// **range**: 0…1; NaN for a region without events.
  public var fractions: [[Double]]

  /// A figure from its parts.
  public init(title: String = "", notes: [String] = [], names: [String], fractions: [[Double]]) {
    (self.title, self.notes, self.names, self.fractions) = (title, notes, names, fractions)
  }

  /// The whole document, as large as the regions need.
  ///
  /// - Throws: `FigureError` for no regions, more than 200, a matrix that isn't square or doesn't
  ///   suit the names, and values that aren't fractions.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try Check.count(names.count, of: "regions", atMost: 200)
    try Check.square(fractions, of: names.count, "an overlap matrix of \(names.count) regions")
    if let wrong = fractions.joined().first(where: { !$0.isNaN && !($0 >= 0 && $0 <= 1.000001) }) {
      throw FigureError("an overlap can't be \(wrong): it is between 0 and 1")
    }
    return try MatrixDrawing(values: fractions, scale: .sequential, decimals: 2, style: style)
      .svg(title: title, notes: notes, rows: names, columns: names)
  }
}
