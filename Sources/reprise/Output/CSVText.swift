// SPDX-License-Identifier: Apache-2.0

/// Comma-separated values as RFC 4180 has them, with a header line.
package enum CSVText {
  /// Lines end as RFC 4180 has it; fields with commas, quotes or line ends are quoted.
  package static func of(_ columns: [String], _ rows: [[String]]) -> String {
    ([columns] + rows).map { $0.map(field).joined(separator: ",") }.joined(separator: "\r\n")
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
    return needsQuotes
      ? "\""
        + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\"" : text
  }
}
