// SPDX-License-Identifier: Apache-2.0

/// Cuts the text of an expression into tokens.
struct Lexer {
  private let characters: [Character]
  private var position = 0

  /// Longest expression that is read, in characters.
  static let largestLength = 10_000

  /// All tokens of a text; the last one is `.end`.
  static func tokens(of text: String) throws(ExpressionError) -> [Token] {
    var lexer = Lexer(characters: Array(text))
    guard lexer.characters.count <= largestLength else {
      throw ExpressionError(
        offset: largestLength,
        message: "the expression has \(lexer.characters.count) characters, more than "
          + "\(largestLength): split it into variables")
    }
    var tokens: [Token] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private init(characters: [Character]) { self.characters = characters }

  private func character(at index: Int) -> Character? {
    index < characters.count ? characters[index] : nil
  }

  private mutating func next() throws(ExpressionError) -> Token {
    while let character = character(at: position), character.isWhitespace { position += 1 }
    let start = position
    guard let first = character(at: start) else { return Token(kind: .end, offset: start) }
    if first.isDecimalDigit || (first == "." && character(at: start + 1)?.isDecimalDigit == true) {
      return Token(kind: try number(), offset: start)
    }
    if first.startsName {
      while let character = character(at: position), character.continuesName { position += 1 }
      return Token(kind: Self.word(String(characters[start..<position])), offset: start)
    }
    return Token(kind: .symbol(try symbol()), offset: start)
  }

  private static func word(_ word: String) -> Token.Kind {
    switch word {
    case "and", "or", "not": .symbol(word)
    default: .name(word)
    }
  }

  private mutating func digits() {
    while character(at: position)?.isDecimalDigit == true { position += 1 }
  }

  private mutating func number() throws(ExpressionError) -> Token.Kind {
    let start = position
    var isInteger = true
    digits()
    if character(at: position) == "." {
      isInteger = false
      position += 1
      digits()
    }
    if let exponent = character(at: position), exponent == "e" || exponent == "E" {
      isInteger = false
      position += 1
      if let sign = character(at: position), sign == "+" || sign == "-" { position += 1 }
      digits()
    }
    if let next = character(at: position), next.continuesName { position += 1 }
    let text = String(characters[start..<position])
    if isInteger {
      if let value = Int64(text) { return .integer(value) }
      if text.allSatisfy(\.isDecimalDigit) {
        throw ExpressionError(
          offset: start, message: "'\(text)' is too large for an integer: write it with a '.0'")
      }
    } else if let value = Double(text), value.isFinite {
      return .real(value)
    }
    throw ExpressionError(
      offset: start, message: "'\(text)' is no number: write one as 12, 1.5 or 2e-3")
  }

  /// Longer symbols first, so that `<=` is not read as `<`.
  private static let symbols = [
    "**", "??", "==", "!=", "<=", ">=", "&&", "||",
    "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]",
  ]
  private static let synonyms = ["&&": "and", "||": "or", "!": "not"]

  private mutating func symbol() throws(ExpressionError) -> String {
    for symbol in Self.symbols
    where characters[position...].prefix(symbol.count).elementsEqual(symbol) {
      position += symbol.count
      return Self.synonyms[symbol] ?? symbol
    }
    throw ExpressionError(offset: position, message: Self.complaint(about: characters[position]))
  }

  private static func complaint(about character: Character) -> String {
    switch character {
    case "^": "'^' means different things in different programs: write a power as a ** b"
    case "=": "'=' assigns nothing here: compare with =="
    case "&": "write 'and' instead of '&'"
    case "|": "write 'or' instead of '|'; for |x| write abs(x)"
    case "'", "\"": "the language has no text values, so \(character) has no meaning"
    default: "the character '\(character)' has no meaning in an expression"
    }
  }
}

extension Character {
  fileprivate var isDecimalDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var startsName: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
  }
  fileprivate var continuesName: Bool { startsName || isDecimalDigit }
}
