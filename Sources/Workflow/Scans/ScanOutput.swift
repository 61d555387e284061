// SPDX-License-Identifier: Apache-2.0

/// A result of each run that a scan draws a contour of.
public struct ScanOutput: Sendable, Hashable, Codable {
  /// What a surrogate is fitted to, as a function of the result.
  public enum Transform: String, Sendable, Hashable, Codable, CaseIterable {
    /// log₁₀ of the value; for limits, whose contour is at 1.
    case log10
    /// Φ⁻¹(1 − CLs) − 1.645, kept within ±4; for CLs, whose contour is at 0.05.
    case probit
    /// The value itself.
    case none
  }

  /// The contour's name, as in `obs` or `exp+1`; unique in the scan.
  public let name: String
  /// The step whose result it is.
  public let step: String
  /// Which of its results.
  public let quantity: Quantity
  /// −2…+2 for expected quantities, nil for others.
  public let sigma: Int?
  /// Region, channel or parameter of the result; nil for the whole step.
  public let subject: String?
  /// How the result is seen by the surrogate.
  public let transform: Transform
  /// Where the contour is, in transformed units.
  public let level: Double
  /// Its weight among the contours when points are chosen, above zero.
  public let weight: Double

  /// An output from its parts.
  public init(
    name: String, step: String, quantity: Quantity, sigma: Int? = nil, subject: String? = nil,
    transform: Transform, level: Double = 0, weight: Double = 1
  ) {
    self.name = name
    self.step = step
    self.quantity = quantity
    self.sigma = sigma
    self.subject = subject
    self.transform = transform
    self.level = level
    self.weight = weight
  }
}
