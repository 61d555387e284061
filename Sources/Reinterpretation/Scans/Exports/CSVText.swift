// SPDX-License-Identifier: Apache-2.0

/// Comma-separated values (RFC 4180, with line feeds).
struct CSVText {
  private(set) var text: String

  init(header: [String]) {
    text = header.map(Self.field).joined(separator: ",") + "\n"
  }

  mutating func add(_ cells: [String]) {
    text += cells.map(Self.field).joined(separator: ",") + "\n"
  }

  /// The shortest text that reads back as the same number, whole ones without a point; empty for
  /// none.
  static func number(_ value: Double?) -> String {
    guard let value else { return "" }
    return Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
