// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation

/// Limits along a mass and a scan of CLs.
enum LimitExamples {
  private static func band(_ median: Double, _ spread: Double = 1.4) -> [Double] {
    (-2...2).map { median * pow(spread, Double($0)) }
  }

  static func mass() -> BrazilFigure {
    let points = (0...12).map { index in
      let mass = 800 + 100 * Double(index)
      let median = 30 * exp(-(mass - 800) / 500) + 1.2
      return BrazilFigure.Point(
        x: mass, observed: median * (1 + 0.35 * sin(Double(index))), expected: band(median))
    }
    var figure = BrazilFigure(
      title: "Squark pair production",
      notes: ["\\sqrt{s} = 13 TeV, 139 fb^{−1}", "95% CL upper limits"],
      x: FigureAxis("m_{\\tilde{q}}", unit: "GeV"),
      y: FigureAxis("\\sigma^{95}", unit: "fb", scale: .log), points: points)
    figure.theory = (0...24).map { index in
      let mass = 800 + 50 * Double(index)
      let value = 1000 * exp(-(mass - 800) / 170)
      return BrazilFigure.TheoryPoint(x: mass, value: value, uncertainty: 0.15 * value)
    }
    figure.theoryLabel = "\\sigma(\\tilde{q}\\tilde{q}) ±15%"
    return figure
  }

  static func onePoint() -> BrazilFigure {
    var figure = BrazilFigure(
      title: "One mass only", x: FigureAxis("m", unit: "GeV"),
      y: FigureAxis("Upper limit on \\mu"),
      points: [BrazilFigure.Point(x: 500, observed: 1.1, expected: band(0.9))])
    figure.level = BrazilFigure.Level(1, "Predicted cross section")
    return figure
  }

  static func twelveDecades() -> BrazilFigure {
    let points = (0...60).map { index in
      let value = pow(10, 3 - 12 * Double(index) / 60)
      return BrazilFigure.Point(
        x: Double(index) * 100, observed: (20..<25).contains(index) ? nil : value * 1.3,
        expected: band(value, 2))
    }
    return BrazilFigure(
      title: "Twelve decades, with a gap in the observed limit",
      x: FigureAxis("m", unit: "GeV"), y: FigureAxis("Upper limit on \\mu", scale: .log),
      points: points)
  }

  /// CLs of a Gaussian measurement of width 1 with nothing observed and nothing expected.
  static func clsScan() -> BrazilFigure {
    func cls(_ mu: Double, _ shift: Double) -> Double {
      erfc((mu - shift) / 2.0.squareRoot()) / erfc(-shift / 2.0.squareRoot())
    }
    let points = (0...50).map { index in
      let mu = Double(index) / 10
      return BrazilFigure.Point(
        x: mu, observed: cls(mu, 0.4), expected: (-2...2).map { cls(mu, Double($0)) })
    }
    var figure = BrazilFigure(
      title: "Scan of CLs", x: FigureAxis("\\mu"), y: FigureAxis("CL_{s}", from: 0, to: 1.05),
      points: points)
    figure.level = BrazilFigure.Level(0.05, "95% CL")
    return figure
  }

  /// Lines of a surrogate, markers where it was evaluated.
  static func surrogate() -> BrazilFigure {
    func median(_ mass: Double) -> Double { 0.02 * exp(mass / 300) }
    var figure = BrazilFigure(
      title: "Upper limit on the signal strength", notes: ["95% CL", "14 evaluations"],
      x: FigureAxis("m_{\\tilde{q}}", unit: "GeV", from: 800, to: 2000),
      y: FigureAxis("\\mu^{95}", scale: .log),
      points: (0...100).map { index in
        let mass = 800 + 12 * Double(index)
        return .init(
          x: mass, observed: 1.2 * median(mass), expected: Array(band(median(mass))[1...3]))
      })
    figure.evaluated = [800, 1000, 1100, 1150, 1180, 1300, 1600, 2000].map { mass in
      let limit = 1.2 * median(mass)
      return .init(
        x: mass, y: limit, limit < 0.9 ? .excluded : limit < 1.1 ? .inconclusive : .allowed)
    }
    figure.level = .init(1, "\\mu = 1")
    return figure
  }
}
