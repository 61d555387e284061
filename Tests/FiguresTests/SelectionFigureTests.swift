// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// Stacks, ratios, cutflows and losses are where their values are.
struct SelectionFigureTests {
  private static let palette = Palette()

  private static func stack(_ scale: FigureAxis.Scale = .linear) -> StackFigure {
    var figure = StackFigure(
      x: FigureAxis("x"), y: FigureAxis("n", scale: scale), bins: .edges([0, 1, 3, 4]),
      samples: [.init("A", yields: [10, 20, 5]), .init("B", yields: [30, 10, 5])])
    figure.uncertainty = [4, 3, 2]
    figure.observed = [
      .init(44, down: 6, up: 7), .init(24, down: 5, up: 5), .init(35, down: 6, up: 6),
    ]
    return figure
  }

  @Test(arguments: [FigureAxis.Scale.linear, .log])
  func samplesAreOnTopOfEachOther(_ scale: FigureAxis.Scale) throws {
    let reader = try FigureReader(Self.stack(scale).svg())
    let y = try reader.y(isLogarithmic: scale == .log)
    let x = try reader.x(1)
    for (color, tops) in [(0, [10.0, 20, 5]), (1, [40, 30, 10])] {
      let outline = try #require(
        reader.paths("fill", Self.palette.series[color]).first { $0.count == 12 })
      for (index, top) in tops.enumerated() {
        #expect(isNear(y.value(at: outline[2 * index].y), top))
        #expect(isNear(y.value(at: outline[2 * index + 1].y), top))
        #expect(isNear(x.value(at: outline[2 * index].x), [0, 1, 3][index]))
        #expect(isNear(x.value(at: outline[2 * index + 1].x), [1, 3, 4][index]))
      }
    }
    let data = reader.discs(Self.palette.ink).filter { $0.x < reader.frames[0].right }
    let read = data.map { y.value(at: $0.y) }
    for value in [44.0, 24, 35] { #expect(read.contains { isNear($0, value) }) }
  }

  @Test func ratiosAreDataOverTheSum() throws {
    let reader = try FigureReader(Self.stack().svg())
    let y = try reader.y(1)
    let x = try reader.x(1)
    let points = reader.discs(Self.palette.ink, in: 1).map {
      (x.value(at: $0.x), y.value(at: $0.y))
    }
    #expect(points.contains { isNear($0.0, 0.5) && isNear($0.1, 1.1) })
    #expect(points.contains { isNear($0.0, 2) && isNear($0.1, 0.8) })
    // The third is 3.5, beyond the range: an arrow at the upper edge instead of a dot.
    #expect(points.count == 2)
    let arrows = reader.paths("fill", Self.palette.ink).filter {
      $0.count == 3 && $0[0].y > reader.frames[1].top && $0[0].y < reader.frames[1].top + 20
    }
    #expect(arrows.count == 1 && isNear(x.value(at: arrows[0][0].x), 3.5))
  }

  @Test func thereIsNoRatioWithoutData() throws {
    var figure = Self.stack()
    figure.observed = nil
    #expect(try FigureReader(figure.svg()).frames.count == 1)
    figure = Self.stack()
    figure.samples = []
    figure.uncertainty = nil
    #expect(try FigureReader(figure.svg()).frames.count == 1)
  }

  @Test func negativeRatiosAreSeen() throws {
    var figure = Self.stack()
    figure.observed?[1] = .init(-6, down: 2, up: 2)
    figure.observed?[2] = .init(9, down: 3, up: 3)
    let reader = try FigureReader(figure.svg())
    let y = try reader.y(1)
    let read = reader.discs(Self.palette.ink, in: 1).map { y.value(at: $0.y) }
    for value in [1.1, -0.2, 0.9] { #expect(read.contains { isNear($0, value) }) }
    let main = try reader.y(0)
    #expect(reader.discs(Self.palette.ink, in: 0).contains { isNear(main.value(at: $0.y), -6) })
  }

  @Test func moreSamplesThanColorsDiffer() throws {
    let reader = try SVGReader(SelectionExamples.regions().svg())
    #expect(reader.texts.filter { $0.hasPrefix("Background") }.count == 10)
    // The ninth and tenth are hatched in the colour of the paper.
    let hatched = reader.elements("path").filter { $0.attributes["stroke"] == Self.palette.paper }
    #expect(hatched.count >= 4)
  }

  @Test func cutsAreAsLongAsTheirYields() throws {
    let figure = CutflowFigure(rows: [
      .init("all", yield: 1000, uncertainty: 30, published: 1100),
      .init("cut", yield: 20, uncertainty: 4), .init("none", yield: 0),
    ])
    let reader = try FigureReader(figure.svg())
    let x = try reader.x(isLogarithmic: true)
    let frame = reader.frames[0]
    let bars = reader.paths("fill", Self.palette.series[0]).filter { $0[0].y > frame.top }
    #expect(bars.count == 2)
    for (bar, yield) in zip(bars, [1000.0, 20]) {
      #expect(isNear(bar[0].x, frame.left) && isNear(x.value(at: bar[1].x), yield))
    }
    let texts = reader.reader.texts
    for text in ["1000 ± 30", "0.91", "20 ± 4", "0", "Published", "Ratio"] {
      #expect(texts.contains(text))
    }
  }

  @Test func overlapsHaveNumbers() throws {
    let texts = try SVGReader(SelectionExamples.overlap().svg()).texts
    #expect(texts.contains("0.93") && texts.contains("SR6j"))
  }

  @Test func longCurvesKeepTheirPeaks() throws {
    var values = (0..<50_000).map { 1 + 0.5 * exp(-Double($0) / 5000) }
    (values[31_234], values[41_111]) = (2.5, 0.25)
    let text = try LossFigure(curves: [.init("c", values: values)]).svg()
    let reader = try FigureReader(text)
    let (x, y) = (try reader.x(), try reader.y())
    let curve = try #require(
      reader.paths("stroke", Self.palette.expected).max { $0.count < $1.count })
    #expect(curve.count < 4000)
    let (high, low) = (curve.min { $0.y < $1.y }, curve.max { $0.y < $1.y })
    #expect(isNear(y.value(at: try #require(high).y), 2.5))
    #expect(isNear(y.value(at: try #require(low).y), 0.25))
    #expect(abs(x.value(at: try #require(high).x) - 31_234) < 60)
    #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.x <= $1.x })
  }
}
