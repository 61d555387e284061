// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A JSON value whose numbers are text already.
enum JSONValue {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Appends the canonical text.
  func write(to bytes: inout [UInt8]) throws {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .string(let text): Self.write(text, to: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        try value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let fields):
      // String's own `<` compares normalised text; the bytes are what is hashed.
      let keys = fields.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      bytes.append(UInt8(ascii: "{"))
      for (index, key) in keys.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        try fields[key]?.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case 0x08: bytes.append(contentsOf: "\\b".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x0a: bytes.append(contentsOf: "\\n".utf8)
      case 0x0c: bytes.append(contentsOf: "\\f".utf8)
      case 0x0d: bytes.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: "\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONValue {
  /// The canonical text of a floating-point number; nil when it is not finite.
  ///
  /// Digits come from the standard library's shortest round-trip text. The layout is our own
  /// (ECMAScript's), so that a change of the library's layout changes no fingerprint.
  static func text<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    of number: Number
  ) -> String? {
    guard number.isFinite else { return nil }
    guard number != 0 else { return "0" }
    var digits: [Character] = []
    var point = 0
    let parts = number.magnitude.description.split(separator: "e")
    for (index, part) in parts[0].split(separator: ".").enumerated() {
      if index == 0 { point = part.count }
      digits.append(contentsOf: part)
    }
    if parts.count == 2 { point += Int(parts[1]) ?? 0 }
    let leading = digits.prefix { $0 == "0" }.count
    digits.removeFirst(leading)
    point -= leading
    while digits.last == "0" { digits.removeLast() }
    return (number < 0 ? "-" : "") + layout(String(digits), point: point)
  }

  /// Digits d₁d₂… with the decimal point before digit `point`.
  private static func layout(_ digits: String, point: Int) -> String {
    if digits.count <= point, point <= 21 {
      return digits + String(repeating: "0", count: point - digits.count)
    }
    if 0 < point, point <= 21 {
      return "\(digits.prefix(point)).\(digits.dropFirst(point))"
    }
    if -6 < point, point <= 0 {
      return "0." + String(repeating: "0", count: -point) + digits
    }
    let mantissa = digits.count == 1 ? digits : "\(digits.prefix(1)).\(digits.dropFirst())"
    return "\(mantissa)e\(point - 1)"
  }
}
