// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How far points are from each other, each parameter measured in its range.
struct PointMetric {
  private struct Axis {
    let name: String
    let width: Double
    let isLogarithmic: Bool
  }

  private let axes: [Axis]

  /// A metric of the parameters that a point and all members have; nil when a parameter of the
  /// scan, or all, are not among them.
  init?(
    _ members: [[String: Double]], _ parameters: [ScanParameter], at point: [String: Double]
  ) {
    let names = parameters.isEmpty ? point.keys.sorted() : parameters.map(\.name)
    let shared = names.filter { name in
      point[name] != nil && members.allSatisfy { $0[name] != nil }
    }
    guard !shared.isEmpty, shared.count == names.count else { return nil }
    axes = shared.map { name in
      if let parameter = parameters.first(where: { $0.name == name }) {
        let width =
          parameter.isLogarithmic
          ? log(parameter.upper / parameter.lower) : parameter.upper - parameter.lower
        return Axis(name: name, width: width, isLogarithmic: parameter.isLogarithmic)
      }
      let values = members.compactMap { $0[name] }
      let spread = (values.max() ?? 0) - (values.min() ?? 0)
      return Axis(name: name, width: spread > 0 ? spread : 1, isLogarithmic: false)
    }
  }

  /// The member nearest to a point, the first of equally near ones, and how far it is.
  func nearest(to point: [String: Double], among members: [[String: Double]])
    -> (index: Int, distance: Double)?
  {
    members.indices.map { (index: $0, distance: distance(point, members[$0])) }
      .min { $0.distance < $1.distance }
  }

  private func distance(_ left: [String: Double], _ right: [String: Double]) -> Double {
    axes.reduce(0) { sum, axis in
      guard let a = left[axis.name], let b = right[axis.name] else { return .infinity }
      let steps = (axis.isLogarithmic ? log(a / b) : a - b) / axis.width
      // The logarithm of what is not above zero is nowhere near.
      return sum + (steps.isFinite ? steps * steps : .infinity)
    }.squareRoot()
  }
}
