// SPDX-License-Identifier: Apache-2.0
import Figures

/// Figures to look at, usual and unusual ones.
enum Gallery {
  static let names = [
    "contour-plane", "contour-points-only", "contour-closed", "contour-logarithmic",
    "contour-comparisons",
    "limit-mass", "limit-one-point", "limit-twelve-decades", "limit-cls-scan",
    "pulls", "pulls-sixty", "ranking", "correlations", "correlations-forty", "likelihood-scan",
    "modifier-grid", "loss", "stack-logarithmic", "stack-linear", "stack-regions", "cutflow",
    "overlap", "limit-surrogate",
  ]

  static func figure(_ name: String) throws -> (any Figure)? {
    switch name {
    case "contour-plane": try ContourExamples.plane()
    case "contour-points-only": ContourExamples.pointsOnly()
    case "contour-closed": try ContourExamples.closed()
    case "contour-logarithmic": ContourExamples.logarithmic()
    case "contour-comparisons": ContourExamples.comparisons()
    case "limit-mass": LimitExamples.mass()
    case "limit-one-point": LimitExamples.onePoint()
    case "limit-twelve-decades": LimitExamples.twelveDecades()
    case "limit-cls-scan": LimitExamples.clsScan()
    case "pulls": InferenceExamples.pulls()
    case "pulls-sixty": InferenceExamples.sixtyPulls()
    case "ranking": InferenceExamples.ranking()
    case "correlations": InferenceExamples.correlations()
    case "correlations-forty": InferenceExamples.fortyCorrelations()
    case "likelihood-scan": InferenceExamples.scan()
    case "modifier-grid": InferenceExamples.modifierGrid()
    case "loss": InferenceExamples.loss()
    case "stack-logarithmic": SelectionExamples.stack()
    case "stack-linear": SelectionExamples.stack(isLogarithmic: false)
    case "stack-regions": SelectionExamples.regions()
    case "cutflow": SelectionExamples.cutflow()
    case "overlap": SelectionExamples.overlap()
    case "limit-surrogate": LimitExamples.surrogate()
    default: nil
    }
  }
}
