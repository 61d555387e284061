// SPDX-License-Identifier: Apache-2.0

/// A table of comma-separated values with a header; each cell knows its place.
///
/// Cells in quotes may hold commas and doubled quotes and end in their line. Lines that begin with
/// `#` and empty lines are passed over, spaces around a cell that has no quotes are dropped.
public struct CSVTable: Sendable {
  /// What a table may cost before it is refused.
  public enum Limit {
    /// Bytes of the text.
    public static let byteCount = 16 << 20
    /// Lines of values.
    public static let rowCount = 200_000
    /// Values of a line.
    public static let columnCount = 64
  }

  /// One cell.
  public struct Cell: Sendable {
    /// What stands there, without quotes.
    public let text: String
    let line: Int
    let column: Int
    let isQuoted: Bool
  }

  /// The file's name in diagnostics.
  public let file: String
  /// Names of the columns, no name twice.
  public let columns: [String]
  /// Cells of each line, as many as there are columns.
  public let rows: [[Cell]]
  let header: [Cell]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - text: the whole text.
  ///   - file: the file's name in diagnostics.
  /// - Throws: everything that is wrong with its form, at once.
  public init(_ text: String, file: String) throws(InvalidSpecification) {
    let start = SourceLocation(file: file, line: 1, column: 1)
    guard text.utf8.count <= Limit.byteCount else {
      throw InvalidSpecification(
        "the table has \(text.utf8.count) bytes, more than the \(Limit.byteCount) that are read",
        at: start)
    }
    let diagnostics = Diagnostics()
    var lines = CSVLines(text, file: file, diagnostics: diagnostics)
    guard let header = lines.next() else {
      try diagnostics.throwIfInvalid()
      throw InvalidSpecification(
        "the table is empty; it begins with a line of column names", at: start)
    }
    Self.check(header, file: file, diagnostics)
    try diagnostics.throwIfInvalid()
    var rows: [[Cell]] = []
    while let row = lines.next() {
      if row.count != header.count, let first = row.first {
        diagnostics.report(
          Diagnostic(
            path: "", location: first.location(in: file),
            message: "the line has \(row.count) values for \(header.count) columns"))
      }
      rows.append(row)
      guard rows.count <= Limit.rowCount else {
        throw InvalidSpecification(
          "the table has more than the \(Limit.rowCount) lines that are read", at: start)
      }
    }
    try diagnostics.throwIfInvalid()
    self.file = file
    self.header = header
    self.rows = rows
    columns = header.map(\.text)
  }

  private static func check(_ header: [Cell], file: String, _ diagnostics: Diagnostics) {
    func report(_ message: String, _ cell: Cell) {
      diagnostics.report(
        Diagnostic(path: "", location: cell.location(in: file), message: message))
    }
    if header.count > Limit.columnCount, let first = header.first {
      report(
        "the table has more than the \(Limit.columnCount) columns that are read", first)
      return
    }
    if header.count == 1, let only = header.first,
      let separator = only.text.first(where: { ";\t".contains($0) })
    {
      let name = separator == ";" ? "semicolons" : "tabs"
      report("the columns are separated by \(name); separate them by commas", only)
      return
    }
    var seen: Set<String> = []
    for cell in header {
      if cell.text.isEmpty {
        report("a column has no name", cell)
      } else if !seen.insert(cell.text).inserted {
        report("the column '\(cell.text)' stands twice in the table", cell)
      }
    }
  }
}

extension CSVTable.Cell {
  /// Where the cell begins.
  public func location(in file: String) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column)
  }
}
