// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Whether a text is an XML document, by a reader that isn't ours, and without numbers that are
/// none.
enum WellFormed {
  static func problem(_ text: String) -> String? {
    let parser = XMLParser(data: Data(text.utf8))
    guard parser.parse() else {
      return "line \(parser.lineNumber): \(parser.parserError.map(String.init(describing:)) ?? "?")"
    }
    for word in ["nan", "inf", "null"] where text.range(of: "\"\(word)") != nil { return word }
    return nil
  }
}
