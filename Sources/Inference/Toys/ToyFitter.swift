// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// The test statistic of one toy after the other; one per task.
///
/// Fits start at the parameters the toys are drawn at and keep nothing from one toy to the next, so
/// that a toy's number doesn't depend on which ones came before; the minimum next to there is taken. Where a fit fails, the thorough
/// search of `Fitter` takes over.
final class ToyFitter {
  private let model: Model
  private let options: FitOptions
  private let poi: Int
  private let mu: Double
  private let statistic: ProfileStatistic
  private let objective: LikelihoodObjective
  private let newton: ProjectedNewton<LikelihoodObjective>
  private let freeBox: Box
  private let conditionalBox: Box

  init(_ model: Model, options: FitOptions, poi: Int, mu: Double, statistic: ProfileStatistic) {
    self.model = model
    self.options = options
    self.poi = poi
    self.mu = mu
    self.statistic = statistic
    objective = LikelihoodObjective(Likelihood(model, data: model.data))
    newton = ProjectedNewton(objective)
    newton.maximumIterations = options.maximumIterations
    var box = Box(
      lower: model.bounds.map(\.lowerBound), upper: model.bounds.map(\.upperBound),
      isFixed: model.isFixed)
    if mu > box.upper[poi] { box.upper[poi] = .infinity }
    freeBox = box
    box.isFixed[poi] = true
    conditionalBox = box
  }

  /// ≥ 0; start: where the toy was drawn.
  func statistic(of data: ModelData, start: [Double]) throws(FitFailure) -> Double {
    objective.likelihood.data = data
    var free = newton.minimise(from: start, in: freeBox)
    free.tangent = free.isConverged ? newton.tangent(along: poi) : nil
    if !free.isConverged { free = try search(data, from: start, fixing: [:]) }
    guard statistic.counts(mu: mu, muHat: free.point[poi]) else { return 0 }
    var conditionalStart = free.moved(along: poi, to: mu)
    conditionalStart[poi] = mu
    var conditional = newton.minimise(from: conditionalStart, in: conditionalBox)
    if !conditional.isConverged {
      conditional = try search(data, from: conditionalStart, fixing: [poi: mu])
    }
    var difference = 2 * (conditional.value - free.value)
    if difference < -ProfiledStatistic.tolerance {
      // The free fit ended in the wrong minimum.
      free = try search(data, from: conditional.point, fixing: [:])
      guard statistic.counts(mu: mu, muHat: free.point[poi]) else { return 0 }
      difference = 2 * (conditional.value - free.value)
    }
    guard difference.isFinite, difference > -1e-6 else {
      throw FitFailure(
        description: "the best fit lies \(-difference) above the fit at a signal strength of \(mu) "
          + "in −2 log L: more starting points may help")
    }
    return max(0, difference)
  }

  private func search(_ data: ModelData, from start: [Double], fixing: [Int: Double])
    throws(FitFailure) -> Minimum
  {
    let fitter = Fitter(FitEngine(model, data: data, options: options), data: data)
    fitter.rescues = 2
    let unbounding = freeBox.upper[poi] == .infinity && fixing.isEmpty ? poi : nil
    return try fitter.minimise(
      fixing: fixing, unbounding: unbounding, neighbours: [start], tangent: poi)
  }
}
