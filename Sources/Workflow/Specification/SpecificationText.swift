// SPDX-License-Identifier: Apache-2.0

/// The text of a YAML file before and beside the parser: what it may not contain, and where.
struct SpecificationText {
  let yaml: String
  let file: String

  init(_ yaml: String, file: String) {
    var yaml = yaml
    // A byte-order mark says how the bytes were to be read; the parser would take it for text.
    if yaml.unicodeScalars.first == "\u{feff}" { yaml.unicodeScalars.removeFirst() }
    // The parser keeps a pointer into the text.
    yaml.makeContiguousUTF8()
    self.yaml = yaml
    self.file = file
  }

  var start: SourceLocation { SourceLocation(file: file, line: 1, column: 1) }

  /// Refuses text that is too long or has characters that YAML does not know.
  func checkBytes() throws(InvalidSpecification) {
    let limit = SpecificationNode.Limit.byteCount
    guard yaml.utf8.count <= limit else {
      throw InvalidSpecification(
        "the file has \(yaml.utf8.count) bytes, more than the \(limit) that are read", at: start)
    }
    var line = 1
    var column = 1
    for scalar in yaml.unicodeScalars {
      if scalar == "\n" {
        line += 1
        column = 1
        continue
      }
      if Self.isControl(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        throw InvalidSpecification(
          "the control character U+\(number) cannot stand in YAML; remove it",
          at: SourceLocation(file: file, line: line, column: column))
      }
      column += 1
    }
  }

  /// Refuses text that has an anchor and an alias of it, before the parser sees it.
  ///
  /// The parser shares the nodes an alias stands for, but compares keys by walking them: a few
  /// lines could keep it busy for ever. `&name` where no word goes before and `*name` of the same
  /// name are taken for an anchor and its alias wherever they stand; anchors alone are found by
  /// the walk that follows.
  func checkAliases() throws(InvalidSpecification) {
    let bytes = Array(yaml.utf8)
    var anchors: Set<ArraySlice<UInt8>> = []
    for index in bytes.indices where bytes[index] == UInt8(ascii: "&") {
      if index > 0, Self.isNameByte(bytes[index - 1]) { continue }
      let name = bytes[(index + 1)...].prefix(while: Self.isNameByte)
      if !name.isEmpty { anchors.insert(name) }
    }
    guard !anchors.isEmpty else { return }
    for index in bytes.indices where bytes[index] == UInt8(ascii: "*") {
      let name = bytes[(index + 1)...].prefix(while: Self.isNameByte)
      guard anchors.contains(name) else { continue }
      let text = String(decoding: name, as: UTF8.self)
      throw InvalidSpecification(
        "anchors and aliases ('&\(text)', '*\(text)') are not read; write the value out",
        at: location(ofByte: index))
    }
  }

  /// C0 and C1 control characters and DEL but for tab, carriage return and next line (YAML 1.1
  /// §5.1).
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0a, 0x0d, 0x85: false
    case 0..<0x20, 0x7f..<0xa0: true
    default: false
    }
  }

  /// The place of a byte.
  func location(ofByte offset: Int) -> SourceLocation {
    let before = yaml.utf8.prefix(offset)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map(before.index(after:))
    let column = yaml.unicodeScalars[(lineStart ?? before.startIndex)..<before.endIndex].count + 1
    return SourceLocation(file: file, line: line, column: column)
  }

  /// Letters of an anchor's name, as the parser has them.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
