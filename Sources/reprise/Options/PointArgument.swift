// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Values of parameters on a command line: "m_sq_gev=1500,m_lsp_gev=300".
package enum PointArgument {
  /// The parameters with their values.
  ///
  /// - Throws: `ValidationError` for what is no list of names and finite numbers, and for a name
  ///   given twice.
  @Sendable package static func values(_ text: String) throws -> [String: Double] {
    var values: [String: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmed }
      guard sides.count == 2, !sides[0].isEmpty, let value = Double(sides[1]), value.isFinite else {
        throw ValidationError(
          "'\(part)' is not a parameter with its value, as in m_sq_gev=1500; several stand with "
            + "commas between them.")
      }
      guard values.updateValue(value, forKey: sides[0]) == nil else {
        throw ValidationError("'\(sides[0])' is given twice in '\(text)'.")
      }
    }
    return values
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
