// SPDX-License-Identifier: Apache-2.0

/// Reading one node as a value: each function reports what is wrong and returns nil.
extension SpecificationNode {
  /// Text as it stands, quoted or not.
  public func string(_ diagnostics: Diagnostics) -> String? {
    guard case .scalar(let text, let isQuoted) = content, isQuoted || !text.isEmpty else {
      diagnostics.error("must be text, not \(nature)", at: self)
      return nil
    }
    return text
  }

  /// A decimal number such as `5`, `-0.25` or `2e-3`; nothing infinite, no leading zeros.
  public func double(_ diagnostics: Diagnostics, in range: ClosedRange<Double>? = nil) -> Double? {
    guard let text = unquoted("a number", diagnostics) else { return nil }
    guard Self.isDecimal(text), let value = Double(text), value.isFinite else {
      diagnostics.error("must be a number, not \(nature)\(Self.octalHint(text))", at: self)
      return nil
    }
    if let range, !range.contains(value) {
      diagnostics.error("must be \(Self.limits(range)), not \(text)", at: self)
      return nil
    }
    return value
  }

  /// A whole number such as `12` or `-3`; no leading zeros, no exponent.
  public func int(_ diagnostics: Diagnostics, in range: ClosedRange<Int>? = nil) -> Int? {
    guard let text = unquoted("a whole number", diagnostics) else { return nil }
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard digits.utf8.allSatisfy(Self.isDigit), Self.isDecimal(text), let value = Int(text) else {
      diagnostics.error("must be a whole number, not \(nature)\(Self.octalHint(text))", at: self)
      return nil
    }
    if let range, !range.contains(value) {
      let limits =
        switch (range.lowerBound, range.upperBound) {
        case (let low, Int.max): "at least \(low)"
        case (Int.min, let high): "at most \(high)"
        case (let low, let high): "between \(low) and \(high)"
        }
      diagnostics.error("must be \(limits), not \(text)", at: self)
      return nil
    }
    return value
  }

  /// `true` or `false`; `yes`, `no`, `on` and `off` are not read.
  public func bool(_ diagnostics: Diagnostics) -> Bool? {
    guard let text = unquoted("true or false", diagnostics) else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default:
      diagnostics.error("must be true or false, not \(nature)", at: self)
      return nil
    }
  }

  /// Text that is one of a closed list.
  public func choice<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type, _ diagnostics: Diagnostics
  ) -> Choice? where Choice.RawValue == String {
    guard let text = string(diagnostics) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let nearest = Suggestion.nearest(to: text, among: names).map { " (did you mean '\($0)'?)" }
    let list = names.joined(separator: ", ")
    diagnostics.error("must be one of \(list), not \(nature)\(nearest ?? "")", at: self)
    return nil
  }

  /// The text of a plain scalar. Quotes make text of a number, and a number was asked for.
  private func unquoted(_ wanted: String, _ diagnostics: Diagnostics) -> String? {
    switch content {
    case .scalar(let text, isQuoted: false) where !text.isEmpty: return text
    case .scalar(_, isQuoted: true):
      diagnostics.error("must be \(wanted), not text (remove the quotes)", at: self)
    default: diagnostics.error("must be \(wanted), not \(nature)", at: self)
    }
    return nil
  }

  /// Sign, digits with at most one point, exponent; nothing that other readers take for octal.
  private static func isDecimal(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    func skipSign() { if let sign = rest.first, "+-".utf8.contains(sign) { rest.removeFirst() } }
    func skipDigits() -> Substring.UTF8View {
      let digits = rest.prefix(while: isDigit)
      rest = rest.dropFirst(digits.count)
      return digits
    }
    skipSign()
    let whole = skipDigits()
    if whole.count > 1, whole.first == UInt8(ascii: "0") { return false }
    var digitCount = whole.count
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      digitCount += skipDigits().count
    }
    guard digitCount > 0 else { return false }
    if let letter = rest.first, "eE".utf8.contains(letter) {
      rest.removeFirst()
      skipSign()
      if skipDigits().isEmpty { return false }
    }
    return rest.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func octalHint(_ text: String) -> String {
    text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "0") && text.utf8.allSatisfy(isDigit)
      ? " (some readers take leading zeros for octal; write it without them)" : ""
  }

  private static func limits(_ range: ClosedRange<Double>) -> String {
    func number(_ value: Double) -> String {
      abs(value) < 1e15 && value == value.rounded() ? String(Int(value)) : value.description
    }
    let (low, high) = (range.lowerBound, range.upperBound)
    return if high >= .greatestFiniteMagnitude {
      low == .leastNonzeroMagnitude ? "greater than 0" : "at least \(number(low))"
    } else if low <= -.greatestFiniteMagnitude {
      "at most \(number(high))"
    } else if low == .leastNonzeroMagnitude {
      "greater than 0 and at most \(number(high))"
    } else {
      "between \(number(low)) and \(number(high))"
    }
  }
}
