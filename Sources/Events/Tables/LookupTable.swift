// SPDX-License-Identifier: Apache-2.0

/// A number as a function of one or two numbers, known in bins or at points: an efficiency, a
/// resolution, a scale factor.
public struct LookupTable: Sendable, Hashable {
  /// What lies between the numbers along an axis.
  public enum Interpolation: String, Sendable, Hashable, Codable, CaseIterable {
    /// One value per bin, lower edges belonging to it, the last upper edge to the last bin.
    case step
    /// Values at points, straight lines between them (bilinear of two axes).
    case linear
  }

  /// What the table says beyond its axes.
  public enum Outside: String, Sendable, Hashable, Codable, CaseIterable {
    /// What it says at the nearest place of its range.
    case nearest
    case zero
    /// Nothing: the value is missing.
    case missing
  }

  /// Edges of the bins, or points, of each axis: strictly rising.
  public let axes: [[Double]]
  /// One per bin or point; of two axes, the second runs fastest.
  public let values: [Double]
  /// What lies between them.
  public let interpolation: Interpolation

  /// A table.
  ///
  /// - Parameters:
  ///   - axes: one or two; edges (at least two) for steps, points (at least one) for lines.
  ///   - values: finite; one per bin or point.
  ///   - interpolation: what lies between them.
  /// - Throws: `LookupTableError` for axes that don't rise and values that don't fit them.
  public init(
    axes: [[Double]], values: [Double], interpolation: Interpolation
  ) throws(LookupTableError) {
    guard axes.count == 1 || axes.count == 2 else {
      throw LookupTableError("a table has one axis or two, not \(axes.count)")
    }
    for axis in axes {
      guard axis.count >= (interpolation == .step ? 2 : 1), axis.allSatisfy(\.isFinite) else {
        throw LookupTableError("an axis of a table has at least one bin or point, all finite")
      }
      for (lower, upper) in zip(axis, axis.dropFirst()) where !(lower < upper) {
        throw LookupTableError("an axis of a table rises: \(upper) does not lie above \(lower)")
      }
    }
    let extra = interpolation == .step ? 1 : 0
    let count = axes.reduce(1) { $0 * ($1.count - extra) }
    guard values.count == count, values.allSatisfy(\.isFinite) else {
      throw LookupTableError(
        "a table has \(values.count) values for \(count) places, and all must be finite")
    }
    self.axes = axes
    self.values = values
    self.interpolation = interpolation
  }

  /// The number at a place, one coordinate per axis, drawn in to the range of the axes; NaN for NaN.
  public func value(at place: Double...) -> Double {
    place.count == axes.count ? number(place[0], place.count > 1 ? place[1] : 0) : .nan
  }

  /// Whether a coordinate lies within an axis, ends included.
  func holds(_ coordinate: Double, axis: Int) -> Bool {
    coordinate >= axes[axis][0] && coordinate <= axes[axis][axes[axis].count - 1]
  }

  /// `y` is looked at only of two axes.
  func number(_ x: Double, _ y: Double) -> Double {
    guard !x.isNaN, axes.count == 1 || !y.isNaN else { return .nan }
    let first = position(of: x, in: axes[0])
    let second = axes.count == 1 ? (index: 0, fraction: 0) : position(of: y, in: axes[1])
    let isStep = interpolation == .step
    let stride = axes.count == 1 ? 1 : axes[1].count - (isStep ? 1 : 0)
    if isStep { return values[first.index * stride + second.index] }
    func along(_ row: Int) -> Double {
      let start = row * stride + second.index
      return second.fraction == 0
        ? values[start] : line(values[start], values[start + 1], second.fraction)
    }
    let lower = along(first.index)
    return first.fraction == 0 ? lower : line(lower, along(first.index + 1), first.fraction)
  }

  private func line(_ lower: Double, _ upper: Double, _ fraction: Double) -> Double {
    lower + (upper - lower) * fraction
  }

  /// The last place at or below a coordinate, and how far it is to the next: 0 at and beyond the
  /// ends. A bin for steps.
  private func position(of coordinate: Double, in axis: [Double]) -> (index: Int, fraction: Double)
  {
    let last = axis.count - (interpolation == .step ? 2 : 1)
    if coordinate <= axis[0] { return (0, 0) }
    if coordinate >= axis[axis.count - 1] { return (last, 0) }
    var (low, high) = (0, axis.count)
    while low < high {
      let middle = (low + high) / 2
      if axis[middle] <= coordinate { low = middle + 1 } else { high = middle }
    }
    let index = low - 1
    return (index, (coordinate - axis[index]) / (axis[index + 1] - axis[index]))
  }
}

/// A table that can't be made, as a sentence.
public struct LookupTableError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with it.
  public let message: String
  init(_ message: String) { self.message = message }
  /// The sentence.
  public var description: String { message }
}
