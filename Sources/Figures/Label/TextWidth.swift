// SPDX-License-Identifier: Apache-2.0

/// How wide text is, without a font at hand.
///
/// Widths of ASCII are those of Helvetica in Adobe's font metrics, in thousandths of the size,
/// which Arial and Liberation Sans share. A tenth is added for fonts that are wider.
enum TextWidth {
  static let reserve = 1.1
  /// From space to tilde.
  private static let ascii: [Double] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  /// In pixels, for a size in pixels.
  static func pixels(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let thousandths = text.unicodeScalars.reduce(0) { $0 + width($1) }
    return thousandths / 1000 * size * reserve * (isBold ? 1.07 : 1)
  }

  private static func width(_ scalar: Unicode.Scalar) -> Double {
    let index = Int(scalar.value) - 32
    if ascii.indices.contains(index) { return ascii[index] }
    if scalar.properties.generalCategory == .nonspacingMark { return 0 }
    // Scripts of wide letters begin with Hangul Jamo.
    return scalar.value >= 0x1100 && scalar.value < 0x1E00 || scalar.value >= 0x2E80 ? 1000 : 600
  }
}
