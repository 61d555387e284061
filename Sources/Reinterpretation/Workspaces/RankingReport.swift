// SPDX-License-Identifier: Apache-2.0
import Figures
import Inference

/// How much each nuisance parameter moves the fitted signal strength, the largest first.
public struct RankingReport: Sendable, Hashable, Codable {
  /// Changes of the fitted signal strength for a parameter moved up and down; nil where that fit
  /// failed.
  public struct Impact: Sendable, Hashable, Codable {
    /// For the parameter moved up.
    public let up: Double?
    /// For the parameter moved down.
    public let down: Double?
  }

  /// One nuisance parameter.
  public struct Row: Sendable, Hashable, Codable {
    /// Its name, such as `alpha` or `gamma[2]`.
    public let parameter: String
    /// The fitted value.
    public let bestFit: Double
    /// From the Hessian.
    public let uncertainty: Double
    /// (best fit − auxiliary value)/width of the constraint; nil without a constraint.
    public let pull: Double?
    /// Fitted uncertainty over the width of the constraint; nil without a constraint.
    public let constraint: Double?
    /// For the width of the constraint; nil without a constraint.
    public let prefit: Impact?
    /// For the fitted uncertainty.
    public let postfit: Impact

    private enum CodingKeys: String, CodingKey {
      case parameter
      case bestFit = "best_fit"
      case uncertainty, pull, constraint
      case prefit = "prefit_impact"
      case postfit = "postfit_impact"
    }
  }

  /// The parameter of interest.
  public let poi: String
  /// The fitted signal strength.
  public let muHat: Double
  /// Its uncertainty from the Hessian.
  public let uncertainty: Double
  /// By size of the post-fit impact.
  public let ranking: [Row]
  /// Fits that failed, as sentences.
  public let failures: [String]

  private enum CodingKeys: String, CodingKey {
    case poi
    case muHat = "mu_hat"
    case uncertainty, ranking, failures
  }
}

extension WorkspaceSource {
  /// Ranks the free nuisance parameters by conditional fits, on all processors.
  public func ranking() async throws(Failure) -> RankingReport {
    try await classifiedWithName {
      let ranking = try await Ranking(try model())
      return RankingReport(
        poi: ranking.parameterOfInterest, muHat: ranking.muHat, uncertainty: ranking.uncertainty,
        ranking: ranking.rows.map(RankingReport.Row.init), failures: ranking.failures)
    }
  }
}

extension RankingReport.Row {
  init(_ row: Ranking.Row) {
    self.init(
      parameter: row.parameter, bestFit: row.bestFit, uncertainty: row.uncertainty,
      pull: row.pull?.value, constraint: row.pull?.uncertainty,
      prefit: row.prefit.map { RankingReport.Impact(up: $0.up, down: $0.down) },
      postfit: RankingReport.Impact(up: row.postfit.up, down: row.postfit.down))
  }
}

extension RankingReport {
  /// The ranking as SVG.
  ///
  /// - Parameters:
  ///   - title: stands above it.
  ///   - most: how many parameters are drawn, the first ones.
  public func figure(title: String = "", atMost most: Int = 20) throws(Failure) -> String {
    try classified {
      try RankingFigure(
        title: title, parameter: poi == "mu" ? "\\mu" : poi,
        entries: ranking.prefix(most).compactMap(\.entry)
      ).svg()
    }
  }
}

extension RankingReport.Row {
  /// Nil where a post-fit impact is missing.
  fileprivate var entry: RankingFigure.Entry? {
    guard let postfit = postfit.drawn else { return nil }
    let pull = pull.map { Figures.Pull(parameter, value: $0, uncertainty: constraint ?? 0) }
    return RankingFigure.Entry(
      parameter, pull: pull, prefit: prefit.flatMap(\.drawn), postfit: postfit)
  }
}

extension RankingReport.Impact {
  fileprivate var drawn: RankingFigure.Entry.Impact? {
    guard let up, let down else { return nil }
    return RankingFigure.Entry.Impact(up: up, down: down)
  }
}
