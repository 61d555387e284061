// SPDX-License-Identifier: Apache-2.0

/// A reader of the XML (1.0) that HistFactory's files are written in, for bytes nobody has checked.
///
/// Refused: more than 16 MiB, more than 32 levels, bytes that aren't UTF-8, an attribute said twice,
/// entities other than the five of XML and numbers. A document type is skipped, and nothing outside
/// the text is ever read.
struct MarkupParser {
  /// What is wrong, and at which byte.
  struct Failure: Error {
    let offset: Int
    let message: String
  }

  private static let byteLimit = 16 << 20
  private static let depthLimit = 32

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The element that is the whole text.
  static func parse(_ bytes: [UInt8]) throws(Failure) -> MarkupElement {
    guard bytes.count <= byteLimit else {
      throw Failure(offset: 0, message: "an XML file may have 16 MiB")
    }
    var parser = MarkupParser(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.index = 3 }
    try parser.skipMisc(documentType: true)
    guard parser.current == UInt8(ascii: "<") else {
      throw Failure(offset: parser.index, message: "an XML file must start with an element")
    }
    let root = try parser.element()
    try parser.skipMisc(documentType: false)
    guard parser.index == bytes.count else {
      throw Failure(offset: parser.index, message: "there is something after the last element")
    }
    return root
  }

  // MARK: Bytes

  /// The byte at the index, 0 at the end.
  private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private func isAhead(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[index...].starts(with: $0) }
  }

  /// Moves behind the next occurrence of a text.
  private mutating func skip(to end: StaticString, of thing: String) throws(Failure) -> Range<Int> {
    let start = index
    while index < bytes.count {
      if isAhead(end) {
        defer { index += end.utf8CodeUnitCount }
        return start..<index
      }
      index += 1
    }
    throw Failure(offset: start, message: "\(thing) is never closed")
  }

  private mutating func skipBlanks() {
    while [0x20, 0x09, 0x0A, 0x0D].contains(current), index < bytes.count { index += 1 }
  }

  private func text(_ range: Range<Int>) throws(Failure) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw Failure(offset: range.lowerBound, message: "a text contains bytes that are not UTF-8")
    }
    return text
  }

  // MARK: Outside of elements

  /// Blanks, comments, instructions, and a document type where one may stand.
  private mutating func skipMisc(documentType: Bool) throws(Failure) {
    while true {
      skipBlanks()
      if isAhead("<!--") {
        try skipComment()
      } else if isAhead("<?") {
        _ = try skip(to: "?>", of: "an instruction")
      } else if documentType, isAhead("<!DOCTYPE") {
        try skipDocumentType()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(Failure) {
    index += 4
    _ = try skip(to: "-->", of: "a comment")
  }

  private mutating func skipDocumentType() throws(Failure) {
    let start = index
    while index < bytes.count, current != UInt8(ascii: ">") {
      if current == UInt8(ascii: "[") {
        throw Failure(
          offset: index, message: "a document type with declarations is not read; remove them")
      }
      index += 1
    }
    guard index < bytes.count else {
      throw Failure(offset: start, message: "a document type is never closed")
    }
    index += 1
  }

  // MARK: Elements

  private mutating func element() throws(Failure) -> MarkupElement {
    depth += 1
    defer { depth -= 1 }
    let start = index
    guard depth <= Self.depthLimit else {
      throw Failure(offset: start, message: "elements may be nested \(Self.depthLimit) deep")
    }
    index += 1
    let name = try name()
    var element = MarkupElement(name: name, attributes: [], offset: start)
    while true {
      let before = index
      skipBlanks()
      if isAhead("/>") {
        index += 2
        return element
      }
      if current == UInt8(ascii: ">") {
        index += 1
        break
      }
      guard index > before, index < bytes.count else {
        throw Failure(offset: index, message: "the tag of '\(name)' is never closed")
      }
      let attribute = try attribute()
      guard element[attribute.name] == nil else {
        throw Failure(
          offset: before, message: "'\(name)' has the attribute '\(attribute.name)' twice")
      }
      element.attributes.append(attribute)
    }
    try content(of: &element)
    return element
  }

  private mutating func content(of element: inout MarkupElement) throws(Failure) {
    while true {
      let start = index
      while index < bytes.count, current != UInt8(ascii: "<") { index += 1 }
      element.text += try resolved(start..<index)
      if isAhead("</") {
        index += 2
        let closing = try name()
        skipBlanks()
        guard closing == element.name, current == UInt8(ascii: ">") else {
          throw Failure(
            offset: index, message: "'\(element.name)' is closed by '\(closing)'")
        }
        index += 1
        return
      }
      if isAhead("<!--") {
        try skipComment()
      } else if isAhead("<![CDATA[") {
        index += 9
        element.text += try text(skip(to: "]]>", of: "a CDATA section"))
      } else if isAhead("<?") {
        _ = try skip(to: "?>", of: "an instruction")
      } else if index < bytes.count {
        element.children.append(try self.element())
      } else {
        throw Failure(offset: element.offset, message: "'\(element.name)' is never closed")
      }
    }
  }

  private mutating func name() throws(Failure) -> String {
    let start = index
    while index < bytes.count, isNameByte(current) { index += 1 }
    guard index > start else { throw Failure(offset: start, message: "a name must stand here") }
    return try text(start..<index)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: ":"), 0x80...0xFF:
      true
    default: false
    }
  }

  private mutating func attribute() throws(Failure) -> (name: String, value: String) {
    let name = try name()
    skipBlanks()
    guard current == UInt8(ascii: "=") else {
      throw Failure(offset: index, message: "the attribute '\(name)' has no value")
    }
    index += 1
    skipBlanks()
    let quote = current
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw Failure(offset: index, message: "the value of '\(name)' must stand in quotes")
    }
    index += 1
    let start = index
    while index < bytes.count, current != quote, current != UInt8(ascii: "<") { index += 1 }
    guard current == quote, index < bytes.count else {
      throw Failure(offset: start, message: "the value of '\(name)' is never closed")
    }
    defer { index += 1 }
    return (name, try resolved(start..<index))
  }

  /// A piece of text with its entities.
  private func resolved(_ range: Range<Int>) throws(Failure) -> String {
    let written = try text(range)
    guard written.utf8.contains(UInt8(ascii: "&")) else { return written }
    var result = "", rest = written[...]
    while let ampersand = rest.firstIndex(of: "&") {
      result += rest[..<ampersand]
      rest = rest[rest.index(after: ampersand)...]
      guard let end = rest.prefix(12).firstIndex(of: ";"), let meaning = entity(rest[..<end]) else {
        throw Failure(
          offset: range.lowerBound, message: "'&' must begin an entity of XML; write '&amp;'")
      }
      result.unicodeScalars.append(meaning)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private func entity(_ name: Substring) -> Unicode.Scalar? {
    switch name {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "quot": "\""
    case "apos": "'"
    default:
      if name.hasPrefix("#x") {
        UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
      } else if name.hasPrefix("#") {
        UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
      } else {
        nil
      }
    }
  }
}
