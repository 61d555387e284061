// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

@Suite struct ContourTests {
  static func square(
    allowing allows: @escaping @Sendable ([Double]) -> Bool = { _ in true }
  ) throws -> ParameterSpace {
    try ParameterSpace(
      [.init("x", from: -1, to: 1), .init("y", from: -1, to: 1)], allowing: allows)
  }

  static func radius(_ u: [Double]) -> Double { hypot(2 * u[0] - 1, 2 * u[1] - 1) }

  @Test func aCircleIsOneClosedLine() throws {
    let contour = try Contour(level: 0.6, in: Self.square(), of: Self.radius)
    #expect(contour.lines.count == 1)
    let line = try #require(contour.lines.first)
    #expect(line.isClosed)
    #expect(line.points.allSatisfy { abs(hypot($0[0], $0[1]) - 0.6) < 1e-3 })
    let length = line.points.indices.reduce(0) {
      let (a, b) = (line.points[$1], line.points[($1 + 1) % line.points.count])
      return $0 + hypot(a[0] - b[0], a[1] - b[1])
    }
    #expect(abs(length - 1.2 * .pi) < 0.01)
  }

  @Test func forbiddenCellsOpenTheLine() throws {
    let contour = try Contour(
      level: 0.6, in: Self.square(allowing: { $0[0] > 0 }), of: Self.radius)
    #expect(contour.lines.map(\.isClosed) == [false])
    #expect(contour.lines[0].points.allSatisfy { $0[0] > 0 })
  }

  @Test func aSaddleGivesTwoLines() throws {
    let contour = try Contour(level: 0.01, in: Self.square(), cells: 31) {
      (2 * $0[0] - 1) * (2 * $0[1] - 1)
    }
    #expect(contour.lines.map(\.isClosed) == [false, false])
  }

  @Test func slicesHoldTheOthers() throws {
    let cube = try ParameterSpace((0..<3).map { .init("p\($0)", from: 0, to: 1) })
    let contour = try Contour(level: 1, in: cube, x: 0, y: 2, fixed: [0, 0.4, 0]) {
      $0.reduce(0, +)
    }
    #expect(contour.lines.count == 1)
    #expect(contour.lines[0].points.allSatisfy { abs($0[0] + $0[1] - 0.6) < 1e-12 })
    #expect(throws: SamplingError.self) { try Contour(level: 1, in: cube) { $0[0] } }
  }
}
