// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation

/// Planes whose contours are known in closed form.
enum ContourExamples {
  private static let mass = FigureAxis("m_{\\tilde{q}}", unit: "GeV", from: 800, to: 2000)
  private static let lightest = FigureAxis(
    "m_{\\tilde{\\chi}^{0}_{1}}", unit: "GeV", from: 0, to: 1000)
  private static let side = 61

  /// Positive where a squark of mass x and a lightest neutralino of mass y are excluded.
  private static func height(_ x: Double, _ y: Double, reach: Double) -> Double {
    1 - x / reach - y * y / (0.55 * reach * 0.55 * reach)
  }

  private static func edge(_ y: Double, reach: Double) -> Double {
    reach * (1 - y * y / (0.55 * reach * 0.55 * reach))
  }

  private static func line(reach: Double) -> ContourFigure.Line {
    let points = (0...60).map { index in
      let y = Double(index) * 0.55 * reach / 60
      return [edge(y, reach: reach), y]
    }
    return ContourFigure.Line(points.filter { $0[1] + 100 < $0[0] && $0[0] >= 800 })
  }

  private static func nodes<Value>(_ value: (Double, Double) -> Value) -> [Value] {
    (0..<side * side).map { index in
      let x = 800 + 1200 * Double(index % side) / Double(side - 1)
      return value(x, 1000 * Double(index / side) / Double(side - 1))
    }
  }

  static func plane() throws -> ContourFigure {
    var figure = ContourFigure(
      title: "Squark pair production, \\tilde{q} \\to q\\tilde{\\chi}^{0}_{1}",
      notes: ["\\sqrt{s} = 13 TeV, 139 fb^{−1}", "all limits at 95% confidence level"],
      x: mass, y: lightest)
    figure.observed = [line(reach: 1500)]
    figure.observedTheoryBand = [line(reach: 1450), line(reach: 1550)]
    figure.expected = [line(reach: 1620)]
    figure.expectedBandEdges = [line(reach: 1500 - 20), line(reach: 1750)]
    figure.expectedBand = try ContourFigure.Region(
      columns: side, rows: side, between: nodes { height($0, $1, reach: 1480) },
      and: nodes { height($0, $1, reach: 1750) })
    figure.uncertain = try ContourFigure.Region(
      columns: side, rows: side,
      positive: nodes { x, y in 0.02 + 0.05 * (y / 1000) - abs(height(x, y, reach: 1500)) })
    figure.forbidden = try ContourFigure.Region(
      columns: side, rows: side, marked: nodes { $1 + 100 >= $0 })
    figure.points = points()
    return figure
  }

  /// Additive recurrence by the plastic number, kept off the forbidden corner.
  private static func points() -> [ContourFigure.Point] {
    (1...40).compactMap { index in
      let (u, v) = (Double(index) * 0.7548776662, Double(index) * 0.5698402910)
      let x = 800 + 1200 * (u - u.rounded(.down))
      let y = 1000 * (v - v.rounded(.down))
      guard y + 100 < x else { return nil }
      let value = height(x, y, reach: 1500)
      let outcome: ContourFigure.Outcome =
        switch index {
        case 7, 23: .failed
        case 39, 40: .pending
        default: abs(value) < 0.03 ? .inconclusive : value > 0 ? .excluded : .allowed
        }
      return ContourFigure.Point(x: x, y: y, outcome)
    }
  }

  static func pointsOnly() -> ContourFigure {
    var figure = ContourFigure(
      title: "The first point of a scan", x: FigureAxis("m_sq_gev", unit: "GeV"),
      y: FigureAxis("m_lsp_gev", unit: "GeV"))
    figure.points = [ContourFigure.Point(x: 1400, y: 0, .excluded)]
    return figure
  }

  static func closed() throws -> ContourFigure {
    func circle(_ x: Double, _ y: Double, _ radius: Double) -> ContourFigure.Line {
      let points = (0..<48).map { index in
        let angle = Double(index) / 48 * 2 * Double.pi
        return [x + radius * cos(angle), y + radius * sin(angle)]
      }
      return ContourFigure.Line(points, isClosed: true)
    }
    var figure = ContourFigure(
      title: "Two islands & a hole <closed>", x: FigureAxis("a", from: -4, to: 4),
      y: FigureAxis("b", from: -3, to: 3))
    figure.observed = [circle(-1.5, 0, 1.5), circle(-1.5, 0, 0.5), circle(2, 0.5, 1)]
    figure.expected = [circle(-1.4, 0, 1.8), circle(2.1, 0.5, 1.2)]
    let nodes = (0..<81 * 61).map { index -> (x: Double, y: Double) in
      let (column, row) = (Double(index % 81), Double(index / 81))
      return (-4 + column / 10, -3 + row / 10)
    }
    func island(_ x: Double, _ y: Double, _ grow: Double) -> Double {
      max(
        1.8 + grow - hypot(x + 1.4, y), 1.2 + grow - hypot(x - 2.1, y - 0.5))
    }
    figure.expectedBand = try ContourFigure.Region(
      columns: 81, rows: 61, between: nodes.map { island($0.x, $0.y, 0.2) },
      and: nodes.map { island($0.x, $0.y, -0.2) })
    return figure
  }

  static func logarithmic() -> ContourFigure {
    var figure = ContourFigure(
      title: "Coupling against mass",
      x: FigureAxis("m_{Z'}", unit: "TeV", scale: .log, from: 0.2, to: 8),
      y: FigureAxis("g_{\\mu}", scale: .log, from: 1e-4, to: 1))
    let points = (0...30).map { index in
      [0.2 * pow(40, Double(index) / 30), 0.002 * pow(1.2, Double(index))]
    }
    figure.observed = [ContourFigure.Line(points)]
    return figure
  }

  static func comparisons() -> ContourFigure {
    var figure = ContourFigure(
      title: "Contours of several analyses", notes: ["95% CL"], x: mass, y: lightest)
    figure.observed = [line(reach: 1500)]
    figure.comparisons = [
      .init("arXiv:2010.14293, published", [line(reach: 1530)]),
      .init("Dense grid", [line(reach: 1400)]), .init("Monojet", [line(reach: 1000)]),
    ]
    return figure
  }
}
