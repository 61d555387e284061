// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// Limits, bands and predictions are where their values are.
struct LimitTests {
  private static let palette = Palette()

  private static func points() -> [BrazilFigure.Point] {
    (0..<6).map { index in
      let median = pow(10, Double(index) / 2)
      return BrazilFigure.Point(
        x: 100 * Double(index), observed: median * 1.5,
        expected: [0.4, 0.6, 1, 1.6, 2.5].map { $0 * median })
    }
  }

  private static func figure(_ points: [BrazilFigure.Point]) -> BrazilFigure {
    BrazilFigure(x: FigureAxis("x"), y: FigureAxis("y", scale: .log), points: points)
  }

  @Test func bandsHaveTheirValuesForEdges() throws {
    let points = Self.points()
    let reader = try FigureReader(Self.figure(points.shuffled()).svg())
    let (x, y) = (try reader.x(), try reader.y(isLogarithmic: true))
    for (color, lower, upper) in [(Self.palette.oneSigma, 1, 3), (Self.palette.twoSigma, 0, 4)] {
      let band = try #require(reader.paths("fill", color).first { $0.count == 12 })
      // To the right along the upper edge, and back along the lower one.
      let edges =
        points.map { ($0.x, $0.expected[upper]) }
        + points.reversed().map { ($0.x, $0.expected[lower]) }
      for (place, value) in zip(band, edges) {
        #expect(isNear(x.value(at: place.x), value.0) && isNear(y.value(at: place.y), value.1))
      }
    }
  }

  @Test func linesAreBrokenWhereValuesAreMissing() throws {
    var points = Self.points()
    (points[2].observed, points[2].expected) = (nil, [])
    let reader = try FigureReader(Self.figure(points).svg())
    #expect(reader.paths("fill", Self.palette.oneSigma).filter { $0.count != 4 }.count == 1)
    let lines = reader.paths("stroke", Self.palette.ink).filter { $0.count == 2 || $0.count == 3 }
    // Two points before the gap, three behind it: of the observed and of the expected limit.
    #expect(lines.filter { $0.count == 3 }.count == 2)
  }

  @Test(arguments: [(5, ["Expected ±1σ", "Expected ±2σ"]), (3, ["Expected ±1σ"]), (1, [])])
  func asManyBandsAsValues(_ count: Int, _ names: [String]) throws {
    let points = Self.points().map { point in
      let first = (5 - count) / 2
      return BrazilFigure.Point(
        x: point.x, observed: point.observed, expected: Array(point.expected[first..<first + count])
      )
    }
    let texts = try SVGReader(Self.figure(points).svg()).texts
    #expect(texts.filter { $0.hasPrefix("Expected ±") } == names)
    #expect(texts.contains("Expected"))
  }

  @Test func theoryHasItsBandAndLevelsTheirLine() throws {
    var figure = Self.figure(Self.points())
    figure.theory = [
      .init(x: 500, value: 2, uncertainty: 0.5), .init(x: 0, value: 100, uncertainty: 10),
    ]
    figure.level = .init(5, "Level")
    let reader = try FigureReader(figure.svg())
    let (x, y) = (try reader.x(), try reader.y(isLogarithmic: true))
    let frame = reader.frames[0]
    let band = try #require(
      reader.paths("fill-opacity", "0.25").first { $0.count == 4 && $0[0].x < frame.left + 1 })
    let read = band.map { (x.value(at: $0.x), y.value(at: $0.y)) }
    for (place, value) in zip(read, [(0.0, 110.0), (500, 2.5), (500, 1.5), (0, 90)]) {
      #expect(isNear(place.0, value.0) && isNear(place.1, value.1))
    }
    let level = reader.paths("stroke", Self.palette.observed).filter {
      $0.count == 2 && $0[0].y == $0[1].y && isNear($0[0].x, frame.left)
    }
    #expect(level.count == 1)
    #expect(isNear(y.value(at: try #require(level.first)[0].y), 5))
  }

  @Test func manyPointsHaveNoDots() throws {
    let many = (0..<60).map { BrazilFigure.Point(x: Double($0), observed: 1 + Double($0)) }
    #expect(try SVGReader(Self.figure(many).svg()).elements("circle").isEmpty)
    #expect(try SVGReader(Self.figure(Array(many.prefix(9))).svg()).elements("circle").count == 10)
  }

  @Test func evaluatedPointsTakeThePlaceOfDots() throws {
    var figure = Self.figure(Self.points())
    figure.evaluated = [.init(x: 250, y: 30, .allowed)]
    let reader = try FigureReader(figure.svg())
    let circles = reader.discs(Self.palette.paper)
    let (x, y) = (try reader.x(), try reader.y(isLogarithmic: true))
    #expect(circles.contains { isNear(x.value(at: $0.x), 250) && isNear(y.value(at: $0.y), 30) })
    #expect(reader.discs(Self.palette.ink).isEmpty)
  }

  @Test func marksStandOnTheLevel() throws {
    var figure = Self.figure(Self.points())
    figure.level = .init(5, "Level")
    figure.marks = [.init(120, .observed, "Observed at"), .init(260, .expected, "Expected at")]
    let reader = try FigureReader(figure.svg())
    let (x, y) = (try reader.x(), try reader.y(isLogarithmic: true))
    let frame = reader.frames[0]
    let lines = reader.paths("stroke", Self.palette.observed).filter {
      $0.count == 2 && $0[0].x == $0[1].x && isNear($0[1].y, frame.bottom)
    }.sorted { $0[0].x < $1[0].x }
    try #require(lines.count == 2)
    for (line, mark) in zip(lines, figure.marks) {
      #expect(isNear(x.value(at: line[0].x), mark.x) && isNear(y.value(at: line[0].y), 5))
    }
    let discs = reader.discs(Self.palette.observed)
    #expect(discs.contains { isNear(x.value(at: $0.x), 120) && isNear(y.value(at: $0.y), 5) })
    let texts = reader.reader.texts
    #expect(texts.contains("Observed at 120") && texts.contains("Expected at 260"))
  }
}
