// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// What the uncertainties of the background become in a simplified likelihood.
public enum SimplificationKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Every nuisance parameter with its constraint, its effect taken as linear.
  case linear
  /// As many parameters as the covariance after the fit has directions (arXiv:1809.05548).
  case covariance
  /// One parameter, of the total uncertainty after the fit (ATL-PHYS-PUB-2021-038).
  case total

  fileprivate var form: SimplifiedLikelihood.Form {
    switch self {
    case .linear: .linear
    case .covariance: .covariance
    case .total: .total
    }
  }
}

/// A simplified likelihood, and what its results lose.
public struct Simplification: Sendable, Hashable {
  /// The simplified workspace.
  public let workspace: WorkspaceText
  /// The same questions to both likelihoods.
  public let comparison: SimplificationReport
}

/// What a simplified likelihood answers, beside the full one.
public struct SimplificationReport: Sendable, Hashable, Codable {
  /// Answers of one likelihood.
  public struct Answers: Sendable, Hashable, Codable {
    /// Numbers that are fitted.
    public let parameters: Int
    /// Observed CLs; nil where there is none.
    public let observedCLs: Double?
    /// Expected CLs at −2σ … +2σ; nil where there are none.
    public let expectedCLs: [Double]?
    /// Upper limit on the signal strength; nil where there is none.
    public let observedLimit: Double?
    /// Expected limits at −2σ … +2σ; nil where there are none.
    public let expectedLimits: [Double]?
    /// Why something is missing.
    public let failures: [String]

    private enum CodingKeys: String, CodingKey {
      case parameters
      case observedCLs = "CLs_obs"
      case expectedCLs = "CLs_exp"
      case observedLimit = "upper_limit_obs"
      case expectedLimits = "upper_limit_exp"
      case failures
    }
  }

  /// How the background was simplified.
  public let kind: SimplificationKind
  /// The signal strength that was tested.
  public let mu: Double
  /// Of the workspace as it was.
  public let full: Answers
  /// Of the simplified workspace.
  public let simplified: Answers
  /// The largest error of the background when one parameter goes one standard deviation from the
  /// fit, in units of the bin's uncertainty.
  public let responseLoss: Double
  /// The largest error of a correlation between two bins.
  public let correlationLoss: Double
  /// Whether data that made the uncertainties smaller are fitted a second time.
  public let countsDataTwice: Bool

  private enum CodingKeys: String, CodingKey {
    case kind, mu, full, simplified
    case responseLoss = "response_loss"
    case correlationLoss = "correlation_loss"
    case countsDataTwice = "counts_data_twice"
  }
}

extension WorkspaceSource {
  /// A simplified likelihood around a fit of the background, and what it costs.
  ///
  /// - Parameters:
  ///   - kind: what the uncertainties become.
  ///   - excluded: channels whose data don't count for the uncertainties after the fit, such as the
  ///     signal regions; no matter for `linear`.
  ///   - mu: the signal strength at which CLs are compared.
  public func simplified(
    _ kind: SimplificationKind = .linear, excluding excluded: [String] = [], mu: Double = 1
  ) throws(Failure) -> Simplification {
    try classifiedWithName {
      let model = try model()
      guard mu.isFinite else {
        throw Failure.refused("A signal strength of \(mu) can't be tested.")
      }
      try check(channels: excluded, of: model.workspace, purpose: " to exclude")
      let point = try backgroundFit(of: model, excluding: kind == .linear ? [] : excluded)
      let simple = try Likelihood(model, data: model.data).simplified(
        kind.form, at: point, excluding: Set(excluded))
      let comparison = SimplificationReport(
        kind: kind, mu: mu, full: answers(of: model, mu: mu),
        simplified: try answers(of: self.model(of: simple.workspace), mu: mu),
        responseLoss: simple.responseLoss, correlationLoss: simple.correlationLoss,
        countsDataTwice: kind != .linear && Set(excluded).count < model.workspace.channels.count)
      return Simplification(workspace: WorkspaceText(simple.workspace), comparison: comparison)
    }
  }

  /// Parameters at a fit without signal, to the channels that aren't excluded; what these don't
  /// have stays as suggested.
  private func backgroundFit(of model: Model, excluding excluded: [String]) throws -> [Double] {
    guard let poi = model.parameterOfInterest else {
      throw Failure.refused(
        "\(name): a simplified likelihood needs a signal: choose a measurement with a 'poi'.")
    }
    guard !excluded.isEmpty else {
      return try Analyzer(model).fit(fixing: [poi: 0]).bestFit
    }
    var point = model.inits
    point[poi] = 0
    guard Set(excluded).count < model.workspace.channels.count else { return point }
    var rest = try model.workspace.pruned(
      WorkspaceSelection(channels: Array(Set(excluded))))
    let names = Set(rest.channels.flatMap(\.samples).flatMap(\.modifiers).map(\.name))
    let signal = model.parameters.first { $0.range.contains(poi) }?.name ?? ""
    let hasSignal = names.contains(signal)
    for index in rest.measurements.indices {
      if !hasSignal { rest.measurements[index].poi = "" }
      rest.measurements[index].parameters.removeAll { !names.contains($0.name) }
    }
    let remaining = try self.model(of: rest)
    let fixed = remaining.parameterOfInterest.map { [$0: 0.0] } ?? [:]
    let fitted = remaining.named(try Analyzer(remaining).fit(fixing: fixed).bestFit)
    for parameter in model.parameters {
      guard let values = fitted[parameter.name], values.count == parameter.range.count else {
        continue
      }
      point.replaceSubrange(parameter.range, with: values)
    }
    return point
  }

  private func answers(of model: Model, mu: Double) -> SimplificationReport.Answers {
    var failures: [String] = []
    func attempt<Answer>(_ question: () throws -> Answer) -> Answer? {
      do {
        return try question()
      } catch {
        let sentence = Failure(classifying: error).description
        if !failures.contains(sentence) { failures.append(sentence) }
        return nil
      }
    }
    let analyzer = attempt { try Analyzer(model) }
    let test = analyzer.flatMap { analyzer in
      attempt { try hypothesisReport(analyzer, of: model, mu: mu) }
    }
    let limit = analyzer.flatMap { analyzer in attempt { try definedLimit(analyzer) } }
    return SimplificationReport.Answers(
      parameters: model.isFixed.count { !$0 }, observedCLs: test?.observedCLs,
      expectedCLs: test?.expectedCLs, observedLimit: limit?.observed,
      expectedLimits: limit?.expected.values, failures: failures)
  }
}
