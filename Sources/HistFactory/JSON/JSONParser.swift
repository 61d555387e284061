// SPDX-License-Identifier: Apache-2.0

/// A strict reader of JSON (RFC 8259) for bytes that nobody has checked.
///
/// Refused, with line and column: more than 256 MiB, more than 64 levels, bytes that aren't UTF-8,
/// lone surrogates, a key said twice, NaN and Infinity, numbers beyond the range of a double,
/// anything after the value. Numbers are correctly rounded. One pass, linear in the size.
package struct JSONParser {
  /// Largest text read, in bytes.
  package static let sizeLimit = 256 << 20
  /// Deepest nesting of arrays and objects.
  package static let depthLimit = 64

  /// A reason and the byte to blame, before line and column are known.
  struct Failure: Error {
    let offset: Int
    let message: String
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let source: UInt16
  var index = 0
  var depth = 0

  /// Reads the one value a text holds; `source` marks the nodes' places.
  package static func parse(_ text: JSONText, source: UInt16 = 0) throws(JSONSyntaxError)
    -> JSONNode
  {
    let outcome = text.bytes.withUnsafeBufferPointer { bytes -> Result<JSONNode, Failure> in
      var parser = JSONParser(bytes: bytes, source: source)
      do throws(Failure) {
        return .success(try parser.document())
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let node): return node
    case .failure(let failure):
      let place = text.lineAndColumn(at: failure.offset)
      throw JSONSyntaxError(
        source: text.source, line: place.line, column: place.column, message: failure.message)
    }
  }

  /// The byte at the index, or 0 at the end: the only way bytes are looked at, besides ranges
  /// below `index`.
  @inline(__always)
  var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func document() throws(Failure) -> JSONNode {
    guard bytes.count <= Self.sizeLimit else {
      throw Failure(offset: 0, message: "the text is larger than 256 MiB")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw Failure(
        offset: 0, message: "the text starts with a byte-order mark: save it as plain UTF-8")
    }
    skipSpace()
    let node = try value()
    skipSpace()
    guard index == bytes.count else {
      throw Failure(offset: index, message: "something follows after the end of the JSON value")
    }
    return node
  }

  @inline(__always)
  mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  private mutating func value() throws(Failure) -> JSONNode {
    let place = JSONPlace(source: source, offset: UInt32(truncatingIfNeeded: index))
    switch current {
    case UInt8(ascii: "{"): return JSONNode(try object(), at: place)
    case UInt8(ascii: "["): return JSONNode(try array(), at: place)
    case UInt8(ascii: "\""): return JSONNode(.string(try string()), at: place)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSONNode(try numberContent(), at: place)
    case UInt8(ascii: "t") where takes("true"): return JSONNode(.boolean(true), at: place)
    case UInt8(ascii: "f") where takes("false"): return JSONNode(.boolean(false), at: place)
    case UInt8(ascii: "n") where takes("null"): return JSONNode(.null, at: place)
    default: throw unexpected("a value")
    }
  }

  /// Steps over a literal if it stands here and no letter follows.
  private mutating func takes(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    for position in 0..<count where bytes[index + position] != literal.utf8Start[position] {
      return false
    }
    index += count
    return true
  }

  private mutating func object() throws(Failure) -> JSONNode.Content {
    try descend()
    var members: [JSONMember] = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      ascend()
      return .object(members)
    }
    members.reserveCapacity(4)
    while true {
      skipSpace()
      let start = index
      guard current == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      let key = try string()
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw unexpected("':' after the key '\(key)'") }
      index += 1
      skipSpace()
      members.append(JSONMember(key: key, value: try value()))
      if members.count <= 8, isRepeated(key, in: members) {
        throw Failure(offset: start, message: "the key '\(key)' is given twice in one object")
      }
      skipSpace()
      if current == UInt8(ascii: ",") {
        index += 1
      } else if current == UInt8(ascii: "}") {
        break
      } else {
        throw unexpected("',' or '}' after a value of an object")
      }
    }
    if members.count > 8 { try checkKeys(of: members) }
    ascend()
    return .object(members)
  }

  private func isRepeated(_ key: String, in members: [JSONMember]) -> Bool {
    for position in 0..<members.count - 1 where members[position].key == key { return true }
    return false
  }

  /// Large objects: one set instead of a comparison of every pair.
  private func checkKeys(of members: [JSONMember]) throws(Failure) {
    var seen: Set<String> = []
    for member in members where !seen.insert(member.key).inserted {
      throw Failure(
        offset: Int(member.value.place.offset),
        message: "the key '\(member.key)' is given twice in one object")
    }
  }

  private mutating func array() throws(Failure) -> JSONNode.Content {
    try descend()
    skipSpace()
    if current == UInt8(ascii: "]") {
      ascend()
      return .numbers(JSONNumbers(values: []))
    }
    if let numbers = try numbers() {
      ascend()
      return .numbers(numbers)
    }
    var elements: [JSONNode] = []
    while true {
      skipSpace()
      elements.append(try value())
      skipSpace()
      if current == UInt8(ascii: ",") {
        index += 1
      } else if current == UInt8(ascii: "]") {
        break
      } else {
        throw unexpected("',' or ']' after an element of an array")
      }
    }
    ascend()
    return .array(elements)
  }

  /// The elements of an array of nothing but numbers; nil with the index where it was otherwise.
  private mutating func numbers() throws(Failure) -> JSONNumbers? {
    let start = index
    var numbers = JSONNumbers(values: [])
    while true {
      skipSpace()
      guard current == UInt8(ascii: "-") || (current &- UInt8(ascii: "0")) < 10 else { break }
      let number = try number()
      if number.isInteger {
        // Beyond 2^53 a double no longer tells which integer was written.
        guard number.value.magnitude <= 0x1p53 else { break }
        numbers.integerPositions.append(Int32(truncatingIfNeeded: numbers.values.count))
      }
      numbers.values.append(number.value)
      skipSpace()
      if current == UInt8(ascii: ",") {
        index += 1
      } else if current == UInt8(ascii: "]") {
        return numbers
      } else {
        throw unexpected("',' or ']' after an element of an array")
      }
    }
    index = start
    return nil
  }

  private mutating func descend() throws(Failure) {
    depth += 1
    guard depth <= Self.depthLimit else {
      throw Failure(
        offset: index,
        message: "arrays and objects are nested more than \(Self.depthLimit) levels deep")
    }
    index += 1
  }

  private mutating func ascend() {
    depth -= 1
    index += 1
  }

  /// An error for what stands here instead of what should.
  func unexpected(_ expected: String) -> Failure {
    guard index < bytes.count else {
      return Failure(offset: index, message: "the text ends where \(expected) should be")
    }
    let rest = bytes[index..<min(index + 8, bytes.count)]
    for literal in ["NaN", "Infinity", "nan", "inf"] where rest.starts(with: literal.utf8) {
      return Failure(
        offset: index, message: "NaN and Infinity are not JSON; every number must be finite")
    }
    let byte = bytes[index]
    let name =
      byte > 0x20 && byte < 0x7F
      ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
    return Failure(offset: index, message: "found \(name) where \(expected) should be")
  }
}
