// SPDX-License-Identifier: Apache-2.0
import Foundation
import Workflow

/// A slice of a scan, checked: which parameters are axes, which have a value, which are profiled.
struct SlicePlan: Sendable {
  /// Indices of one or two parameters.
  let axes: [Int]
  /// Indices of those that are profiled.
  let profiled: [Int]
  /// A position of the unit cube; coordinates of axes and profiled parameters mean nothing.
  let position: [Double]
  /// Parameter → value.
  let fixed: [String: Double]

  /// - Throws: `Failure` for names or values that the scan doesn't have, and for a slice that
  ///   isn't one of one or two dimensions.
  init(_ slice: ScanSlice, of scan: ScanSpecification) throws {
    let names = scan.parameters.map(\.name)
    func index(_ name: String) throws -> Int {
      guard let index = names.firstIndex(of: name) else {
        throw Failure.refused(
          "scan '\(scan.name)' has no parameter '\(name)'"
            + "\(Suggestion.hint(for: name, among: names, known: "it has")).")
      }
      return index
    }
    var position = [Double](repeating: 0.5, count: names.count)
    for (name, value) in slice.fixed.sorted(by: { $0.key < $1.key }) {
      let parameter = scan.parameters[try index(name)]
      guard (parameter.lower...parameter.upper).contains(value) else {
        throw Failure.refused(
          "\(name) = \(value) is outside of the scan's range, \(parameter.lower) to "
            + "\(parameter.upper).")
      }
      position[try index(name)] = parameter.fraction(of: value)
    }
    let profiled = try slice.profiled.map(index)
    let taken = Set(profiled + (try slice.fixed.keys.map(index)))
    let left = names.indices.filter { !taken.contains($0) }
    let axes = slice.axes.isEmpty ? left : try slice.axes.map(index)
    guard (1...2).contains(axes.count), Set(axes) == Set(left), Set(axes).count == axes.count,
      taken.count == profiled.count + slice.fixed.count
    else {
      throw Failure.refused(
        "scan '\(scan.name)' has the parameters \(names.joined(separator: ", ")): choose one or "
          + "two of them as axes, and fix or profile each of the others.")
    }
    (self.axes, self.profiled, self.position, fixed) = (axes, profiled, position, slice.fixed)
  }
}
