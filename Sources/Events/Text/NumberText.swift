// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numbers written as text.
///
/// The bytes are a part of a line of `TextFile`: what follows them can be looked at, and ends.
enum NumberText {
  /// Powers of ten that a double holds exactly.
  private static let powers = (0...22).map { pow(10, Double($0)) }

  /// A decimal number, "nan" or "inf"; nil for anything else.
  static func real(_ text: UnsafeRawBufferPointer) -> Double? {
    var position = 0
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    if isNegative || (text.count > 0 && text[0] == UInt8(ascii: "+")) { position = 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var (hasPoint, hasDigits) = (false, false)
    while position < text.count {
      let byte = text[position]
      if byte &- 48 < 10 {
        // Behind the 18th digit the library decides.
        if digits >= 18 { return slowReal(text) }
        mantissa = mantissa &* 10 &+ UInt64(byte &- 48)
        hasDigits = true
        if mantissa > 0 { digits += 1 }
        if hasPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      position += 1
    }
    var exponent = 0
    if position < text.count {
      guard text[position] | 0x20 == UInt8(ascii: "e"),
        let written = integer(UnsafeRawBufferPointer(rebasing: text[(position + 1)...])),
        abs(written) < 1000
      else { return slowReal(text) }
      exponent = Int(written)
    }
    if mantissa == 0, hasDigits { return isNegative ? -0.0 : 0 }
    exponent -= decimals
    // Both exact, one rounding: the nearest double (Clinger 1990).
    guard mantissa < 1 << 53, mantissa > 0, abs(exponent) <= 22 else { return slowReal(text) }
    let value =
      exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
    return isNegative ? -value : value
  }

  /// What strtod says, which knows more than is meant: hexadecimal numbers and leading blanks are
  /// refused.
  private static func slowReal(_ text: UnsafeRawBufferPointer) -> Double? {
    guard let base = text.baseAddress?.assumingMemoryBound(to: CChar.self), !text.isEmpty,
      text[0] > 0x20, !text.contains(where: { $0 | 0x20 == UInt8(ascii: "x") || $0 == 0x28 })
    else { return nil }
    var end: UnsafeMutablePointer<CChar>?
    let value = strtod(base, &end)
    guard let end, base.distance(to: UnsafePointer(end)) == text.count else { return nil }
    return value
  }

  /// A whole number without point and exponent; nil for anything else and beyond Int64.
  static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
    var position = 0
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    if isNegative || (text.count > 0 && text[0] == UInt8(ascii: "+")) { position = 1 }
    guard position < text.count else { return nil }
    var value: Int64 = 0
    while position < text.count {
      let digit = Int64(text[position]) - 48
      guard (0..<10).contains(digit) else { return nil }
      let (scaled, overflows) = value.multipliedReportingOverflow(by: 10)
      // Negative numbers reach one further, so they are built downwards.
      let (next, alsoOverflows) =
        isNegative
        ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
      if overflows || alsoOverflows { return nil }
      value = next
      position += 1
    }
    return value
  }
}
