// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// A test of one signal strength by toys, beside the asymptotic one; keys as `pyhf cls` writes them.
public struct ToyTestReport: Sendable, Hashable, Codable {
  /// The signal strength that was tested.
  public let mu: Double
  /// The test statistic.
  public let testStatistic: StatisticChoice
  /// Seed of all toys.
  public let seed: UInt64
  /// How many there are.
  public let toys: ToyCounts
  /// Observed CLs; nil where no toy without a signal came as far as the data.
  public let observedCLs: Double?
  /// Its binomial standard deviation.
  public let observedUncertainty: Double?
  /// Expected CLs at −2σ … +2σ, ascending.
  public let expectedCLs: [Double]
  /// Their standard deviations, for the number of toys.
  public let expectedUncertainties: [Double]
  /// The share of toys of the tested signal strength beyond the data, and of those without a signal.
  public let clsb: Double, clb: Double
  /// The asymptotic test.
  public let asymptotic: HypothesisReport
  /// Toys that have no test statistic.
  public let failures: [ToyFailure]

  private enum CodingKeys: String, CodingKey {
    case mu
    case testStatistic = "test_stat"
    case seed, toys
    case observedCLs = "CLs_obs"
    case observedUncertainty = "CLs_obs_uncertainty"
    case expectedCLs = "CLs_exp"
    case expectedUncertainties = "CLs_exp_uncertainties"
    case clsb = "CLsb"
    case clb = "CLb"
    case asymptotic, failures
  }
}

extension WorkspaceSource {
  /// Tests a signal strength by toys, on all processors.
  ///
  /// - Parameters:
  ///   - request: which toys.
  ///   - mu: the signal strength; nil takes that of toys made before, else 1.
  ///   - testStatistic: q or q̃; nil takes that of toys made before, else q̃.
  ///   - progress: is told now and then.
  public func toyTest(
    _ request: ToyRequest, mu: Double? = nil, testStatistic: StatisticChoice? = nil,
    progress: @escaping @Sendable (ToyProgress) -> Void = { _ in }
  ) async throws(Failure) -> ToyTestReport {
    try await classifiedWithName {
      let files = try ToyFiles(request)
      let earlier = files.plan.flatMap { StatisticChoice(rawValue: $0.statistic.rawValue) }
      let statistic = testStatistic ?? earlier ?? .qtilde
      let mu = mu ?? files.plan?.mu ?? 1
      let model = try model()
      let asymptotic = try hypothesisReport(
        Analyzer(model), of: model, mu: mu, testStatistic: statistic)
      let calculator = try ToyCalculator(
        model, mu: mu, statistic: statistic == .q ? .q : .qTilde, seed: files.seed)
      let tally = try await files.tally(by: calculator, progress: progress)
      let test = try tally.test()
      return ToyTestReport(
        mu: mu, testStatistic: statistic, seed: tally.plan.seed, toys: tally.counts,
        observedCLs: test.cls?.value, observedUncertainty: test.cls?.uncertainty,
        expectedCLs: test.expectedCLs.values,
        expectedUncertainties: test.expectedUncertainties.values, clsb: test.clsb.value,
        clb: test.clb.value, asymptotic: asymptotic, failures: tally.failures)
    }
  }
}
