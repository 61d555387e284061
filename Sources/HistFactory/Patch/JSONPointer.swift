// SPDX-License-Identifier: Apache-2.0

/// A JSON pointer (RFC 6901): the way from a document's root to one of its values.
struct JSONPointer: Sendable, Hashable {
  /// Keys and positions, with `~1` and `~0` resolved.
  let tokens: [String]

  /// Reads "" or "/a/0/b~1c"; nil when the text is no pointer.
  init?(_ text: String) {
    if text.isEmpty {
      tokens = []
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for part in text.utf8.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    {
      guard let token = Self.unescaped(part) else { return nil }
      tokens.append(token)
    }
    self.tokens = tokens
  }

  /// A token with `~1` read as `/` and `~0` as `~`; nil for any other use of `~`.
  private static func unescaped(_ part: String.UTF8View.SubSequence) -> String? {
    guard part.contains(UInt8(ascii: "~")) else { return String(part) }
    var bytes: [UInt8] = []
    var rest = part
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "~") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// A position in an array: digits without a superfluous 0, below `count`; `-` is `count` itself.
  static func position(_ token: String, count: Int) -> Int? {
    if token == "-" { return count }
    guard token == "0" || token.utf8.first != UInt8(ascii: "0"),
      token.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let position = Int(token)
    else { return nil }
    return position
  }
}
