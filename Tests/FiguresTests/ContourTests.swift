// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// Contours and points are where their values are.
struct ContourTests {
  private static let palette = Palette()

  private static func figure(isLogarithmic: Bool) -> ContourFigure {
    let range = isLogarithmic ? (0.1, 1000.0) : (-5.0, 20.0)
    let scale: FigureAxis.Scale = isLogarithmic ? .log : .linear
    var figure = ContourFigure(
      x: FigureAxis("x", scale: scale, from: range.0, to: range.1),
      y: FigureAxis("y", from: 0, to: 1))
    figure.observed = [
      .init([[1, 0.1], [2, 0.5], [10, 0.25]]), .init([[15, 0.5], [18, 0.75]]),
    ]
    figure.expected = [.init([[3, 0.5], [5, 0.75], [8, 0.25]], isClosed: true)]
    figure.points = [
      .init(x: 4, y: 0.25, .excluded), .init(x: 12, y: 0.5, .excluded),
      .init(x: 0.5, y: 0.75, .allowed), .init(x: 3, y: 1.5, .excluded),
    ]
    return figure
  }

  @Test(arguments: [false, true])
  func linesAndPointsAreWhereTheirValuesAre(isLogarithmic: Bool) throws {
    let figure = Self.figure(isLogarithmic: isLogarithmic)
    let reader = try FigureReader(figure.svg())
    let (x, y) = (try reader.x(isLogarithmic: isLogarithmic), try reader.y())
    let lines = reader.paths("stroke", Self.palette.observed).filter {
      $0[0].x > reader.frames[0].left
    }
    for (line, drawn) in zip(figure.observed, lines) {
      try #require(line.points.count == drawn.count)
      for (point, place) in zip(line.points, drawn) {
        #expect(isNear(x.value(at: place.x), point[0]) && isNear(y.value(at: place.y), point[1]))
      }
    }
    let excluded = reader.discs(Self.palette.ink).map { (x.value(at: $0.x), y.value(at: $0.y)) }
    // The third is above the frame, and the legend has one of its own.
    for point in figure.points.prefix(2) {
      #expect(excluded.contains { isNear($0.0, point.x) && isNear($0.1, point.y) })
    }
    #expect(!excluded.contains { $0.1 > 1.01 })
  }

  @Test func closedContoursAreClosed() throws {
    let text = try Self.figure(isLogarithmic: false).svg()
    let paths = try SVGReader(text).elements("path").filter {
      $0.attributes["stroke-dasharray"] != nil && ($0.attributes["d"] ?? "").hasSuffix("Z")
    }
    #expect(paths.count == 1)
    #expect(paths.first?.attributes["stroke"] == Self.palette.expected)
  }

  @Test func hatchingStaysInsideOfWhatIsForbidden() throws {
    var figure = ContourFigure(
      x: FigureAxis("x", from: 0, to: 4), y: FigureAxis("y", from: 0, to: 4))
    // Above the line from (0, 1) to (4, 3).
    let heights = (0..<41 * 41).map { index -> Double in
      let (column, row) = (Double(index % 41), Double(index / 41))
      return row / 10 - column / 20 - 1
    }
    figure.forbidden = try ContourFigure.Region(columns: 41, rows: 41, positive: heights)
    let reader = try FigureReader(figure.svg())
    let (x, y) = (try reader.x(), try reader.y())
    let lines = reader.paths("stroke", Self.palette.faint).filter { $0.count == 2 }
    let inside = lines.filter { $0[0].y > reader.frames[0].top - 1 }
    #expect(inside.count > 20)
    for end in inside.joined() {
      // Ends are on the edge or further in; a hundredth of a pixel is 1e-4 here.
      #expect(y.value(at: end.y) - x.value(at: end.x) / 2 - 1 > -1e-3)
    }
  }

  @Test func rangesComeFromTheValuesWhenNoneAreGiven() throws {
    var figure = Self.figure(isLogarithmic: false)
    (figure.x, figure.y) = (FigureAxis("x"), FigureAxis("y"))
    let reader = try FigureReader(figure.svg())
    let frame = reader.frames[0]
    let (x, y) = (try reader.x(), try reader.y())
    #expect(isNear(x.value(at: frame.left), 0.5 - 0.04 * 17.5))
    #expect(isNear(x.value(at: frame.right), 18 + 0.04 * 17.5))
    #expect(isNear(y.value(at: frame.bottom), 0.1 - 0.04 * 1.4))
  }

  @Test func manyPointsAreSmaller() throws {
    func radius(_ count: Int) throws -> Double {
      var figure = ContourFigure(
        x: FigureAxis("x", from: 0, to: 1), y: FigureAxis("y", from: 0, to: 1))
      figure.points = (0..<count).map {
        .init(x: Double($0) / Double(count), y: 0.5, .allowed)
      }
      return try #require(SVGReader(figure.svg()).elements("circle").first?["r"])
    }
    #expect(try radius(300) < 0.8 * radius(20))
  }

  @Test func outcomesHaveShapesOfTheirOwn() throws {
    var shapes: Set<String> = []
    for outcome in ContourFigure.Outcome.allCases {
      var figure = ContourFigure(
        x: FigureAxis("x", from: 0, to: 1), y: FigureAxis("y", from: 0, to: 1))
      figure.points = [.init(x: 0.5, y: 0.5, outcome)]
      let text = try figure.svg()
      // Colours taken out, what is left differs for every outcome.
      let bare = text.split(separator: "\n").filter {
        $0.contains("<circle") || $0.contains("<path")
      }
      .map { line in
        line.replacing(/(fill|stroke)="#[0-9a-f]+"/) {
          $0.output.0.contains(Self.palette.paper) ? "paper" : "ink"
        }
      }
      shapes.insert(bare.joined())
    }
    #expect(shapes.count == ContourFigure.Outcome.allCases.count)
  }
}
