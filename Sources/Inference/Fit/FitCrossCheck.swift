// SPDX-License-Identifier: Apache-2.0

/// A fit repeated by a minimiser that shares nothing with the first but the likelihood.
public struct FitCrossCheck: Sendable, Hashable, Codable {
  /// Whether the second minimiser converged; if not, it says nothing about the fit.
  public let isConverged: Bool
  /// −2 log L where it ended, with all its constants.
  public let twiceNLL: Double
  /// Where it ended, in the order of `Model.parameterNames`.
  public let bestFit: [Double]
  /// −2 log L where it ended less that of the fit: a negative number is a better fit.
  public let difference: Double
  /// Evaluations of −log L with its gradient.
  public let evaluations: Int
  /// The parameter that ended farthest away, and how far, in units of its uncertainty (or of 1 where
  /// none is known).
  public let farthestParameter: String, distance: Double

  /// Converged to the same −2 log L, or a higher one.
  public var confirms: Bool { isConverged && difference > -1e-6 }
}

/// One of the minima that fits from several starting points end in.
public struct FitMinimum: Sendable, Hashable, Codable {
  /// −2 log L with all its constants.
  public let twiceNLL: Double
  /// In the order of `Model.parameterNames`.
  public let bestFit: [Double]
  /// How many starting points led there.
  public let hits: Int
}
