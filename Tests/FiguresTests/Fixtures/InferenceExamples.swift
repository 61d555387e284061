// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation

/// Figures of a fit, with numbers from closed forms.
enum InferenceExamples {
  private static let names = [
    "alpha_jes", "alpha_jer", "alpha_btag", "alpha_ttbar_scale", "gamma_SR_bin0", "mu_ttbar",
    "lumi", "alpha_pileup_reweighting_of_simulated_events_in_the_signal_region_2018",
  ]

  private static func pull(_ name: String, _ index: Int) -> Pull {
    let phase = Double(index)
    return Pull(
      name, value: 1.3 * sin(1.7 * phase), down: 0.75 + 0.25 * cos(phase),
      up: 0.8 + 0.2 * sin(phase))
  }

  static func pulls() -> PullFigure {
    PullFigure(
      title: "Pulls of the background-only fit", notes: ["SR and CR, 139 fb^{-1}"],
      pulls: names.enumerated().map { pull($1, $0) })
  }

  static func sixtyPulls() -> PullFigure {
    PullFigure(
      title: "Sixty nuisance parameters",
      pulls: (0..<60).map { pull("gamma_stat_bin_\($0)", $0) }
        + [Pull("alpha_far_away", value: -4.2, uncertainty: 0.3)])
  }

  static func ranking() -> RankingFigure {
    RankingFigure(
      title: "Impact on the signal strength", notes: ["CLs fit, observed data"],
      entries: names.enumerated().map { index, name in
        let size = 0.3 / Double(index + 1)
        let isFree = name == "mu_ttbar"
        return RankingFigure.Entry(
          name, pull: isFree ? nil : pull(name, index),
          prefit: isFree ? nil : .init(up: -size * 1.3, down: size * 1.1),
          postfit: .init(up: -size, down: size * 0.9))
      })
  }

  private static func correlation(_ count: Int) -> [[Double]] {
    (0..<count).map { row in
      (0..<count).map { column -> Double in
        let distance = Double(abs(row - column))
        return row == column ? 1 : cos(2.1 * Double(row + column)) / (1 + distance)
      }
    }
  }

  static func correlations() -> CorrelationFigure {
    CorrelationFigure(
      title: "Correlations", names: names, matrix: correlation(names.count))
  }

  static func fortyCorrelations() -> CorrelationFigure {
    CorrelationFigure(
      title: "Correlations of forty parameters", names: (0..<40).map { "gamma_stat_bin_\($0)" },
      matrix: correlation(40))
  }

  static func scan() -> LikelihoodScanFigure {
    let values = (0...60).map { -1 + 0.08 * Double($0) }
    func curve(_ label: String, _ width: Double) -> LikelihoodScanFigure.Curve {
      .init(
        label, values: values,
        twiceDeltaNLL: values.map { pow(($0 - 1.2) / (width * (1 + 0.1 * $0)), 2) })
    }
    var figure = LikelihoodScanFigure(
      title: "Profile likelihood", notes: ["\\sqrt{s} = 13 TeV"],
      parameter: FigureAxis("\\mu"),
      curves: [curve("All uncertainties", 0.8), curve("Statistics only", 0.55)])
    figure.bestFit = 1.2
    figure.interval = .init(0.31, 2.24)
    return figure
  }

  static func modifierGrid() -> ModifierGridFigure {
    let types = ["normsys", "histosys", "staterror", "shapesys", "normfactor", "lumi"]
    let rows = ["SR / signal", "SR / ttbar", "SR / W+jets", "CR / ttbar", "CR / W+jets"]
    return ModifierGridFigure(
      title: "Modifiers",
      rows: rows.enumerated().map { row, name in
        var modifiers = names.enumerated().filter { ($0.offset + row) % 3 != 0 }.map {
          ModifierGridFigure.Modifier($0.element, type: types[$0.offset % types.count])
        }
        if row > 0 { modifiers.append(.init("alpha_jes", type: "normsys")) }
        if row > 2 { modifiers.append(.init("alpha_jes", type: "histosys")) }
        return .init(name, modifiers: modifiers)
      })
  }

  static func loss() -> LossFigure {
    func curve(_ label: String, _ floor: Double) -> LossFigure.Curve {
      .init(
        label,
        values: (0..<3000).map { step in
          let noise = 0.05 * sin(12.9898 * Double(step)) * exp(-Double(step) / 2000)
          return floor + exp(-Double(step) / 300) * (1 + noise) + max(0, noise) * floor
        })
    }
    var figure = LossFigure(
      title: "Training through the fit", loss: FigureAxis("log CL_{s}", scale: .log),
      curves: [curve("Training", 0.05), curve("Validation", 0.09)])
    figure.kept = 2240
    return figure
  }
}
