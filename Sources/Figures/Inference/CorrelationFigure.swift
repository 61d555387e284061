// SPDX-License-Identifier: Apache-2.0

/// The correlation matrix of a fit; the page is as large as the parameters need.
public struct CorrelationFigure: Figure, Hashable {
  /// In bold above the plot; empty for none.
  public var title: String
  /// Under the title.
  public var notes: [String]
  /// The parameters.
  public var names: [String]
  /// **Shape**: [parameters][parameters], **range**: −1…1.
  public var matrix: [[Double]]

  /// A figure from its parts.
  public init(title: String = "", notes: [String] = [], names: [String], matrix: [[Double]]) {
    (self.title, self.notes, self.names, self.matrix) = (title, notes, names, matrix)
  }

  /// Only the parameters that have a correlation of at least this size with another one.
  public func keeping(correlationsOf least: Double) -> CorrelationFigure {
    guard matrix.count == names.count, matrix.allSatisfy({ $0.count == names.count }) else {
      return self
    }
    let kept = names.indices.filter { row in
      names.indices.contains { $0 != row && abs(matrix[row][$0]) >= least }
    }
    var figure = self
    figure.names = kept.map { names[$0] }
    figure.matrix = kept.map { row in kept.map { matrix[row][$0] } }
    return figure
  }

  /// The whole document.
  ///
  /// - Throws: `FigureError` for no parameters, more than 200, a matrix that isn't square or
  ///   doesn't suit the names, and values that aren't correlations.
  public func svg(_ style: FigureStyle) throws(FigureError) -> String {
    try Check.count(names.count, of: "parameters", atMost: 200)
    try Check.square(matrix, of: names.count, "a correlation matrix of \(names.count) parameters")
    if let wrong = matrix.joined().first(where: { !($0 >= -1.000001 && $0 <= 1.000001) }) {
      throw FigureError("a correlation can't be \(wrong): it is between −1 and 1")
    }
    return try MatrixDrawing(values: matrix, scale: .diverging, decimals: 2, style: style).svg(
      title: title, notes: notes, rows: names, columns: names)
  }
}
