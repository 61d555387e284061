// SPDX-License-Identifier: Apache-2.0

/// The values of a parameter whose profile likelihood lies within some distance of the best fit's:
/// MINOS' interval, asymmetric where the likelihood is.
public struct ParameterInterval: Sendable, Hashable, Codable {
  /// Flat name of the parameter.
  public let parameter: String
  /// Its value at the best fit.
  public let bestFit: Double
  /// The ends; nil where a bound of the parameter comes first.
  public let lower: Double?, upper: Double?
  /// The rise of −2 log L at the ends: 1 for 68.27 %, 3.84 for 95 %.
  public let rise: Double

  /// Distances of the ends from the best fit, both positive.
  public var lowerUncertainty: Double? { lower.map { bestFit - $0 } }
  /// See `lowerUncertainty`.
  public var upperUncertainty: Double? { upper.map { $0 - bestFit } }
}
