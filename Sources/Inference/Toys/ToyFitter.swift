// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// The test statistic of one toy after the other; one per task.
///
/// Fits start at the parameters the toys are drawn at and keep nothing from one toy to the next, so
/// that a toy's number doesn't depend on which ones came before; the minimum next to there is taken.
/// Where a fit fails, the thorough search of `Fitter` takes over.
final class ToyFitter {
  private let model: Model
  private let options: FitOptions
  private let poi: Int
  private let mu: Double
  private let statistic: ProfileStatistic
  private let minimiser: NonNegativeMinimiser
  private let freeBox: Box
  private let conditionalBox: Box

  init(_ model: Model, options: FitOptions, poi: Int, mu: Double, statistic: ProfileStatistic) {
    self.model = model
    self.options = options
    self.poi = poi
    self.mu = mu
    self.statistic = statistic
    minimiser = NonNegativeMinimiser(model, maximumIterations: options.maximumIterations)
    var box = Box(model)
    if mu > box.upper[poi] { box.upper[poi] = .infinity }
    freeBox = box
    box.isFixed[poi] = true
    conditionalBox = box
  }

  /// ≥ 0; start: where the toy was drawn.
  func statistic(of data: ModelData, start: [Double]) throws(FitFailure) -> Double {
    minimiser.take(data, drawnAt: start)
    var free = try freeFit(data, from: start)
    guard statistic.counts(mu: mu, muHat: free.point[poi]) else { return 0 }
    let conditional = try conditionalFit(data, from: free, start: start)
    var difference = 2 * (conditional.value - free.value)
    if difference < -ProfiledStatistic.tolerance {
      // The free fit ended in the wrong minimum.
      free = try freeFit(data, from: conditional.point)
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

  private func freeFit(_ data: ModelData, from start: [Double]) throws(FitFailure) -> Minimum {
    let found = minimiser.minimise(from: start, in: freeBox, tangent: poi)
    return found.isConverged ? found : try search(data, from: start, fixing: [:])
  }

  /// Starts where the free fit's tangent points, else where the toy was drawn.
  private func conditionalFit(_ data: ModelData, from free: Minimum, start: [Double])
    throws(FitFailure) -> Minimum
  {
    var first = free.moved(along: poi, to: mu)
    first[poi] = mu
    let found = minimiser.minimise(from: first, in: conditionalBox)
    if found.isConverged { return found }
    var second = start
    second[poi] = mu
    let other = minimiser.minimise(from: second, in: conditionalBox)
    return other.isConverged ? other : try search(data, from: first, fixing: [poi: mu])
  }

  private func search(_ data: ModelData, from start: [Double], fixing: [Int: Double])
    throws(FitFailure) -> Minimum
  {
    let fitter = Fitter(FitEngine(model, data: data, options: options), data: data)
    fitter.rescues = 2
    let unbounding = freeBox.upper[poi] == .infinity && fixing.isEmpty ? poi : nil
    let found = try fitter.minimise(
      fixing: fixing, unbounding: unbounding, neighbours: [start], tangent: poi)
    guard minimiser.isAllowed(found.point) else {
      throw FitFailure(
        description: "the fit\(fixing.isEmpty ? "" : " at a signal strength of \(mu)") didn't "
          + "converge but where a bin in which nothing is drawn expects less than nothing: give "
          + "the model a lower limit of yields, or narrower bounds")
    }
    return found
  }
}
