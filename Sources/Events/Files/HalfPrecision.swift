// SPDX-License-Identifier: Apache-2.0

/// 16-bit floating-point numbers (IEEE 754 binary16).
enum HalfPrecision {
  /// The number of a bit pattern; a double holds it exactly.
  static func value(of bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 0x1F: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
      }
    return bits & 0x8000 == 0 ? magnitude : -magnitude
  }
}
