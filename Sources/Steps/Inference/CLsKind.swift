// SPDX-License-Identifier: Apache-2.0
import HistFactory
public import Inference
public import Workflow

/// `cls`: CLs of a signal strength, observed and expected, by asymptotic formulae
/// (arXiv:1007.1727).
///
/// Inputs `workspace` and, for the uncertainty of CLs, `signal` of a signal model. Results: `cls`,
/// `cls_sb`, `cls_b`, `cls_expected` from −2σ to +2σ, `mu_hat` and `twice_nll` of the best fit.
public struct CLsKind: StepKind {
  /// What is tested.
  public struct Parameters: Codable, Sendable {
    /// The signal strength.
    public var mu: Double
    /// The test statistic.
    public var testStatistic: TestStatistic
    /// Name of the measurement; nil takes the first.
    public var measurement: String?
  }

  public static let name = "cls"
  public static let version = 1
  public static let quantities: Set<Quantity>? = [
    .cls, .cls_sb, .cls_b, .cls_expected, .mu_hat, .twice_nll,
  ]

  /// A test.
  public init() {}

  public func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters?
  {
    guard let node else { return Parameters(mu: 1, testStatistic: .qTilde) }
    let before = context.diagnostics.all.count
    let reader = FieldReader(node, context.diagnostics)
    let mu = reader.double("mu", in: .leastNonzeroMagnitude ... .greatestFiniteMagnitude)
    let statistic = reader.choice("test_statistic", of: TestStatistic.self)
    let measurement = reader.string("measurement")
    reader.finish()
    guard context.diagnostics.all.count == before else { return nil }
    return Parameters(
      mu: mu ?? 1, testStatistic: statistic ?? .qTilde, measurement: measurement)
  }

  public func ports(for parameters: Parameters) -> Ports {
    Ports(
      inputs: [Port("workspace", .workspace), Port("signal", .signalSample, isRequired: false)],
      outputs: [])
  }

  public func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    let model = try context.model(of: "workspace", measurement: parameters.measurement)
    let signal = try signal(in: context)
    let analyzer = try Analyzer(model)
    let test = try analyzer.hypothesisTest(
      mu: parameters.mu, testStatistic: parameters.testStatistic, derivatives: signal != nil)
    let fit = try analyzer.fit()
    let derivatives = test.yieldDerivatives?.map { $0 * test.observedCLs }
    let uncertainty = try derivatives.flatMap { try signal?.uncertainty(byYield: $0, in: model) }
    var results = [
      ResultValue(.cls, value: test.observedCLs, uncertainty: uncertainty),
      ResultValue(.cls_sb, value: test.observedCLsb),
      ResultValue(.cls_b, value: test.observedCLb),
    ]
    results += test.expectedCLs.results(.cls_expected)
    results += [
      ResultValue(.mu_hat, value: test.muHat), ResultValue(.twice_nll, value: fit.twiceNLL),
    ]
    return StepOutput(results: results)
  }

  /// The signal, if its uncertainty is known and not part of the model already.
  private func signal(in context: StepContext) throws -> SignalSample? {
    guard let signal = try context.signalSample() else { return nil }
    return signal.hasStatisticalUncertainty || !signal.hasKnownUncertainty ? nil : signal
  }
}

extension Band {
  /// Five rows, −2σ to +2σ.
  func results(
    _ quantity: Quantity, uncertainties: [Double?]? = nil, times factor: Double = 1,
    unit: String? = nil
  ) -> [ResultValue] {
    let uncertainties = uncertainties ?? values.map { _ in nil }
    return zip(-2...2, zip(values, uncertainties)).map { sigma, row in
      ResultValue(
        quantity, sigma: sigma, value: row.0 * factor, uncertainty: row.1.map { $0 * factor },
        unit: unit)
    }
  }
}
