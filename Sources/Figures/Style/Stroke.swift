// SPDX-License-Identifier: Apache-2.0

/// How a line is drawn.
struct Stroke: Hashable, Sendable {
  /// Whether and how a line is broken.
  enum Pattern: Sendable { case solid, dashed, dotted, dashDotted }

  var color: String
  /// In pixels.
  var width: Double
  var pattern = Pattern.solid

  func apply(to element: inout SVGElement) {
    element.set("fill", "none")
    element.set("stroke", color)
    element.set("stroke-width", width)
    element.set("stroke-linejoin", "round")
    let lengths: [Double]
    switch pattern {
    case .solid: return
    case .dashed: lengths = [4, 2.5]
    case .dotted: lengths = [1, 1.8]
    case .dashDotted: lengths = [5, 2, 1, 2]
    }
    element.set(
      "stroke-dasharray", lengths.map { SVGNumber.text($0 * width) }.joined(separator: " "))
  }
}
