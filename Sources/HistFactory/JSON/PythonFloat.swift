// SPDX-License-Identifier: Apache-2.0

/// Python's spelling of floats: the fewest digits that read back to the same double, with an
/// exponent below 1e-4 and from 1e16 on.
package enum PythonFloat {
  /// `repr(value)` of a finite number.
  package static func text(of value: Double) -> String {
    let text = value.description
    let hasExponent = text.utf8.contains(UInt8(ascii: "e"))
    let isPlain = value == 0 || (1e-4..<1e16).contains(value.magnitude)
    // Both languages find the same digits; Swift takes an exponent from 2^53 on.
    if isPlain, hasExponent { return wholeNumber(text) }
    if !isPlain, !hasExponent { return exponential(text) }
    return text
  }

  /// "9.1e+15" to "9100000000000000.0".
  private static func wholeNumber(_ text: String) -> String {
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
    let pieces = parts[0].split(separator: ".")
    let fraction = pieces.count == 2 ? pieces[1] : ""
    let zeros = String(repeating: "0", count: max(0, exponent - fraction.count))
    return pieces[0] + fraction + zeros + ".0"
  }

  /// "18000000000000000.0" to "1.8e+16".
  private static func exponential(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    var digits = text.drop { $0 == "-" }.prefix { $0 != "." }
    let exponent = digits.count - 1
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let fraction = digits.dropFirst()
    return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e+\(exponent)"
  }
}
