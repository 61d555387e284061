// SPDX-License-Identifier: Apache-2.0
public import HistFactory

extension Ranking {
  /// Ranks nuisance parameters by up to four conditional fits each, in parallel.
  ///
  /// - Parameters:
  ///   - model: what is fitted.
  ///   - data: nil takes the workspace's observations.
  ///   - options: of every fit.
  ///   - parameters: flat indices to rank; nil takes all that aren't fixed, without that of interest.
  ///   - width: number of tasks; nil takes that of the processors. The numbers depend on it within the
  ///     accuracy of the fits only.
  /// - Throws: `InvalidHypothesis` without a parameter of interest or where the Hessian at the best
  ///   fit isn't positive definite; `FitFailure` of the best fit; `CancellationError`.
  public init(
    _ model: Model, data: ModelData? = nil, options: FitOptions = FitOptions(),
    parameters: [Int]? = nil, width: Int? = nil
  ) async throws {
    let start = try RankingStart(model, data: data, options: options, parameters: parameters)
    let fits = try await concurrentMap(
      count: start.shifts.count, width: width,
      makeWorker: { try Analyzer(model, data: data, options: options) },
      transform: { analyzer, index in start.impact(of: start.shifts[index], analyzer) })
    let names = model.parameterNames
    let pulls = Dictionary(uniqueKeysWithValues: start.pulls.map { ($0.parameter, $0) })
    var next = fits[...]
    func impact(_ isWanted: Bool) -> Impact? {
      guard isWanted else { return nil }
      return Impact(up: next.popFirst()?.impact, down: next.popFirst()?.impact)
    }
    let rows = start.ranked.map { index in
      let postfit = impact(true) ?? Impact(up: nil, down: nil)
      return Row(
        parameter: names[index], bestFit: start.fit.bestFit[index],
        uncertainty: start.uncertainties[index], pull: pulls[names[index]],
        prefit: impact(start.widths[index] != nil), postfit: postfit)
    }
    parameterOfInterest = names[start.poi]
    muHat = start.fit.bestFit[start.poi]
    uncertainty = start.uncertainties[start.poi]
    failures = fits.compactMap(\.failure)
    self.rows = rows.enumerated().sorted {
      ($0.element.postfit.size, $1.offset) > ($1.element.postfit.size, $0.offset)
    }.map(\.element)
  }
}

/// The best fit from which a ranking starts.
private struct RankingStart: Sendable {
  struct Shift: Sendable {
    let parameter: Int
    let value: Double
  }

  let fit: FitResult
  let poi: Int
  let covariance: ParameterCovariance
  let uncertainties: [Double]
  let pulls: [Pull]
  let widths: [Double?]
  let ranked: [Int]
  /// For each ranked parameter up and down by the fitted uncertainty, then by the width if any.
  let shifts: [Shift]

  init(_ model: Model, data: ModelData?, options: FitOptions, parameters: [Int]?) throws {
    let analyzer = try Analyzer(model, data: data, options: options)
    let poi = try analyzer.parameterOfInterest()
    let fit = try analyzer.fit()
    guard let covariance = try analyzer.covariance(at: fit) else {
      throw InvalidHypothesis(
        description: "the Hessian at the best fit isn't positive definite, so no uncertainties are "
          + "known to rank by; more starting points or fixing parameters without effect may help")
    }
    let uncertainties = covariance.uncertainties
    let widths = model.constraintWidths
    ranked = try (parameters ?? Array(fit.bestFit.indices)).filter { index in
      guard fit.bestFit.indices.contains(index) else {
        throw InvalidHypothesis(
          description: "there is no parameter \(index): the model has \(fit.bestFit.count)")
      }
      return index != poi && !fit.isFixed[index]
    }
    shifts = ranked.flatMap { index in
      [uncertainties[index], widths[index]].compactMap { $0 }.flatMap { step in
        [1.0, -1].map { Shift(parameter: index, value: fit.bestFit[index] + $0 * step) }
      }
    }
    pulls = analyzer.pulls(of: fit, covariance: covariance)
    self.poi = poi
    self.fit = fit
    self.covariance = covariance
    self.uncertainties = uncertainties
    self.widths = widths
  }

  /// Starts where the best fit moves to first order.
  func impact(of shift: Shift, _ analyzer: Analyzer) -> (impact: Double?, failure: String?) {
    let index = shift.parameter
    let step = shift.value - fit.bestFit[index]
    let variance = covariance[index, index]
    guard step != 0 else { return (0, nil) }
    var start = fit.bestFit
    if variance > 0 {
      for i in start.indices { start[i] += step * covariance[i, index] / variance }
    }
    do throws(FitFailure) {
      let moved = try analyzer.observed.minimise(fixing: [index: shift.value], neighbours: [start])
      return (moved.point[poi] - fit.bestFit[poi], nil)
    } catch {
      return (nil, error.description)
    }
  }
}
