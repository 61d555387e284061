// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// The test of the background-only hypothesis by toys, beside the asymptotic one.
public struct ToyDiscoveryReport: Sendable, Hashable, Codable {
  /// Seed of all toys.
  public let seed: UInt64
  /// How many there are; tested are those without a signal, the alternative has one of strength 1.
  public let toys: ToyCounts
  /// p0 of the data, with its binomial standard deviation.
  public let observedP0: Double, observedUncertainty: Double
  /// In standard deviations; nil where no toy came as far as the data.
  public let observedSignificance: Double?
  /// Its standard deviation.
  public let significanceUncertainty: Double?
  /// p0 expected with a signal of strength 1 at −2σ … +2σ, ascending.
  public let expectedP0: [Double]
  /// Their standard deviations, for the number of toys.
  public let expectedUncertainties: [Double]
  /// Of the median; nil where no toy came as far.
  public let expectedSignificance: Double?
  /// The asymptotic test.
  public let asymptotic: DiscoveryReport
  /// Toys that have no test statistic.
  public let failures: [ToyFailure]

  private enum CodingKeys: String, CodingKey {
    case seed, toys
    case observedP0 = "p0_obs"
    case observedUncertainty = "p0_obs_uncertainty"
    case observedSignificance = "significance_obs"
    case significanceUncertainty = "significance_obs_uncertainty"
    case expectedP0 = "p0_exp"
    case expectedUncertainties = "p0_exp_uncertainties"
    case expectedSignificance = "significance_exp"
    case asymptotic, failures
  }
}

extension WorkspaceSource {
  /// Tests the background-only hypothesis by toys, on all processors.
  ///
  /// - Parameters:
  ///   - request: which toys.
  ///   - progress: is told now and then.
  public func toyDiscovery(
    _ request: ToyRequest, progress: @escaping @Sendable (ToyProgress) -> Void = { _ in }
  ) async throws(Failure) -> ToyDiscoveryReport {
    try await classifiedWithName {
      let files = try ToyFiles(request)
      let model = try model()
      let asymptotic = try discoveryReport(model)
      let calculator = try ToyCalculator(model, statistic: .q0, seed: files.seed)
      let tally = try await files.tally(by: calculator, progress: progress)
      let found = try tally.discovery()
      return ToyDiscoveryReport(
        seed: tally.plan.seed, toys: tally.counts, observedP0: found.p0.value,
        observedUncertainty: found.p0.uncertainty,
        observedSignificance: found.significance?.value,
        significanceUncertainty: found.significance?.uncertainty,
        expectedP0: found.expectedP0.values,
        expectedUncertainties: found.expectedUncertainties.values,
        expectedSignificance: found.expectedSignificance, asymptotic: asymptotic,
        failures: tally.failures)
    }
  }
}
