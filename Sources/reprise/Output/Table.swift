// SPDX-License-Identifier: Apache-2.0

/// Rows under headings, columns two spaces apart.
package struct Table {
  /// A heading and how its cells are aligned.
  package struct Column {
    let title: String
    let isNumeric: Bool

    /// Aligned on the left; made narrower on a narrow terminal.
    package static func text(_ title: String) -> Column { Column(title: title, isNumeric: false) }
    /// Aligned on the right; never made narrower.
    package static func number(_ title: String) -> Column { Column(title: title, isNumeric: true) }
  }

  let columns: [Column]
  let rows: [[String]]

  private static let gap = "  "
  /// A text column is not made narrower than this.
  private static let narrowest = 12

  /// Cells of several lines become one line.
  package init(_ columns: [Column], _ rows: [[String]]) {
    self.columns = columns
    self.rows = rows.map { $0.map(Self.oneLine) }
  }

  /// - Parameter width: columns of the terminal; nil leaves every cell whole.
  package func lines(width: Int? = Terminal.width) -> [String] {
    let titles = columns.map { Self.heading($0.title) }
    let natural = columns.indices.map { column in
      ([titles] + rows).map { $0[column].count }.max() ?? 0
    }
    let widths = Self.fitted(natural, columns, to: width)
    return ([titles] + rows).map { cells in
      let padded = columns.indices.map { column in
        Self.pad(cells[column], to: widths[column], isNumeric: columns[column].isNumeric)
      }
      return Self.trimmed(padded.joined(separator: Self.gap))
    }
  }

  /// Takes what is too much from the widest text columns, but not from the first: it says what a
  /// row is about. Where that is not enough nothing is taken, and the terminal wraps whole lines.
  private static func fitted(_ natural: [Int], _ columns: [Column], to width: Int?) -> [Int] {
    guard let width else { return natural }
    var widths = natural
    let available = width - gap.count * (columns.count - 1)
    while widths.reduce(0, +) > available {
      let texts = columns.indices.dropFirst().filter {
        !columns[$0].isNumeric && widths[$0] > narrowest
      }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return natural }
      widths[widest] -= 1
    }
    return widths
  }

  private static func pad(_ text: String, to width: Int, isNumeric: Bool) -> String {
    if text.count > width { return text.prefix(max(0, width - 1)) + "…" }
    let space = String(repeating: " ", count: width - text.count)
    return isNumeric ? space + text : text + space
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Plain words in capitals; symbols (CLs, σ) and units, "(fb)", stay as they are.
  private static func heading(_ title: String) -> String {
    title.split(separator: " ", omittingEmptySubsequences: false)
      .map { word in
        let isPlain = word.allSatisfy { $0.isASCII && !$0.isUppercase && $0 != "(" }
        return isPlain ? word.uppercased() : String(word)
      }
      .joined(separator: " ")
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
