// SPDX-License-Identifier: Apache-2.0

/// A parameter that a scan varies.
public struct ScanParameter: Sendable, Hashable, Codable {
  /// As in a signal's point, with the unit as suffix: `m_sq_gev`.
  public let name: String
  /// The smallest value; above zero for a logarithmic parameter.
  public let lower: Double
  /// The largest value, above `lower`.
  public let upper: Double
  /// For axes of figures; nil when none is given.
  public let unit: String?
  /// Whether steps are in the parameter's logarithm.
  public let isLogarithmic: Bool

  /// A parameter from its parts.
  public init(
    name: String, lower: Double, upper: Double, unit: String? = nil, isLogarithmic: Bool = false
  ) {
    self.name = name
    self.lower = lower
    self.upper = upper
    self.unit = unit
    self.isLogarithmic = isLogarithmic
  }
}
