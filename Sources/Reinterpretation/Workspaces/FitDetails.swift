// SPDX-License-Identifier: Apache-2.0
import Figures
import HistFactory
import Inference

/// What a fit is asked for beside its values.
public struct FitDetails: Sendable, Hashable {
  /// Whether pulls are wanted.
  public var hasPulls = false
  /// Whether the correlation matrix is wanted.
  public var hasCorrelations = false
  /// Parameters whose profile-likelihood intervals are wanted, such as `mu` or `gamma[2]`.
  public var profiled: [String] = []
  /// Whether a second minimiser is to repeat the fit.
  public var hasCrossCheck = false
  /// Starting points, at least 1; with more the minima they lead to are wanted.
  public var starts = 1

  /// Nothing.
  public init() {}
}

/// How far a fit moved a constrained parameter, in units of the constraint's width.
public struct FitPull: Sendable, Hashable, Codable {
  /// The parameter, such as `alpha` or `gamma[2]`.
  public let parameter: String
  /// (best fit − auxiliary value)/width.
  public let pull: Double
  /// Fitted uncertainty over the width: 1 where the data add nothing; nil where it isn't known.
  public let constraint: Double?

  init(_ pull: Inference.Pull) {
    (parameter, self.pull, constraint) = (pull.parameter, pull.value, pull.uncertainty)
  }
}

/// Correlation coefficients of a fit's parameters.
public struct CorrelationTable: Sendable, Hashable, Codable {
  /// Parameters that vary, in the order of the model.
  public let parameters: [String]
  /// [parameters][parameters]
  public let matrix: [[Double]]

  init(_ covariance: ParameterCovariance, of model: Model) {
    let kept = covariance.varies.indices.filter { covariance.varies[$0] }
    let all = covariance.correlations
    parameters = kept.map { model.parameterNames[$0] }
    matrix = kept.map { row in kept.map { all[row * covariance.count + $0] } }
  }
}

/// The ends of a parameter's interval; nil where a bound of the parameter comes first.
public struct ProfileInterval: Sendable, Hashable, Codable {
  /// The lower end.
  public let lower: Double?
  /// The upper end.
  public let upper: Double?
}

extension BestFit {
  /// With more pulls than this a figure leaves out those of parameters that stayed as they were.
  private static let mostPulls = 80
  /// In units of the width of the constraint.
  private static let leastChange = 0.1

  /// The pulls as SVG; of more than 80 those with a pull of 0.1 or more, or with an uncertainty that
  /// changed by as much.
  ///
  /// - Throws: a fit without constrained parameters or not asked for its pulls.
  public func pullFigure(title: String = "") throws(Failure) -> String {
    try classified {
      let all = pulls ?? []
      let changed = all.filter {
        abs($0.pull) >= Self.leastChange || abs(1 - ($0.constraint ?? 0)) >= Self.leastChange
      }
      let drawn = all.count > Self.mostPulls && !changed.isEmpty ? changed : all
      return try PullFigure(
        title: title,
        notes: drawn.count == all.count
          ? []
          : [
            "\(drawn.count) of \(all.count) parameters: pulled, or constrained, by "
              + "\(Self.leastChange) or more"
          ],
        pulls: drawn.map {
          Figures.Pull($0.parameter, value: $0.pull, uncertainty: $0.constraint ?? 0)
        }
      ).svg()
    }
  }

  /// The correlations as SVG: of parameters that have one of `least` or more with another.
  ///
  /// - Throws: a fit without such parameters or not asked for its correlations.
  public func correlationFigure(title: String = "", least: Double = 0.1) throws(Failure) -> String {
    try classified {
      try CorrelationFigure(
        title: title, names: correlations?.parameters ?? [], matrix: correlations?.matrix ?? []
      ).keeping(correlationsOf: least).svg()
    }
  }
}
