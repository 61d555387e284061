// SPDX-License-Identifier: Apache-2.0

extension Label {
  /// Which part of the text is at its position.
  enum Anchor: String, Sendable { case start, middle, end }

  /// The text with its baseline at a position.
  ///
  /// - Parameter angle: in degrees, clockwise, about the position.
  func element(
    at position: PagePoint, size: Double, anchor: Anchor = .start, angle: Double = 0,
    color: String? = nil
  ) -> SVGElement {
    var text = SVGElement("text", ["x": position.x, "y": position.y, "font-size": size])
    if anchor != .start { text.set("text-anchor", anchor.rawValue) }
    if let color { text.set("fill", color) }
    if angle != 0 {
      let center = "\(SVGNumber.text(position.x)) \(SVGNumber.text(position.y))"
      text.set("transform", "rotate(\(SVGNumber.text(angle)) \(center))")
    }
    // What was cut is still there for whoever points at it.
    if runs.map(\.text).joined() != plainText {
      var whole = SVGElement("title")
      whole.add(plainText)
      text.add(whole)
    }
    if runs.count == 1, let only = runs.first {
      only.setting.style(&text, size: size)
      text.add(only.text)
      return text
    }
    // Or spaces at the ends of parts would be lost.
    text.set("xml:space", "preserve")
    var (rise, advance) = (0.0, 0.0)
    for (index, run) in runs.enumerated() {
      var part = SVGElement("tspan")
      run.setting.style(&part, size: size)
      // Unlike baseline-shift, every browser knows this one. It stays for what follows.
      if run.setting.rise != rise { part.set("dy", (rise - run.setting.rise) * size) }
      rise = run.setting.rise
      if run.isStacked {
        let before = runs[index - 1].width(size: size) / TextWidth.reserve
        part.set("dx", -before)
        advance = max(0, before - run.width(size: size) / TextWidth.reserve)
      } else if advance > 0 {
        part.set("dx", advance)
        advance = 0
      }
      part.add(run.text)
      text.add(part)
    }
    return text
  }
}

extension LabelRun.Setting {
  fileprivate func style(_ element: inout SVGElement, size: Double) {
    if scale != 1 { element.set("font-size", scale * size) }
    if isItalic { element.set("font-style", "italic") }
    if isBold { element.set("font-weight", "bold") }
  }
}
