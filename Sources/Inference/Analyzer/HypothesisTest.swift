// SPDX-License-Identifier: Apache-2.0

/// The asymptotic test of one signal strength against the background-only hypothesis.
public struct HypothesisTest: Sendable {
  /// The signal strength that was tested.
  public let mu: Double
  /// The test statistic that was used.
  public let testStatistic: TestStatistic
  /// CLs = CLsb / CLb. Below 10⁻³⁰⁷ it is 0: take `observedLogCLs`.
  public let observedCLs: Double, observedCLsb: Double, observedCLb: Double
  /// CLs expected without a signal, for data that fluctuate by −2 … +2σ.
  public let expectedCLs: Band
  /// Natural logarithms, finite also where CLs underflows.
  public let observedLogCLs: Double
  /// Natural logarithms of the expected CLs, finite likewise.
  public let expectedLogCLs: Band
  /// Best-fit signal strength.
  public let muHat: Double
  /// The test statistic for the data and for the background-only Asimov data; ≥ 0.
  public let q: Double, qAsimov: Double
  /// ∂ log(observedCLs)/∂(nominal yield), flat as `Model.yieldRange`; filled when asked for.
  public let yieldDerivatives: [Double]?
  /// The same of the five expected CLs, −2 … +2σ.
  public let expectedYieldDerivatives: [[Double]]?
}
