// SPDX-License-Identifier: Apache-2.0

/// What a surrogate learns from: the response at a point, perhaps with its gradient.
public struct Observation: Hashable, Sendable, Codable {
  /// In the unit cube.
  public let position: [Double]
  /// The response, such as log10 of the upper limit on mu.
  public let value: Double
  /// Of the value; zero for an exact one.
  public let variance: Double
  /// Derivatives of the response by the position's coordinates, nil for one that isn't known;
  /// empty without any.
  public let gradient: [Double?]
  /// Of each derivative.
  public let gradientVariance: Double

  /// An observation from its parts.
  public init(
    _ position: [Double], value: Double, variance: Double = 0, gradient: [Double?] = [],
    gradientVariance: Double = 0
  ) {
    (self.position, self.value, self.variance) = (position, value, variance)
    (self.gradient, self.gradientVariance) = (gradient, gradientVariance)
  }

  var problem: String? {
    guard position.allSatisfy(\.isFinite), value.isFinite else { return "isn't a finite number" }
    guard variance >= 0, variance.isFinite, gradientVariance >= 0, gradientVariance.isFinite
    else { return "has a variance below zero or without end" }
    guard gradient.isEmpty || gradient.count == position.count else {
      return "has \(gradient.count) derivatives for \(position.count) coordinates"
    }
    guard gradient.allSatisfy({ $0?.isFinite ?? true }) else {
      return "has a derivative that isn't finite: leave it out as nil"
    }
    return nil
  }
}
