// SPDX-License-Identifier: Apache-2.0

/// Python's spelling of floats: the fewest digits that read back to the same double, with an
/// exponent below 1e-4 and from 1e16 on.
package enum PythonFloat {
  /// `repr(value)` of a finite number.
  package static func text(of value: Double) -> String {
    let text = value.description
    let magnitude = value.magnitude
    // In this range both languages write the same; Swift keeps plain digits up to 2^54.
    if magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16) { return text }
    return withExponent(text)
  }

  /// "18000000000000000.0" to "1.8e+16"; a text that has an exponent already stays.
  private static func withExponent(_ text: String) -> String {
    if text.contains("e") { return text }
    let isNegative = text.hasPrefix("-")
    // Only whole numbers from 1e16 on are written without an exponent here.
    var digits = text.drop { $0 == "-" }.prefix { $0 != "." }
    let exponent = digits.count - 1
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let fraction = digits.dropFirst()
    return (isNegative ? "-" : "") + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
      + "e+\(exponent)"
  }
}
