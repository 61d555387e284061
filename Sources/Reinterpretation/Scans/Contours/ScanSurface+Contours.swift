// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Workflow

extension ScanSurface {
  /// Cells on each side of the grid that contours are found on.
  private var cells: Int { slice.profiled.isEmpty ? 150 : 60 }

  /// The contour of an output. theory: 0, −1 or +1.
  func lines(_ output: Int, theory: Int = 0) throws -> [ContourReport.Line] {
    let level = scan.specification.outputs[output].level
    guard slice.axes.count == 2 else {
      return crossings(level) { response(output, at: [$0], theory: theory) }
    }
    let contour = try Contour(level: level, in: plane, cells: cells) {
      response(output, at: $0, theory: theory)
    }
    return contour.lines.map { ContourReport.Line(isClosed: $0.isClosed, points: $0.points) }
  }

  /// Where a function of one coordinate crosses a level, by bisection of 400 intervals.
  private func crossings(
    _ level: Double, of function: (Double) -> Double
  ) -> [ContourReport.Line] {
    let nodes = (0...400).map { Double($0) / 400 }
    let values = nodes.map { function($0) - level }
    return nodes.indices.dropLast().compactMap { index in
      guard (values[index] > 0) != (values[index + 1] > 0), values[index].isFinite,
        values[index + 1].isFinite
      else { return nil }
      var (low, high) = (nodes[index], nodes[index + 1])
      for _ in 0..<40 {
        let middle = (low + high) / 2
        if (function(middle) - level > 0) == (values[index] > 0) {
          low = middle
        } else {
          high = middle
        }
      }
      return ContourReport.Line(
        isClosed: false, points: [plane.parameters(at: [(low + high) / 2])])
    }
  }

  /// Mean probability over the allowed space, not only the slice, that a point is on the other
  /// side than predicted.
  func misclassified(_ output: Int) -> Double {
    let space = scan.sampler.space
    let sobol = Sobol(dimension: space.dimension, seed: nil)
    let positions = (0..<1024).map { sobol[$0] }.filter(space.contains)
    guard !positions.isEmpty else { return 0 }
    let level = scan.specification.outputs[output].level
    return positions.reduce(0) {
      $0
        + Acquisition.misclassification(surrogates[output].prediction(at: $1), level: level)
    } / Double(positions.count)
  }

  /// A contour with what it is worth.
  func curve(_ output: Int, theory: Int?) throws -> ContourReport.Curve {
    let residuals = surrogates[output].leaveOneOut().map(\.residual)
    let square = residuals.reduce(0) { $0 + $1 * $1 } / Double(max(residuals.count, 1))
    return ContourReport.Curve(
      output: scan.specification.outputs[output].name, theory: theory,
      lines: try lines(output, theory: theory ?? 0), misclassified: misclassified(output),
      leaveOneOut: square.squareRoot())
  }
}
