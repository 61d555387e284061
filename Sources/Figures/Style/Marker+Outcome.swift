// SPDX-License-Identifier: Apache-2.0

extension Marker {
  /// The sign of what became of a point.
  static func outcome(
    _ outcome: ContourFigure.Outcome, _ style: FigureStyle, isSmall: Bool = false
  ) -> Marker {
    let palette = style.palette
    let radius = style.markerRadius * (isSmall ? 0.65 : 1)
    let (shape, color): (Shape, String) =
      switch outcome {
      case .excluded: (.disc, palette.ink)
      case .allowed: (.circle, palette.ink)
      case .inconclusive: (.halfDisc, palette.ink)
      case .failed: (.cross, palette.observed)
      case .pending: (.square, palette.expected)
      }
    return Marker(shape: shape, color: color, radius: radius, paper: palette.paper)
  }
}
