// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The box that a scan explores, at most six axes, less the points that its constraint forbids.
///
/// The sampler works on the unit cube; `position(of:)` and `parameters(at:)` map one to the other.
public struct ParameterSpace: Sendable {
  /// One free parameter of a signal.
  public struct Axis: Hashable, Sendable, Codable {
    /// How the range is laid on [0, 1].
    public enum Scale: String, Hashable, Sendable, Codable { case linear, log }

    /// The parameter's name, unique in its space.
    public let name: String
    /// The smallest value, in the parameter's own unit.
    public let lower: Double
    /// The largest value, in the parameter's own unit.
    public let upper: Double
    /// For people; nothing is converted.
    public let unit: String
    /// How the range is laid on [0, 1].
    public let scale: Scale

    /// An axis from its parts; `ParameterSpace` checks them.
    public init(
      _ name: String, from lower: Double, to upper: Double, unit: String = "",
      scale: Scale = .linear
    ) {
      (self.name, self.lower, self.upper, self.unit, self.scale) = (name, lower, upper, unit, scale)
    }

    func value(at fraction: Double) -> Double {
      switch scale {
      case .linear: lower + (upper - lower) * fraction
      case .log: lower * pow(upper / lower, fraction)
      }
    }

    func fraction(of value: Double) -> Double {
      switch scale {
      case .linear: (value - lower) / (upper - lower)
      case .log: log(value / lower) / log(upper / lower)
      }
    }
  }

  /// In the order of every vector of parameters.
  public let axes: [Axis]
  private let allows: @Sendable ([Double]) -> Bool

  /// A space of one to six parameters.
  ///
  /// - Parameter axes: in the order of every vector of parameters.
  /// - Parameter allows: whether a vector of parameters, in their units, may be proposed; it must
  ///   always give the same answer.
  /// - Throws: `SamplingError` for no axis or more than six, a name used twice, an empty or
  ///   infinite range, a logarithmic one that isn't positive.
  public init(
    _ axes: [Axis], allowing allows: @escaping @Sendable ([Double]) -> Bool = { _ in true }
  ) throws {
    guard (1...Sobol.largestDimension).contains(axes.count) else {
      throw SamplingError("a scan has 1 to \(Sobol.largestDimension) parameters, not \(axes.count)")
    }
    for (index, axis) in axes.enumerated() {
      guard !axes[..<index].contains(where: { $0.name == axis.name }) else {
        throw SamplingError("parameter '\(axis.name)' is there twice: rename one")
      }
      guard axis.lower.isFinite, axis.upper.isFinite, axis.lower < axis.upper else {
        throw SamplingError(
          "parameter '\(axis.name)' ranges from \(axis.lower) to \(axis.upper): "
            + "give two finite numbers, the smaller one first")
      }
      guard axis.scale == .linear || axis.lower > 0 else {
        throw SamplingError(
          "parameter '\(axis.name)' is logarithmic from \(axis.lower): start above zero")
      }
    }
    (self.axes, self.allows) = (axes, allows)
  }

  /// Number of parameters.
  public var dimension: Int { axes.count }

  /// The parameters, in their units, at a position of the unit cube.
  public func parameters(at position: [Double]) -> [Double] {
    zip(axes, position).map { $0.value(at: $1) }
  }

  /// The position in the unit cube; outside of it for parameters out of range.
  public func position(of parameters: [Double]) -> [Double] {
    zip(axes, parameters).map { $0.fraction(of: $1) }
  }

  /// Whether the position is inside the cube and the constraint allows it.
  public func contains(_ position: [Double]) -> Bool {
    position.count == dimension && position.allSatisfy { (0...1).contains($0) }
      && allows(parameters(at: position))
  }
}
