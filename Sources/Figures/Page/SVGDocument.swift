// SPDX-License-Identifier: Apache-2.0

/// A standalone SVG file.
struct SVGDocument {
  let width: Double
  let height: Double
  /// For those who can't see the figure, and for tabs of a browser.
  let title: String
  let style: FigureStyle
  var elements: [SVGElement] = []

  /// Helvetica and its metric equals come first, since the layout reckons with their widths.
  private static let fonts =
    "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', 'DejaVu Sans', sans-serif"

  var text: String {
    var root = SVGElement(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": width, "height": height,
        "viewBox": "0 0 \(SVGNumber.text(width)) \(SVGNumber.text(height))", "role": "img",
        "font-family": Self.fonts, "fill": style.palette.ink,
      ])
    var heading = SVGElement("title")
    heading.add(title)
    root.add(heading)
    root.add(
      SVGElement("rect", ["width": width, "height": height, "fill": style.palette.paper]))
    for element in elements { root.add(element) }
    var document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    root.write(to: &document, indent: 0)
    return document + "\n"
  }
}
