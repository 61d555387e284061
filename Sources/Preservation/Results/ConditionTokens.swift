// SPDX-License-Identifier: Apache-2.0

/// A word of a condition with its place.
struct ConditionToken: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case text(String)
    /// A name, `point.NAME`, or one of `and or not`.
    case word(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  /// 1-based, in characters.
  let column: Int
}

extension ConditionToken {
  /// Longest first, so that `<=` isn't read as `<`.
  private static let symbols = [
    "<=", ">=", "==", "!=", "<", ">", "=", "+", "-", "*", "/", "(", ")",
  ]

  /// Throws `invalidQuery` at the first character that begins nothing.
  static func all(in text: String) throws -> [ConditionToken] {
    guard text.utf8.count <= 10_000 else {
      throw RegistryError(.invalidQuery, "the condition is longer than 10 000 bytes")
    }
    let letters = Array(text)
    var tokens: [ConditionToken] = []
    var index = 0
    while index < letters.count {
      if letters[index].isWhitespace {
        index += 1
        continue
      }
      let start = index
      let kind = try next(letters, &index)
      tokens.append(ConditionToken(kind: kind, column: start + 1))
    }
    tokens.append(ConditionToken(kind: .end, column: letters.count + 1))
    return tokens
  }

  private static func next(_ letters: [Character], _ index: inout Int) throws -> Kind {
    let letter = letters[index]
    if letter == "'" || letter == "\"" { return try quoted(letters, &index) }
    if isDigit(letter)
      || (letter == "." && index + 1 < letters.count && isDigit(letters[index + 1]))
    {
      return try number(letters, &index)
    }
    if isWordStart(letter) { return word(letters, &index) }
    for symbol in symbols where letters[index...].starts(with: symbol) {
      index += symbol.count
      return .symbol(symbol)
    }
    throw invalid("'\(letter)' is not understood", column: index + 1)
  }

  private static func quoted(_ letters: [Character], _ index: inout Int) throws -> Kind {
    let quote = letters[index]
    guard let end = letters[(index + 1)...].firstIndex(of: quote) else {
      throw invalid("the text that begins here has no closing \(quote)", column: index + 1)
    }
    defer { index = end + 1 }
    return .text(String(letters[(index + 1)..<end]))
  }

  private static func number(_ letters: [Character], _ index: inout Int) throws -> Kind {
    let start = index
    while index < letters.count {
      let isSign = letters[index] == "+" || letters[index] == "-"
      let follows = index > start && (letters[index - 1] == "e" || letters[index - 1] == "E")
      guard
        isDigit(letters[index]) || isWordStart(letters[index]) || letters[index] == "."
          || (isSign && follows)
      else { break }
      index += 1
    }
    let text = String(letters[start..<index])
    guard let number = Double(text), number.isFinite else {
      throw invalid("'\(text)' is not a number", column: start + 1)
    }
    return .number(number)
  }

  private static func word(_ letters: [Character], _ index: inout Int) -> Kind {
    let start = index
    while index < letters.count,
      isWordStart(letters[index]) || isDigit(letters[index]) || letters[index] == "."
    {
      index += 1
    }
    return .word(String(letters[start..<index]))
  }

  private static func isDigit(_ letter: Character) -> Bool { ("0"..."9").contains(letter) }

  private static func isWordStart(_ letter: Character) -> Bool {
    ("a"..."z").contains(letter) || ("A"..."Z").contains(letter) || letter == "_"
  }

  static func invalid(_ message: String, column: Int) -> RegistryError {
    RegistryError(.invalidQuery, "condition, column \(column): \(message)")
  }
}
