// SPDX-License-Identifier: Apache-2.0

/// Writes JSON the way Python's `json.dumps(value, sort_keys=True, ensure_ascii=False)` does, which
/// is what pyhf takes the digest of (`pyhf.utils.digest`, pyhf 0.7.6).
package struct JSONWriter {
  private(set) package var bytes: [UInt8] = []

  package init() {}

  /// The bytes of one value.
  package static func write(_ node: JSONNode) -> [UInt8] {
    var writer = JSONWriter()
    writer.append(node)
    return writer.bytes
  }

  private mutating func append(_ node: JSONNode) {
    switch node.content {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .number(let value): append(PythonFloat.text(of: value))
    case .integer(let value): append(String(value))
    case .wideInteger(let digits): append(digits)
    case .string(let text): append(quoted: text)
    case .numbers(let numbers): append(numbers)
    case .array(let nodes):
      append("[")
      for (position, node) in nodes.enumerated() {
        if position > 0 { append(", ") }
        append(node)
      }
      append("]")
    case .object(let members): append(members)
    }
  }

  private mutating func append(_ numbers: JSONNumbers) {
    append("[")
    var integers = numbers.integerPositions.makeIterator()
    var next = integers.next()
    for (position, value) in numbers.values.enumerated() {
      if position > 0 { append(", ") }
      if let integer = next, Int(integer) == position {
        next = integers.next()
        append(String(Int(value)))
      } else {
        append(PythonFloat.text(of: value))
      }
    }
    append("]")
  }

  private mutating func append(_ members: [JSONMember]) {
    // Python orders by code point; that is the order of the UTF-8 bytes.
    let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    append("{")
    for (position, member) in sorted.enumerated() {
      if position > 0 { append(", ") }
      append(quoted: member.key)
      append(": ")
      append(member.value)
    }
    append("}")
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x08: append("\\b")
      case 0x0C: append("\\f")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0x00..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
