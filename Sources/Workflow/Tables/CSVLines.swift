// SPDX-License-Identifier: Apache-2.0

/// The lines of a table that have cells, one after the other.
struct CSVLines {
  private let file: String
  private let diagnostics: Diagnostics
  private var rest: Substring.UnicodeScalarView
  private var line = 0

  init(_ text: String, file: String, diagnostics: Diagnostics) {
    self.file = file
    self.diagnostics = diagnostics
    rest = text[...].unicodeScalars
    // A byte-order mark says how the bytes were to be read; it is no part of a name.
    if rest.first == "\u{feff}" { rest.removeFirst() }
  }

  /// The cells of the next line that is neither empty nor a comment; nil at the end.
  mutating func next() -> [CSVTable.Cell]? {
    while !rest.isEmpty {
      line += 1
      let end = rest.firstIndex(of: "\n") ?? rest.endIndex
      var text = rest[..<end]
      rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
      if text.last == "\r" { text.removeLast() }
      if text.first == "#" || text.allSatisfy(Self.isBlank) { continue }
      return cells(of: text)
    }
    return nil
  }

  private func cells(of text: Substring.UnicodeScalarView) -> [CSVTable.Cell] {
    var cells: [CSVTable.Cell] = []
    var rest = text
    var column = 1
    /// Takes scalars and counts them.
    func take(_ count: Int) {
      rest = rest.dropFirst(count)
      column += count
    }
    while true {
      take(rest.prefix(while: Self.isBlank).count)
      let start = column
      if rest.first == "\"" {
        let (value, length) = quoted(rest, column: start)
        take(length)
        take(rest.prefix(while: Self.isBlank).count)
        cells.append(.init(text: value, line: line, column: start, isQuoted: true))
        if let next = rest.first, next != "," {
          report("after the closing quote comes a comma or the end of the line", column)
          take(rest.prefix { $0 != "," }.count)
        }
      } else {
        let value = rest.prefix { $0 != "," }
        check(value, column: start)
        take(value.count)
        let trimmed = value.reversed().drop(while: Self.isBlank).reversed()
        var text = String.UnicodeScalarView()
        text.append(contentsOf: trimmed)
        cells.append(.init(text: String(text), line: line, column: start, isQuoted: false))
      }
      // More cells than a table may have are not counted: a line may be as long as the file.
      guard rest.first == ",", cells.count <= CSVTable.Limit.columnCount else { return cells }
      take(1)
    }
  }

  /// The text of a cell in quotes, and the number of scalars with the quotes.
  private func quoted(_ text: Substring.UnicodeScalarView, column: Int) -> (String, Int) {
    var value = String.UnicodeScalarView()
    var rest = text.dropFirst()
    while let scalar = rest.first {
      rest = rest.dropFirst()
      if scalar == "\"" {
        guard rest.first == "\"" else { return (String(value), text.count - rest.count) }
        rest = rest.dropFirst()
      }
      value.append(scalar)
    }
    report("the closing quote is missing in this line", column)
    return (String(value), text.count)
  }

  private func check(_ value: Substring.UnicodeScalarView, column: Int) {
    if let quote = value.firstIndex(of: "\"") {
      let before = value.distance(from: value.startIndex, to: quote)
      report("a quote within a cell; put the whole cell in quotes and double it", column + before)
    }
    if let control = value.firstIndex(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7f })
    {
      let before = value.distance(from: value.startIndex, to: control)
      report("a control character cannot stand in a table", column + before)
    }
  }

  private func report(_ message: String, _ column: Int) {
    diagnostics.report(
      Diagnostic(
        path: "", location: SourceLocation(file: file, line: line, column: column),
        message: message))
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
