// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
  /// A number as written: its value, and whether it was an integer.
  struct Number {
    var value: Double
    var isInteger: Bool
  }

  /// A number as a node keeps it: integers exactly, for digests.
  mutating func numberContent() throws(Failure) -> JSONNode.Content {
    let start = index
    let number = try number()
    guard number.isInteger else { return .number(number.value) }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    return Int(text).map { .integer($0) } ?? .wideInteger(text)
  }

  /// The number at the index, rounded to the nearest double.
  mutating func number() throws(Failure) -> Number {
    let start = index
    let isNegative = current == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var decimal = Decimal()
    if current == UInt8(ascii: "0") {
      index += 1
      if (current &- UInt8(ascii: "0")) < 10 {
        throw Failure(offset: start, message: "a number may not start with a superfluous 0")
      }
    } else if !takeDigits(into: &decimal) {
      throw unexpected("a digit")
    }
    var isInteger = true
    if current == UInt8(ascii: ".") {
      index += 1
      isInteger = false
      let before = index
      guard takeDigits(into: &decimal) else { throw unexpected("a digit after the decimal point") }
      decimal.exponent -= index - before
    }
    if current | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      decimal.exponent += try exponent()
    }
    let magnitude = decimal.rounded ?? slowValue(from: isNegative ? start + 1 : start)
    guard magnitude.isFinite else {
      throw Failure(offset: start, message: "the number is too large for a 64-bit float")
    }
    // -0 is the integer 0, without a sign.
    let isSigned = isNegative && !(isInteger && magnitude == 0)
    return Number(value: isSigned ? -magnitude : magnitude, isInteger: isInteger)
  }

  /// Digits at the index; false if there are none.
  @inline(__always)
  private mutating func takeDigits(into decimal: inout Decimal) -> Bool {
    let start = index
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      decimal.mantissa = decimal.mantissa &* 10 &+ UInt64(digit)
      // Leading zeros don't count as digits.
      if decimal.mantissa != 0 || decimal.digits != 0 { decimal.digits += 1 }
      index += 1
    }
    return index > start
  }

  private mutating func exponent() throws(Failure) -> Int {
    index += 1
    let isNegative = current == UInt8(ascii: "-")
    if isNegative || current == UInt8(ascii: "+") { index += 1 }
    var value = 0
    let start = index
    while (current &- UInt8(ascii: "0")) < 10 {
      // Far beyond any double; further digits change nothing.
      if value < 100_000 { value = value * 10 + Int(current - UInt8(ascii: "0")) }
      index += 1
    }
    guard index > start else { throw unexpected("a digit of the exponent") }
    return isNegative ? -value : value
  }

  /// The standard library's correctly rounded conversion, for what the fast paths leave.
  private func slowValue(from start: Int) -> Double {
    // The text follows the grammar above, which Double's is a superset of.
    Double(String(decoding: bytes[start..<index], as: UTF8.self)) ?? .infinity
  }

  /// mantissa · 10^exponent, exact while digits ≤ 19.
  private struct Decimal {
    var mantissa: UInt64 = 0
    var exponent = 0
    var digits = 0

    /// The nearest double, where a short way gives it for certain.
    @inline(__always)
    var rounded: Double? {
      if digits > 19 { return nil }
      if mantissa == 0 { return 0 }
      if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
        // Both operands are exact, so one operation rounds once (Clinger 1990).
        return exponent < 0
          ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
      }
      #if arch(x86_64)
        return roundedByExtended
      #else
        return nil
      #endif
    }

    #if arch(x86_64)
      /// By way of 64-bit mantissas: 10^k is exact up to k = 27, so the one operation errs by half
      /// a unit of 2^-64, which the second rounding feels only at a tie of the lower 11 bits.
      private var roundedByExtended: Double? {
        guard exponent >= -27, exponent <= 27 else { return nil }
        let power = extendedPowersOfTen[abs(exponent)]
        let value = exponent < 0 ? Float80(mantissa) / power : Float80(mantissa) * power
        let rest = value.significandBitPattern & 0x7FF
        return (0x3FF...0x401).contains(rest) ? nil : Double(value)
      }
    #endif
  }
}

/// 10^0 … 10^22, all exact.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

#if arch(x86_64)
  /// 10^0 … 10^27, all exact: 5^27 needs 63 bits.
  private let extendedPowersOfTen: [Float80] = (0...27).map { exponent in
    (0..<exponent).reduce(Float80(1)) { power, _ in power * 10 }
  }
#endif
