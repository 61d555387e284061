// SPDX-License-Identifier: Apache-2.0

/// The signal strength whose CLs is 1 − confidence level.
public struct UpperLimit: Sendable, Hashable {
  public let observed: Double
  /// Expected without a signal, for data that fluctuate by −2 … +2σ.
  public let expected: Band
  public let confidenceLevel: Double
}
