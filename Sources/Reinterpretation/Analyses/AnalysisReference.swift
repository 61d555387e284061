// SPDX-License-Identifier: Apache-2.0

/// `NAME` or `NAME@3`: an analysis and, when told, the number of its version.
struct AnalysisReference: Hashable, Sendable {
  let name: String
  /// nil: the newest.
  let number: Int?

  init(_ text: String) throws {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty, parts.count <= 2 else {
      throw Self.refusal(of: text)
    }
    self.name = String(name)
    if parts.count == 2 {
      guard let number = Int(parts[1]), number > 0 else { throw Self.refusal(of: text) }
      self.number = number
    } else {
      number = nil
    }
  }

  private static func refusal(of text: String) -> Failure {
    .refused("'\(text)' does not name an analysis: write NAME, or NAME@3 for its third version.")
  }
}
