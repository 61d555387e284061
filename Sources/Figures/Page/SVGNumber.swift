// SPDX-License-Identifier: Apache-2.0

/// Numbers of a document: hundredths of a pixel, so that files are small and don't depend on the
/// last digits of a machine's logarithm.
enum SVGNumber {
  /// Far outside of any page; longer lines are cut there.
  private static let farthest = 100_000.0

  static func text(_ number: Double) -> String {
    // Axes refuse what isn't finite, so this is a number; a page with a wrong one can be read.
    let finite = number.isNaN ? 0 : min(max(number, -farthest), farthest)
    let hundredths = Int((finite * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
