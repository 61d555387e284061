// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// A fit repeated by a second minimiser, limited-memory BFGS from the suggested parameters.
public struct FitComparison: Sendable, Hashable, Codable {
  /// A parameter's two values.
  public struct Parameter: Sendable, Hashable, Codable {
    /// Its name, such as `mu` or `gamma[2]`.
    public let parameter: String
    /// Where the fit ended.
    public let value: Double
    /// Where the second minimiser ended.
    public let second: Double
    /// How far apart, in units of the parameter's uncertainty, or of 1 where none is known.
    public let distance: Double
  }

  /// Whether the second minimiser converged to the same −2 log L, or a higher one.
  public let confirms: Bool
  /// Whether it converged; if not, it says nothing about the fit.
  public let isConverged: Bool
  /// −2 log L where it ended.
  public let twiceNLL: Double
  /// That less the fit's: a negative number is a better fit.
  public let difference: Double
  /// Its evaluations of the likelihood.
  public let evaluations: Int
  /// The free parameters, those that differ most first.
  public let parameters: [Parameter]

  private enum CodingKeys: String, CodingKey {
    case confirms
    case isConverged = "converged"
    case twiceNLL = "twice_nll"
    case difference, evaluations, parameters
  }
}

/// One of the minima that fits from several starting points end in.
public struct FoundMinimum: Sendable, Hashable, Codable {
  /// −2 log L, with all constants.
  public let twiceNLL: Double
  /// How many starting points led there.
  public let hits: Int
  /// Parameter → values.
  public let parameters: [String: [Double]]

  private enum CodingKeys: String, CodingKey {
    case twiceNLL = "twice_nll"
    case hits
    case parameters = "mle_parameters"
  }
}

extension FitComparison {
  init(_ check: FitCrossCheck, of fit: FitResult, uncertainties: [Double]?, in model: Model) {
    confirms = check.confirms
    isConverged = check.isConverged
    twiceNLL = check.twiceNLL
    difference = check.difference
    evaluations = check.evaluations
    let (own, second) = (model.onBounds(fit.bestFit), model.onBounds(check.bestFit))
    parameters = fit.bestFit.indices.filter { !fit.isFixed[$0] }
      .map { index in
        let unit = uncertainties?[index] ?? 0
        return Parameter(
          parameter: model.parameterNames[index], value: own[index], second: second[index],
          distance: abs(second[index] - own[index]) / (unit > 0 ? unit : 1))
      }
      .sorted { ($0.distance, $1.parameter) > ($1.distance, $0.parameter) }
  }
}

extension FoundMinimum {
  init(_ minimum: FitMinimum, of model: Model) {
    self.init(
      twiceNLL: minimum.twiceNLL, hits: minimum.hits,
      parameters: model.named(model.onBounds(minimum.bestFit)))
  }
}
