// SPDX-License-Identifier: Apache-2.0

/// The box that the simulated points of an efficiency map span, laid on the unit cube.
struct MapCube: Sendable {
  private let parameters: [String]
  private let lower: [Double]
  private let upper: [Double]
  /// Number of points.
  let count: Int

  /// - Throws: `Failure` for fewer than two points, or a parameter that never changes.
  init(_ parameters: [String], _ points: [[Double]]) throws {
    guard points.count > parameters.count else {
      throw Failure.refused(
        "the efficiency map has \(points.count) points in \(parameters.count) parameters: "
          + "interpolation needs at least \(parameters.count + 1)")
    }
    self.parameters = parameters
    lower = parameters.indices.map { axis in points.map { $0[axis] }.min() ?? 0 }
    upper = parameters.indices.map { axis in points.map { $0[axis] }.max() ?? 0 }
    count = points.count
    for (axis, name) in parameters.enumerated() where lower[axis] >= upper[axis] {
      throw Failure.refused(
        "the efficiency map has '\(name)' = \(lower[axis]) at all of its points, so nothing is "
          + "known of other values: simulate some, or leave the column out")
    }
  }

  func position(of point: [Double]) -> [Double] {
    point.indices.map { (point[$0] - lower[$0]) / (upper[$0] - lower[$0]) }
  }

  /// - Throws: `Failure` when the point lacks a parameter.
  func position(of point: [String: Double]) throws -> [Double] {
    position(
      of: try parameters.map { name in
        guard let value = point[name] else {
          throw Failure.refused("the point has no '\(name)', which the efficiency map depends on")
        }
        return value
      })
  }
}
