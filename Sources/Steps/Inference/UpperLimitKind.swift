// SPDX-License-Identifier: Apache-2.0
import HistFactory
public import Inference
public import Workflow

/// `upper-limit`: the signal strength at which CLs is 1 − confidence level, observed and expected.
///
/// Inputs `workspace`; for limits on the cross section `cross_section_pb`; for their statistical
/// uncertainties `signal` of a signal model. Results: `upper_limit` and `upper_limit_expected`;
/// `cross_section_upper_limit` and its expected band in fb, σ·k·BR·ε_filter times the limit on the
/// signal strength.
///
/// The uncertainty of a limit is √Σ(∂μ/∂s·δs)² over the signal's yields s: how far it would move
/// with another simulated sample of that size, whether or not the model allows for that.
public struct UpperLimitKind: StepKind {
  /// Which limit is wanted.
  public struct Parameters: Codable, Sendable {
    /// In (0, 1).
    public var confidenceLevel: Double
    /// The test statistic.
    public var testStatistic: TestStatistic
    /// Name of the measurement; nil takes the first.
    public var measurement: String?
  }

  public static let name = "upper-limit"
  public static let version = 1
  public static let quantities: Set<Quantity>? = [
    .upper_limit, .upper_limit_expected, .cross_section_upper_limit,
    .cross_section_upper_limit_expected,
  ]

  /// A limit.
  public init() {}

  public func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters?
  {
    guard let node else { return Parameters(confidenceLevel: 0.95, testStatistic: .qTilde) }
    let before = context.diagnostics.all.count
    let reader = FieldReader(node, context.diagnostics)
    let level = reader.double("confidence_level", in: 0.01...0.9999)
    let statistic = reader.choice("test_statistic", of: TestStatistic.self)
    let measurement = reader.string("measurement")
    reader.finish()
    guard context.diagnostics.all.count == before else { return nil }
    return Parameters(
      confidenceLevel: level ?? 0.95, testStatistic: statistic ?? .qTilde, measurement: measurement)
  }

  public func ports(for parameters: Parameters) -> Ports {
    Ports(
      inputs: [
        Port("workspace", .workspace), Port("cross_section_pb", .crossSection, isRequired: false),
        Port("signal", .signalSample, isRequired: false),
      ], outputs: [])
  }

  public func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    let model = try context.model(of: "workspace", measurement: parameters.measurement)
    let signal = try context.signalSample().flatMap { $0.hasKnownUncertainty ? $0 : nil }
    let limit = try Analyzer(model).upperLimit(
      confidenceLevel: parameters.confidenceLevel, testStatistic: parameters.testStatistic,
      derivatives: signal != nil)
    func uncertainty(_ derivatives: [Double]?) throws -> Double? {
      try derivatives.flatMap { try signal?.uncertainty(byYield: $0, in: model) }
    }
    let observed = try uncertainty(limit.yieldDerivatives)
    let expected = try limit.expectedYieldDerivatives?.map(uncertainty)
    var results = [ResultValue(.upper_limit, value: limit.observed, uncertainty: observed)]
    results += limit.expected.results(.upper_limit_expected, uncertainties: expected)
    if let crossSection = try context.crossSection(of: "cross_section_pb") {
      // Events in 1 fb⁻¹ are the cross section in fb.
      let femtobarns = crossSection * Luminosity(inverseFemtobarns: 1)
      results.append(
        ResultValue(
          .cross_section_upper_limit, value: limit.observed * femtobarns,
          uncertainty: observed.map { $0 * femtobarns }, unit: "fb"))
      results += limit.expected.results(
        .cross_section_upper_limit_expected, uncertainties: expected, times: femtobarns, unit: "fb")
    }
    return StepOutput(results: results)
  }
}
