// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation

/// Stacks and cutflows.
enum SelectionExamples {
  private static let edges = [800.0, 1000, 1200, 1400, 1700, 2000, 2500]

  private static func falling(_ scale: Double, _ slope: Double) -> [Double] {
    edges.dropLast().map { scale * exp(-($0 - 800) / slope) }
  }

  static func stack(isLogarithmic: Bool = true) -> StackFigure {
    var figure = StackFigure(
      title: "Signal region, after the fit",
      notes: ["\\sqrt{s} = 13 TeV, 139 fb^{-1}", "2 jets, p_{T} > 200 GeV"],
      x: FigureAxis("m_{eff}", unit: "GeV"),
      y: FigureAxis("Events / bin", scale: isLogarithmic ? .log : .linear),
      bins: .edges(edges),
      samples: [
        .init("Multijet", yields: falling(4, 200)), .init("t\\bar{t}", yields: falling(60, 260)),
        .init("W+jets", yields: falling(110, 340)),
        .init("Z \\to \\nu\\nu", yields: falling(160, 420)),
      ])
    figure.uncertainty = falling(40, 380)
    figure.overlays = [
      .init("m_{\\tilde{q}} = 1400 GeV", yields: [0.4, 0.9, 2, 4.5, 6, 7])
    ]
    figure.observed = [352, 190, 128, 56, 30, 5].map(StackFigure.Measurement.init(count:))
    return figure
  }

  /// Many samples in regions with names; one ratio beyond the range, one negative, one bin empty.
  static func regions() -> StackFigure {
    let names = ["CR_top", "CR_W", "VR_0l_high_HT", "SR2j_1600", "SR4j_1000", "SR6j"]
    var figure = StackFigure(
      title: "Regions before the fit", x: FigureAxis("Region"), bins: .names(names),
      samples: (0..<10).map { index in
        .init(
          "Background \(index + 1)",
          yields: names.indices.map { $0 == 5 ? 0 : Double(3 + (index * 7 + $0 * 5) % 11) })
      })
    figure.uncertainty = [8, 7, 9, 6, 8, 0]
    figure.observed =
      [84, 190, 70].map(StackFigure.Measurement.init(count:))
      + [.init(-12, down: 9, up: 9)] + [0, 0].map(StackFigure.Measurement.init(count:))
    return figure
  }

  static func cutflow() -> CutflowFigure {
    CutflowFigure(
      title: "Squark 1400 GeV", notes: ["\\sigma × L, 139 fb^{-1}"],
      rows: [
        .init("All", yield: 2354.1, uncertainty: 16, published: 2350),
        .init("N_{jet} \\geq 2", yield: 2310.7, uncertainty: 15.8, published: 2304),
        .init("p_{T}(j_{1}) > 200 GeV", yield: 2101.2, uncertainty: 15.1, published: 2088),
        .init("m_{eff} > 800 GeV", yield: 2050.4, uncertainty: 14.9, published: 2031),
        .init("E_{T}^{miss} > 300 GeV", yield: 1502.0, uncertainty: 12.8, published: 1466),
        .init(
          "E_{T}^{miss} / \\sqrt{H_{T}} > 16 GeV^{1/2} and \\Delta\\phi(j, E_{T}^{miss}) > 0.8",
          yield: 402.8, uncertainty: 6.6, published: 371),
        .init("m_{eff} > 3600 GeV", yield: 3.1, uncertainty: 0.6, published: 2.4),
        .init("SR2j-3600", yield: 0),
      ])
  }

  static func overlap() -> OverlapFigure {
    OverlapFigure(
      title: "Overlap of regions", notes: ["part of the row's events that is in the column"],
      names: ["SR2j_1600", "SR2j_2200", "SR4j_1000", "SR6j"],
      fractions: [
        [1, 0.41, 0.22, 0.03], [0.93, 1, 0.18, 0.02], [0.37, 0.14, 1, 0.29],
        [.nan, .nan, .nan, .nan],
      ])
  }
}
