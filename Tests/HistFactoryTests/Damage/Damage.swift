// SPDX-License-Identifier: Apache-2.0

/// Ways in which a text gets broken, drawn from a seed.
struct Damage {
  var numbers: SeededNumbers

  /// What nobody should write: numbers out of range, words of other languages, bytes that are no
  /// UTF-8, half an escape, a byte-order mark.
  private static let tokens: [[UInt8]] =
    [
      "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e-999", "99999999999999999999999", "-0",
      "-1", "0", "1e308", "null", "true", "\"text\"", "[]", "{}", "[[1]]", "\"\\ud800\"", "\\u12",
      "'",
      "\u{0}", ",", ":", "<", "&amp;", "&#xFFFFFFFF;", "<!ENTITY a \"&a;&a;\">", "]]>",
    ].map { Array($0.utf8) } + [
      [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
    ]

  mutating func apply(to text: [UInt8]) -> [UInt8] {
    var bytes = text
    for _ in 0..<Int.random(in: 1...3, using: &numbers) { once(&bytes) }
    return bytes
  }

  private mutating func once(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let position = Int.random(in: 0..<bytes.count, using: &numbers)
    let length = min(Int.random(in: 1...60, using: &numbers), bytes.count - position)
    switch Int.random(in: 0...7, using: &numbers) {
    case 0: bytes[position] ^= 1 << UInt8.random(in: 0...7, using: &numbers)
    case 1: bytes.removeSubrange(position...)
    case 2: bytes.removeSubrange(position..<position + length)
    case 3: bytes.insert(contentsOf: bytes[position..<position + length], at: position)
    case 4: replaceValue(&bytes, after: position)
    case 5: bytes.insert(contentsOf: Self.tokens.randomElement(using: &numbers) ?? [], at: position)
    case 6: nest(&bytes, at: position)
    default: exchange(&bytes, position, length)
    }
  }

  /// The next number or text becomes something else.
  private mutating func replaceValue(_ bytes: inout [UInt8], after position: Int) {
    let isValue = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "-")
    }
    guard let start = bytes[position...].firstIndex(where: isValue) else { return }
    let ends: [UInt8] = Array(",]} >".utf8)
    let end = bytes[start...].firstIndex { ends.contains($0) } ?? bytes.endIndex
    bytes.replaceSubrange(start..<end, with: Self.tokens.randomElement(using: &numbers) ?? [])
  }

  private mutating func nest(_ bytes: inout [UInt8], at position: Int) {
    let opening = ["[", "{\"a\":", "<a>"].randomElement(using: &numbers) ?? "["
    let depth = [3, 70, 5000].randomElement(using: &numbers) ?? 3
    bytes.insert(contentsOf: String(repeating: opening, count: depth).utf8, at: position)
  }

  private mutating func exchange(_ bytes: inout [UInt8], _ position: Int, _ length: Int) {
    let other = Int.random(in: 0...bytes.count - length, using: &numbers)
    for offset in 0..<length { bytes.swapAt(position + offset, other + offset) }
  }
}
