// SPDX-License-Identifier: Apache-2.0

/// The asymptotic test of the background-only hypothesis against a positive signal
/// (arXiv:1007.1727, equations 12 and 47–53).
public struct Discovery: Sendable, Hashable, Codable {
  /// Best-fit signal strength.
  public let muHat: Double
  /// −2 log(L(0)/L(μ̂)), or 0 where μ̂ < 0.
  public let q0: Double
  /// The probability of such a q0 or a larger one without a signal: ½ where there is no excess.
  public let p0: Double
  /// Natural logarithm of p0, finite also where p0 underflows.
  public let logP0: Double
  /// √q0, in standard deviations.
  public let significance: Double
  /// The signal strength that is expected.
  public let expectedMu: Double
  /// √q0 of the Asimov data with that signal strength, in standard deviations.
  public let expectedSignificance: Double
  /// p0 expected with that signal strength; ascending, so that `minus2` belongs to data that
  /// fluctuate upwards by 2σ.
  public let expectedP0: Band
}
