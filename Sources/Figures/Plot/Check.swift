// SPDX-License-Identifier: Apache-2.0

/// What every figure asks of its values.
enum Check {
  /// - Throws: `FigureError` that names the first value that is NaN or infinite.
  static func finite(_ values: [Double], _ what: String) throws(FigureError) {
    if let wrong = values.first(where: { !$0.isFinite }) {
      throw FigureError("\(what) can't be drawn as \(wrong): give a finite number or leave it out")
    }
  }

  /// - Throws: `FigureError` for values of an uncertainty that are negative, NaN or infinite.
  static func uncertainties(_ values: [Double], _ what: String) throws(FigureError) {
    if let wrong = values.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw FigureError("\(what) has the uncertainty \(wrong): give zero or more")
    }
  }

  /// - Throws: `FigureError` for a matrix without that many rows and columns.
  static func square(_ matrix: [[Double]], of count: Int, _ what: String) throws(FigureError) {
    guard matrix.count == count, matrix.allSatisfy({ $0.count == count }) else {
      throw FigureError(
        "\(what) has as many rows and columns, not \(matrix.count) rows of "
          + "\(Set(matrix.map(\.count)).sorted()) columns")
    }
  }

  /// - Throws: `FigureError` when there is nothing to draw, or more than anybody can look at.
  static func count(_ count: Int, of what: String, atMost most: Int) throws(FigureError) {
    guard count > 0 else { throw FigureError("there are no \(what) to draw") }
    guard count <= most else {
      throw FigureError("\(count) \(what) don't fit on a page: give at most \(most)")
    }
  }
}
