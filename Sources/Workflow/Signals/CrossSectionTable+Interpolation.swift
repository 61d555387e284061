// SPDX-License-Identifier: Apache-2.0
import Foundation

extension CrossSectionTable {
  /// The cross section at a point: log σ and the relative uncertainty are interpolated linearly in
  /// each parameter of the table (multilinear; exact at the corners, continuous between them).
  ///
  /// - Throws: `RefusedPoint` where the point lacks a parameter of the table or lies outside of its
  ///   range: a cross section falls too steeply to be guessed.
  ///   Complexity: 2^axes.
  public func crossSection(at point: [String: Double]) throws(RefusedPoint) -> CrossSection {
    let cell = try cell(at: point)
    let corners = corners(of: cell)
    let logarithm = corners.reduce(0) { $0 + $1.weight * log(picobarns[$1.index]) }
    let value = exp(logarithm)
    let relative = uncertainties.map { uncertainties in
      corners.reduce(0) { $0 + $1.weight * uncertainties[$1.index] / picobarns[$1.index] }
    }
    return CrossSection(
      picobarns: value, uncertainty: relative.map { $0 * value }, kFactor: kFactor,
      branchingRatio: branchingRatio, filterEfficiency: filterEfficiency)
  }

  /// ∂ log σ/∂θ for each parameter of the table, in the inverse of its unit; at a value of the grid,
  /// where the slope jumps, that of the cell above it (of the last cell at the end).
  ///
  /// - Throws: `RefusedPoint` where there is no cross section.
  public func logGradient(at point: [String: Double]) throws(RefusedPoint) -> [String: Double] {
    let cell = try cell(at: point)
    var gradient: [String: Double] = [:]
    for (index, axis) in axes.enumerated() {
      let values = axis.values
      let width = values[cell[index].lower + 1] - values[cell[index].lower]
      var (low, high) = (cell, cell)
      low[index].fraction = 0
      high[index].fraction = 1
      func logarithm(_ cell: [Place]) -> Double {
        corners(of: cell).reduce(0) { $0 + $1.weight * log(picobarns[$1.index]) }
      }
      gradient[axis.parameter] = (logarithm(high) - logarithm(low)) / width
    }
    return gradient
  }

  /// Where a point lies on an axis: between a value and the next one.
  private struct Place {
    var lower: Int
    var fraction: Double
  }

  private func cell(at point: [String: Double]) throws(RefusedPoint) -> [Place] {
    var places: [Place] = []
    for axis in axes {
      guard let value = point[axis.parameter] else {
        throw RefusedPoint(
          "the table of cross sections needs '\(axis.parameter)', which the point does not have")
      }
      guard let first = axis.values.first, let last = axis.values.last, first <= value,
        value <= last
      else {
        let range = axis.values.first.flatMap { first in
          axis.values.last.map { "\(PointText.number(first)) to \(PointText.number($0))" }
        }
        throw RefusedPoint(
          "\(axis.parameter) = \(PointText.number(value)) lies outside of the table of cross "
            + "sections, which goes from \(range ?? "nothing")")
      }
      let above = axis.values.firstIndex { $0 > value } ?? axis.values.count - 1
      let lower = above - 1
      let width = axis.values[above] - axis.values[lower]
      places.append(Place(lower: lower, fraction: (value - axis.values[lower]) / width))
    }
    return places
  }

  /// The corners of a cell with weights that add up to 1.
  private func corners(of cell: [Place]) -> [(index: Int, weight: Double)] {
    var corners = [(index: 0, weight: 1.0)]
    for (axis, place) in zip(axes, cell) {
      corners = corners.flatMap { corner in
        let index = corner.index * axis.values.count + place.lower
        return [
          (index, corner.weight * (1 - place.fraction)),
          (index + 1, corner.weight * place.fraction),
        ].filter { $0.1 > 0 }
      }
    }
    return corners
  }
}

extension CrossSectionSource {
  /// The cross section at a point.
  ///
  /// - Throws: `RefusedPoint` outside of a table.
  public func crossSection(at point: [String: Double]) throws(RefusedPoint) -> CrossSection {
    switch self {
    case .constant(let crossSection): crossSection
    case .table(let table): try table.crossSection(at: point)
    }
  }

  /// ∂ log σ/∂θ by parameter; a parameter that is absent changes nothing.
  ///
  /// - Throws: `RefusedPoint` outside of a table.
  public func logGradient(at point: [String: Double]) throws(RefusedPoint) -> [String: Double] {
    switch self {
    case .constant: [:]
    case .table(let table): try table.logGradient(at: point)
    }
  }
}
