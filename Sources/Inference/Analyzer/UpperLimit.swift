// SPDX-License-Identifier: Apache-2.0

/// The signal strength whose CLs is 1 − confidence level.
public struct UpperLimit: Sendable, Hashable {
  /// For the data, in units of the signal strength.
  public let observed: Double
  /// Expected without a signal, for data that fluctuate by −2 … +2σ.
  public let expected: Band
  /// Between 0 and 1, such as 0.95.
  public let confidenceLevel: Double
  /// ∂observed/∂(nominal yield), flat as `Model.yieldRange`; filled when asked for.
  public let yieldDerivatives: [Double]?
  /// The same of the five expected limits, −2 … +2σ.
  public let expectedYieldDerivatives: [[Double]]?
}
