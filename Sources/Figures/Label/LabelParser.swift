// SPDX-License-Identifier: Apache-2.0

/// Reads the marks of a label; what isn't a mark is text.
struct LabelParser {
  /// Braces in braces are marks down to here, and text below.
  private static let deepest = 8

  private let characters: [Character]
  private var depth = 0
  private var position = 0
  /// Where the last script ended, if it is the last run.
  private var scriptEnd: Int?
  private(set) var runs: [LabelRun] = []

  init(_ text: String, isBold: Bool) {
    characters = Array(text)
    var setting = LabelRun.Setting()
    setting.isBold = isBold
    read(until: characters.count, setting)
  }

  private mutating func read(until end: Int, _ setting: LabelRun.Setting) {
    depth += 1
    defer { depth -= 1 }
    while position < end {
      if !readScript(end, setting), !readCommand(end, setting) {
        append(String(characters[position]), setting)
        position += 1
      }
    }
  }

  /// `_{…}` or `^{…}`.
  private mutating func readScript(_ end: Int, _ setting: LabelRun.Setting) -> Bool {
    let mark = characters[position]
    guard mark == "_" || mark == "^", let close = closingBrace(after: position + 1, end) else {
      return false
    }
    let isNextToScript = scriptEnd == position && runs.last?.isStacked == false
    let first = runs.count
    position += 2
    read(until: close, mark == "^" ? setting.superscript : setting.subscript)
    position = close + 1
    if runs.count == first + 1 {
      if isNextToScript { runs[first].isStacked = true }
      scriptEnd = position
    }
    return true
  }

  /// `\letter`, `\accent{…}` or `\style{…}`.
  private mutating func readCommand(_ end: Int, _ setting: LabelRun.Setting) -> Bool {
    guard characters[position] == "\\" else { return false }
    let word = String(
      characters[(position + 1)..<end].prefix { $0.isASCII && $0.isLetter })
    let next = position + 1 + word.count
    if let letter = LabelSymbols.letters[word] {
      append(letter, setting)
      position = next
      return true
    }
    guard let close = closingBrace(after: next, end) else { return false }
    var inside = setting
    switch word {
    case "italic": inside.isItalic = true
    case "bold": inside.isBold = true
    case "sqrt": append("√", setting)
    default:
      guard let accent = LabelSymbols.accents[word] else { return false }
      position = next + 1
      read(until: close, setting)
      // Behind the last letter; as a rule there is one only.
      if let last = runs.indices.last { runs[last].text += accent }
      position = close + 1
      return true
    }
    position = next + 1
    read(until: close, inside)
    position = close + 1
    return true
  }

  /// The brace that closes the one at `open`, if there is one there.
  private func closingBrace(after open: Int, _ end: Int) -> Int? {
    guard depth <= Self.deepest, open < end, characters[open] == "{" else { return nil }
    var unclosed = 0
    for index in open..<end {
      if characters[index] == "{" { unclosed += 1 }
      if characters[index] == "}" { unclosed -= 1 }
      if unclosed == 0 { return index }
    }
    return nil
  }

  private mutating func append(_ text: String, _ setting: LabelRun.Setting) {
    let text = text == "-" && setting.rise > 0 ? "−" : text
    if let last = runs.indices.last, runs[last].setting == setting {
      runs[last].text += text
    } else {
      runs.append(LabelRun(text: text, setting: setting))
    }
  }
}
