// SPDX-License-Identifier: Apache-2.0

/// How names of different things are spelt.
enum SpecificationName: String {
  /// `squark-multijet`: analyses, steps, kinds.
  case kebabCase = "lower-case letters, digits and single hyphens"
  /// `m_sq_gev`, `Jet`, `SR_2_2200`: whatever is named in expressions and queries.
  case identifier = "letters, digits and underscores, not beginning with a digit"
  /// `sqsq_1400_0`: signals.
  case label = "letters, digits and . _ + -, beginning with a letter or digit"

  private static let limit = 100

  /// Whether the text is such a name of at most 100 characters.
  func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= Self.limit else {
      return false
    }
    let hyphen = UInt8(ascii: "-")
    switch self {
    case .kebabCase:
      return first != hyphen && last != hyphen && !text.contains("--")
        && bytes.allSatisfy { Self.isLower($0) || Self.isDigit($0) || $0 == hyphen }
    case .identifier:
      return !Self.isDigit(first)
        && bytes.allSatisfy { Self.isWord($0) || $0 == UInt8(ascii: "_") }
    case .label:
      return Self.isWord(first) && bytes.allSatisfy { Self.isWord($0) || "._+-".utf8.contains($0) }
    }
  }

  /// The node's text if it is such a name; otherwise nil after reporting.
  func read(_ node: SpecificationNode?, _ diagnostics: Diagnostics) -> String? {
    guard let node, let text = node.string(diagnostics) else { return nil }
    if matches(text) { return text }
    diagnostics.error("'\(text)' must consist of \(rawValue) (at most \(Self.limit))", at: node)
    return nil
  }

  /// Reports keys of a mapping that are not such names.
  func check(key: String, of node: SpecificationNode, _ diagnostics: Diagnostics) -> Bool {
    if matches(key) { return true }
    diagnostics.error(
      "'\(key)' must consist of \(rawValue) (at most \(Self.limit))", atKeyOf: node)
    return false
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
  private static func isWord(_ byte: UInt8) -> Bool { isLower(byte | 0x20) || isDigit(byte) }
}
