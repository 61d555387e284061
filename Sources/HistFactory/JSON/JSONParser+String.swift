// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
  /// The text in double quotes at the index, with its escapes resolved and its UTF-8 checked.
  mutating func string() throws(Failure) -> String {
    let quote = index
    index += 1
    let start = index
    var bits: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      bits |= byte
      if byte == UInt8(ascii: "\"") {
        let part = bytes[start..<index]
        // Nearly all texts are ASCII, and then there is nothing to check.
        let text =
          bits < 0x80
          ? String(decoding: UnsafeBufferPointer(rebasing: part), as: UTF8.self)
          : try validated(part, from: start)
        index += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try stringWithEscapes(from: start, quote: quote) }
      if byte < 0x20 { throw controlCharacter }
      index += 1
    }
    throw Failure(offset: quote, message: "a text in double quotes is never closed")
  }

  /// The rest of a text whose first backslash is at the index.
  private mutating func stringWithEscapes(from start: Int, quote: Int) throws(Failure) -> String {
    var buffer = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        let text = try buffer.withUnsafeBufferPointer { part throws(Failure) in
          try validated(part[...], from: start)
        }
        index += 1
        return text
      }
      if byte < 0x20 { throw controlCharacter }
      if byte == UInt8(ascii: "\\") {
        buffer.append(contentsOf: try escape())
      } else {
        buffer.append(byte)
        index += 1
      }
    }
    throw Failure(offset: quote, message: "a text in double quotes is never closed")
  }

  private var controlCharacter: Failure {
    Failure(
      offset: index, message: "a control character in a text must be written as an escape (\\n)")
  }

  private func validated(_ part: Slice<UnsafeBufferPointer<UInt8>>, from start: Int)
    throws(Failure) -> String
  {
    guard let text = String(validating: part, as: UTF8.self) else {
      throw Failure(offset: start, message: "a text contains bytes that are not UTF-8")
    }
    return text
  }

  /// The bytes an escape stands for.
  private mutating func escape() throws(Failure) -> [UInt8] {
    let backslash = index
    index += 1
    let letter = current
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try unicodeEscape(backslash)
    default:
      throw Failure(offset: backslash, message: "there is no such escape in JSON: write '\\\\'")
    }
  }

  private mutating func unicodeEscape(_ backslash: Int) throws(Failure) -> [UInt8] {
    let first = try hexadecimal(backslash)
    var code = UInt32(first)
    if (0xD800...0xDBFF).contains(first) {
      let isPaired = current == UInt8(ascii: "\\")
      index += 1
      guard isPaired, current == UInt8(ascii: "u") else { throw loneSurrogate(backslash) }
      index += 1
      let second = try hexadecimal(backslash)
      guard (0xDC00...0xDFFF).contains(second) else { throw loneSurrogate(backslash) }
      code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    }
    guard let scalar = UnicodeScalar(code) else { throw loneSurrogate(backslash) }
    return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private func loneSurrogate(_ backslash: Int) -> Failure {
    Failure(offset: backslash, message: "half of a surrogate pair is not a character")
  }

  /// Four hexadecimal digits.
  private mutating func hexadecimal(_ backslash: Int) throws(Failure) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      switch current {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt16(current - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt16(current - 87)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt16(current - 55)
      default:
        throw Failure(offset: backslash, message: "'\\u' needs four hexadecimal digits")
      }
      index += 1
    }
    return value
  }
}
