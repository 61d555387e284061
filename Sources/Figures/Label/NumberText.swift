// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Numbers as they are printed, with a minus sign of the width of a plus sign.
enum NumberText {
  private static let minus = "−"

  /// With so many digits behind the point; never −0.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", abs(value))
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return (value < 0 && !isZero ? minus : "") + text
  }

  /// With so many digits in all.
  static func short(_ value: Double, digits: Int = 3) -> String {
    let text = String(format: "%.\(digits)g", value)
    guard let mark = text.firstIndex(of: "e"),
      let exponent = Int(text[text.index(after: mark)...])
    else { return text.replacingOccurrences(of: "-", with: minus) }
    let factor = text[..<mark].replacingOccurrences(of: "-", with: minus)
    return "\(factor)×10^{\(sign(exponent))}"
  }

  /// How many digits behind the point show two digits of an uncertainty.
  static func decimals(showing uncertainty: Double) -> Int {
    guard uncertainty > 0 else { return 0 }
    return min(max(0, 1 - Int(log10(uncertainty).rounded(.down))), 12)
  }

  /// An integer with the long minus sign.
  static func sign(_ integer: Int) -> String {
    integer < 0 ? "\(minus)\(integer.magnitude)" : "\(integer)"
  }

  /// A digit times a power of ten.
  static func power(_ digit: Double, _ exponent: Int) -> String {
    let factor = fixed(digit, decimals: 0)
    switch exponent {
    case 0: return factor
    case 1 where digit == 1: return "10"
    default:
      let power = "10^{\(sign(exponent))}"
      return digit == 1 ? power : "\(factor)×\(power)"
    }
  }
}
