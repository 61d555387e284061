// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// Filled regions against areas known in closed form.
struct RegionTests {
  private static let side = 81

  /// Values of a function at the nodes of a grid over the square from −2 to 2.
  private static func nodes(_ value: (Double, Double) -> Double) -> [Double] {
    (0..<side * side).map { index in
      let (column, row) = (index % side, index / side)
      return value(
        -2 + 4 * Double(column) / Double(side - 1), -2 + 4 * Double(row) / Double(side - 1))
    }
  }

  /// Area in the units of the axes: the sum over outlines, holes taken off.
  private static func area(_ region: ContourFigure.Region) throws -> Double {
    var figure = ContourFigure(
      x: FigureAxis("x", from: -2, to: 2), y: FigureAxis("y", from: -2, to: 2))
    figure.expectedBand = region
    let reader = try SVGReader(figure.svg())
    let frame = try #require(reader.elements("rect").last)
    let path = try #require(
      reader.elements("path").first { $0.attributes["fill"] == Palette().twoSigma })
    let square = try #require(frame["width"]) * (try #require(frame["height"]))
    let outlines = SVGReader.outlines(path.attributes["d"] ?? "")
    let doubled = outlines.reduce(0) { total, outline in
      zip(outline, outline.dropFirst() + outline.prefix(1)).reduce(total) {
        $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y
      }
    }
    return abs(doubled) / 2 / square * 16
  }

  @Test func aDiscHasItsArea() throws {
    let disc = try ContourFigure.Region(
      columns: Self.side, rows: Self.side, positive: Self.nodes { 1 - $0 * $0 - $1 * $1 })
    // The polygon is inside the circle: less by about the square of the cell over six.
    #expect(abs(try Self.area(disc) - Double.pi) < 0.01)
  }

  @Test func aRingHasAHoleWhicheverFunctionIsLarger() throws {
    let (small, large) = (Self.nodes { 1 - hypot($0, $1) }, Self.nodes { 1.5 - hypot($0, $1) })
    for (first, second) in [(small, large), (large, small)] {
      let ring = try ContourFigure.Region(
        columns: Self.side, rows: Self.side, between: first, and: second)
      #expect(abs(try Self.area(ring) - Double.pi * 1.25) < 0.01)
    }
  }

  @Test func planesAreExact() throws {
    let half = try ContourFigure.Region(
      columns: Self.side, rows: Self.side, positive: Self.nodes { x, y in x + 0.5 * y - 0.3 })
    // The line from (1.3, −2) to (−0.7, 2) leaves (0.7 + 2.7) / 2 · 4 on its right.
    #expect(abs(try Self.area(half) - 6.8) < 0.002)
    let strip = try ContourFigure.Region(
      columns: Self.side, rows: Self.side, between: Self.nodes { x, _ in x - 0.25 },
      and: Self.nodes { x, _ in x + 0.35 })
    #expect(abs(try Self.area(strip) - 0.6 * 4) < 0.002)
  }

  @Test func randomPlanesAreExact() throws {
    var random = SeededRandom(3)
    for _ in 0..<20 {
      let slope = Double.random(in: -0.4...0.4, using: &random)
      let width = Double.random(in: 0.01...0.8, using: &random)
      let region = try ContourFigure.Region(
        columns: Self.side, rows: Self.side, between: Self.nodes { x, y in x - slope * y - width },
        and: Self.nodes { x, y in x - slope * y + width })
      #expect(abs(try Self.area(region) - 2 * width * 4) < 0.003)
    }
  }

  @Test func markedNodesReachHalfwayToTheirNeighbours() throws {
    let marked = Self.nodes { x, _ in x }.map { $0 > 0.01 }
    let region = try ContourFigure.Region(columns: Self.side, rows: Self.side, marked: marked)
    // Nodes are 0.05 apart: 0 isn't marked, 0.05 is.
    #expect(abs(try Self.area(region) - (2 - 0.025) * 4) < 0.002)
  }

  @Test func cellsWithoutANumberAreLeftOut() throws {
    let values = Self.nodes { x, _ in x < -0.01 ? .nan : 1 }
    let region = try ContourFigure.Region(columns: Self.side, rows: Self.side, positive: values)
    #expect(abs(try Self.area(region) - 8) < 0.002)
  }

  @Test func everythingHasOneOutline() throws {
    let region = try ContourFigure.Region(
      columns: Self.side, rows: Self.side, positive: Self.nodes { _, _ in 1 })
    #expect(abs(try Self.area(region) - 16) < 0.002)
  }

  @Test(arguments: [(2, 3, 2), (1, 4, 4), (0, 0, 0), (-2, -2, 4), (6000, 2, 12000)])
  func aRegionHasOneValuePerNode(_ columns: Int, _ rows: Int, _ count: Int) {
    #expect(throws: FigureError.self) {
      try ContourFigure.Region(
        columns: columns, rows: rows, positive: Array(repeating: 0, count: count))
    }
  }
}
