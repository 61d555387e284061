// SPDX-License-Identifier: Apache-2.0
import Figures

/// Figures to look at, usual and unusual ones.
enum Gallery {
  static let names = [
    "contour-plane", "contour-points-only", "contour-closed", "contour-logarithmic",
    "limit-mass", "limit-one-point", "limit-twelve-decades", "limit-cls-scan",
  ]

  static func figure(_ name: String) throws -> (any Figure)? {
    switch name {
    case "contour-plane": try ContourExamples.plane()
    case "contour-points-only": ContourExamples.pointsOnly()
    case "contour-closed": try ContourExamples.closed()
    case "contour-logarithmic": ContourExamples.logarithmic()
    case "limit-mass": LimitExamples.mass()
    case "limit-one-point": LimitExamples.onePoint()
    case "limit-twelve-decades": LimitExamples.twelveDecades()
    case "limit-cls-scan": LimitExamples.clsScan()
    default: nil
    }
  }
}
