// SPDX-License-Identifier: Apache-2.0

extension ContourFigure {
  /// Part of the plane, from values at the nodes of a regular grid that spans the axes' ranges,
  /// both ends included.
  ///
  /// On a logarithmic axis nodes are equally spaced in the logarithm. Values come row by row, the
  /// lowest row first, and are interpolated linearly in between. A cell with a NaN at one of its
  /// corners belongs to no region.
  public struct Region: Hashable, Sendable {
    let columns: Int
    let rows: Int
    /// Inside is where all values of any one of them are at least zero.
    let alternatives: [[[Double]]]

    /// Where the values are positive.
    ///
    /// - Throws: `FigureError` unless there is one value per node of 2 to 5000 columns
    ///   and rows.
    public init(columns: Int, rows: Int, positive values: [Double]) throws(FigureError) {
      try self.init(columns: columns, rows: rows, alternatives: [[values]])
    }

    /// Where one of the two functions is positive and the other negative: between their
    /// contours at zero.
    ///
    /// - Throws: `FigureError` unless there is one value per node of 2 to 5000 columns
    ///   and rows, twice.
    public init(columns: Int, rows: Int, between first: [Double], and second: [Double])
      throws(FigureError)
    {
      let alternatives = [[first, second.map { -$0 }], [first.map { -$0 }, second]]
      try self.init(columns: columns, rows: rows, alternatives: alternatives)
    }

    /// Where nodes are marked; the edge runs halfway between nodes.
    ///
    /// - Throws: `FigureError` unless there is one mark per node of 2 to 5000 columns
    ///   and rows.
    public init(columns: Int, rows: Int, marked: [Bool]) throws(FigureError) {
      try self.init(columns: columns, rows: rows, positive: marked.map { $0 ? 1 : -1 })
    }

    private init(columns: Int, rows: Int, alternatives: [[[Double]]]) throws(FigureError) {
      let counts = alternatives.joined().map(\.count)
      guard (2...5_000).contains(columns), (2...5_000).contains(rows),
        counts.allSatisfy({ $0 == columns * rows })
      else {
        throw FigureError(
          "a region of \(columns) columns and \(rows) rows can't be made of "
            + "\(counts.first ?? 0) values: give one per node, and 2 to 5000 of each")
      }
      (self.columns, self.rows, self.alternatives) = (columns, rows, alternatives)
    }
  }
}
