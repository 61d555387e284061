// SPDX-License-Identifier: Apache-2.0

/// The words of a line, blanks between them, one after the other.
struct Words {
  private let line: UnsafeRawBufferPointer
  private(set) var position: Int

  init(_ line: UnsafeRawBufferPointer, from position: Int = 0) {
    self.line = line
    self.position = position
  }

  /// The next word; nil at the end of the line.
  mutating func next() -> UnsafeRawBufferPointer? {
    var start = position
    while start < line.count, Self.isBlank(line[start]) { start += 1 }
    var end = start
    while end < line.count, !Self.isBlank(line[end]) { end += 1 }
    position = end
    return start == end ? nil : UnsafeRawBufferPointer(rebasing: line[start..<end])
  }

  /// The next word as a whole number.
  /// - Parameter what: what the number is, for the error.
  mutating func integer(_ what: String, _ file: TextFile) throws -> Int64 {
    let word = try word(what, file)
    if let value = NumberText.integer(word) { return value }
    throw file.problem("has '\(word.excerpt)' for \(what), not a whole number")
  }

  /// The next word as a number.
  /// - Parameter what: what the number is, for the error.
  mutating func real(_ what: String, _ file: TextFile) throws -> Double {
    let word = try word(what, file)
    if let value = NumberText.real(word) { return value }
    throw file.problem("has '\(word.excerpt)' for \(what), not a number")
  }

  private mutating func word(_ what: String, _ file: TextFile) throws -> UnsafeRawBufferPointer {
    guard let word = next() else { throw file.problem("ends before \(what)") }
    return word
  }

  /// What is left of the line.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: line[position...]) }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }
}

extension UnsafeRawBufferPointer {
  /// Without blanks at both ends.
  var trimmed: UnsafeRawBufferPointer {
    var (start, end) = (0, count)
    while start < end, Words.isBlank(self[start]) { start += 1 }
    while end > start, Words.isBlank(self[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: self[start..<end])
  }

  /// Whether these are the bytes of a text.
  func equals(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && begins(with: text)
  }

  /// Whether the bytes of a text come first.
  func begins(with text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where self[index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// The bytes as text for a message: at most 40 characters, no control characters.
  var excerpt: String {
    let text = String(decoding: prefix(200), as: UTF8.self)
    let shown = text.unicodeScalars.prefix(40).map { $0.value < 32 ? " " : Character($0) }
    return String(shown) + (text.unicodeScalars.count > 40 ? "…" : "")
  }
}
