// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Colours for numbers, in steps so fine that the eye can't tell.
struct ColorScale: Hashable, Sendable {
  /// The numbers at the colours.
  let stops: [Double]
  /// Red, green and blue, 0…255.
  let colors: [[Double]]

  /// −1 to 1, through white; the ends are those of ColorBrewer's RdBu, safe for any colour vision.
  static let diverging = ColorScale(
    stops: [-1, -0.5, 0, 0.5, 1],
    colors: [[33, 102, 172], [146, 197, 222], [255, 255, 255], [244, 165, 130], [178, 24, 43]])

  /// 0 to 1, from white; ColorBrewer's Blues.
  static let sequential = ColorScale(
    stops: [0, 0.5, 1], colors: [[255, 255, 255], [107, 174, 214], [8, 81, 156]])

  var lower: Double { stops.first ?? 0 }
  var upper: Double { stops.last ?? 1 }

  /// As an attribute, such as `#2166ac`.
  func color(of value: Double) -> String {
    let parts = components(of: value)
    return "#" + parts.map { String(format: "%02x", Int($0.rounded())) }.joined()
  }

  /// Whether text on the colour has to be light.
  func isDark(_ value: Double) -> Bool {
    let parts = components(of: value)
    return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] < 140
  }

  private func components(of value: Double) -> [Double] {
    let steps = ((value - lower) / (upper - lower) * 100).rounded() / 100
    let kept = min(max(lower + steps * (upper - lower), lower), upper)
    let next = stops.firstIndex { $0 >= kept } ?? stops.count - 1
    guard next > 0 else { return colors[0] }
    let fraction = (kept - stops[next - 1]) / (stops[next] - stops[next - 1])
    return zip(colors[next - 1], colors[next]).map { $0 + fraction * ($1 - $0) }
  }
}
