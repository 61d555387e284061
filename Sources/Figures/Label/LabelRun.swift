// SPDX-License-Identifier: Apache-2.0

/// Characters of a label that are set alike.
struct LabelRun: Hashable, Sendable {
  /// How characters are set.
  struct Setting: Hashable, Sendable {
    /// Relative to the label's size.
    var scale = 1.0
    /// Upwards, relative to the label's size.
    var rise = 0.0
    var isItalic = false
    var isBold = false

    var superscript: Setting {
      var setting = self
      setting.rise += 0.38 * scale
      setting.scale *= 0.72
      return setting
    }

    var `subscript`: Setting {
      var setting = self
      setting.rise -= 0.22 * scale
      setting.scale *= 0.72
      return setting
    }
  }

  var text: String
  var setting: Setting
  /// Whether it begins where the run before it begins, as a subscript under a superscript.
  var isStacked = false

  /// In pixels, for the label's size in pixels.
  func width(size: Double) -> Double {
    TextWidth.pixels(text, size: size * setting.scale, isBold: setting.isBold)
  }
}
