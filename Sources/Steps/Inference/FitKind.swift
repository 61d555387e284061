// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference
public import Workflow

/// `fit`: the best fit of a workspace's model to its data.
///
/// Input `workspace`; output `fit`, as `FitReport`. Results: `twice_nll`, `mu_hat` if there is a
/// parameter of interest, and a `best_fit` for each parameter. A fit that didn't converge is an
/// error of the step.
public struct FitKind: StepKind {
  /// Which measurement is fitted.
  public struct Parameters: Codable, Sendable {
    /// Name of the measurement; nil takes the first.
    public var measurement: String?
  }

  public static let name = "fit"
  public static let version = 1
  public static let quantities: Set<Quantity>? = [.twice_nll, .mu_hat, .best_fit]

  /// A fit.
  public init() {}

  public func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters?
  {
    guard let node else { return Parameters() }
    let before = context.diagnostics.all.count
    let reader = FieldReader(node, context.diagnostics)
    let measurement = reader.string("measurement")
    reader.finish()
    return context.diagnostics.all.count == before ? Parameters(measurement: measurement) : nil
  }

  public func ports(for parameters: Parameters) -> Ports {
    Ports(inputs: [Port("workspace", .workspace)], outputs: [Port("fit", .json)])
  }

  public func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    let model = try context.model(of: "workspace", measurement: parameters.measurement)
    let analyzer = try Analyzer(model)
    let fit = try analyzer.fit()
    guard fit.isConverged else {
      throw StepError(
        "the fit did not converge: its estimated distance to the minimum is \(fit.edm) after "
          + "\(fit.evaluations) evaluations")
    }
    let uncertainties = try analyzer.uncertainties(at: fit)
    let names = model.parameterNames
    var results = [ResultValue(.twice_nll, value: fit.twiceNLL)]
    if let poi = model.parameterOfInterest {
      results.append(
        ResultValue(
          .mu_hat, subject: names[poi], value: fit.bestFit[poi], uncertainty: uncertainties?[poi]))
    }
    results += names.indices.map {
      ResultValue(
        .best_fit, subject: names[$0], value: fit.bestFit[$0], uncertainty: uncertainties?[$0])
    }
    let report = FitReport(fit, uncertainties: uncertainties, names: names)
    return StepOutput(artifacts: ["fit": try context.put(report)], results: results)
  }
}
