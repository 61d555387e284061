// SPDX-License-Identifier: Apache-2.0

/// A number from counting toys.
public struct ToyEstimate: Sendable, Hashable, Codable {
  /// A share of toys, or something made of such shares.
  public let value: Double
  /// Standard deviation for the number of toys; not 0 where none was counted.
  public let uncertainty: Double
}

/// The test of a signal strength by toys, with their statistical uncertainties.
public struct ToyTest: Sendable, Hashable, Codable {
  /// The share of toys of the tested signal strength with the observed test statistic or a larger one.
  public let clsb: ToyEstimate
  /// The same of toys of the alternative.
  public let clb: ToyEstimate
  /// CLsb/CLb; nil where no toy of the alternative counts.
  public let cls: ToyEstimate?
  /// CLs expected without a signal: quantiles over the toys of the alternative.
  public let expectedCLs: Band
  /// Standard deviations of the five, for the number of toys.
  public let expectedUncertainties: Band
  /// Toys that count.
  public let tested: Int, alternative: Int
  /// Toys that failed, of both hypotheses.
  public let failures: Int
}

/// The test of the background-only hypothesis by toys, with their statistical uncertainties.
public struct ToyDiscovery: Sendable, Hashable, Codable {
  /// The share of toys without a signal with the observed q0 or a larger one.
  public let p0: ToyEstimate
  /// The quantile of the normal distribution that belongs to p0, in standard deviations; 0 where q0 is
  /// 0, and nil where no toy came as far as the data: make more.
  public let significance: ToyEstimate?
  /// p0 expected with a signal strength of 1, ascending: quantiles over the toys of the alternative.
  public let expectedP0: Band
  /// Standard deviations of the five, for the number of toys.
  public let expectedUncertainties: Band
  /// The significance of the median of `expectedP0`; nil where no toy came as far.
  public let expectedSignificance: Double?
  /// Toys that count.
  public let tested: Int, alternative: Int
  /// Toys that failed, of both hypotheses.
  public let failures: Int
}
