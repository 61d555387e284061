// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Numbers for people: as many digits as mean something.
package enum NumberText {
  /// Four significant digits unless told otherwise: "0.3600", "1.234e-07", "12"; "nan" and "inf".
  package static func of(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return String(format: "%f", value) }
    if value == value.rounded(), abs(value) < 1e6 { return String(format: "%.0f", value) }
    if abs(value) < 1e-4 || abs(value) >= 1e6 {
      return String(format: "%.*e", digits - 1, value)
    }
    let decimals = max(0, digits - 1 - magnitude(of: value))
    return String(format: "%.*f", decimals, value)
  }

  static func of(_ value: Double?, digits: Int = 4) -> String {
    value.map { of($0, digits: digits) } ?? "-"
  }

  /// A value with an uncertainty of two significant digits: "3.12 ± 0.90".
  package static func of(_ value: Double, uncertainty: Double?) -> String {
    guard let uncertainty, uncertainty > 0, uncertainty.isFinite, value.isFinite else {
      return of(value)
    }
    let decimals = max(0, 1 - magnitude(of: uncertainty))
    guard decimals <= 8 else { return of(value) + " ± " + of(uncertainty, digits: 2) }
    return String(format: "%.*f ± %.*f", decimals, value, decimals, uncertainty)
  }

  /// A fraction of one in percent, with two significant digits: "0.83 %", "12 %".
  package static func percent(_ value: Double?) -> String {
    guard let value else { return "-" }
    guard value.isFinite, value != 0 else { return of(value) + " %" }
    let decimals = max(0, 1 - magnitude(of: value * 100))
    return decimals > 6
      ? of(value * 100, digits: 2) + " %" : String(format: "%.*f %%", decimals, value * 100)
  }

  /// A time of any length, with its largest unit: "45 s", "12 min", "3 h".
  package static func span(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: String(format: "%.0f s", seconds)
    case ..<5400: String(format: "%.0f min", seconds / 60)
    default: String(format: "%.0f h", seconds / 3600)
    }
  }

  /// A duration: "12 ms", "3.4 s".
  package static func seconds(_ value: Double?) -> String {
    guard let value else { return "-" }
    return value < 1 ? String(format: "%.0f ms", value * 1000) : String(format: "%.1f s", value)
  }

  /// Decimal exponent of the leading digit after rounding to four digits.
  private static func magnitude(of value: Double) -> Int {
    value == 0 ? 0 : Int(log10(abs(value)).rounded(.down))
  }
}
