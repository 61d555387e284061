// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// The background-only hypothesis: its conditional fit to the data, the Asimov data made from it and
/// the fits to those.
final class BackgroundOnly {
  /// Best fit to the data with no signal.
  let parameters: [Double]
  /// Expected data at those parameters; auxiliary data at their fitted values.
  let data: ModelData
  let fitter: Fitter
  let curve: ProfileCurve
  let poi: Int
  /// The best fit to the Asimov data.
  private(set) var bestFit: Minimum

  init(_ analyzer: Analyzer) throws {
    poi = try analyzer.parameterOfInterest()
    let conditional = try analyzer.conditionalFit(at: 0)
    parameters = conditional.point
    data = analyzer.model.expectedData(parameters)
    fitter = Fitter(analyzer.engine, data: data)
    curve = ProfileCurve(fitter, poi: poi)
    bestFit = try fitter.asimovFit(at: parameters, poi: poi)
    bestFit.tangent = bestFit.tangent ?? conditional.tangent
    curve.record(bestFit)
  }

  /// q of the Asimov data for a signal strength, its derivative and the conditional fit.
  func statistic(at mu: Double) throws -> ProfiledStatistic {
    try ProfiledStatistic(mu: mu, free: bestFit, poi: poi) { try curve.fit(at: mu) }
  }

  /// Rough standard deviation of the fitted signal strength without a signal, from the curvature.
  func signalStrengthUncertainty() -> Double {
    var gradient = [Double](repeating: 0, count: parameters.count)
    _ = fitter.objective.evaluate(parameters, gradient: &gradient, curvature: .positive)
    var unit = [Double](repeating: 0, count: parameters.count)
    unit[poi] = 1
    guard fitter.objective.factorise(free: fitter.box.isFixed.map { !$0 }, damping: 1e-9) else {
      return 1
    }
    fitter.objective.solve(unit, into: &gradient)
    let uncertainty = max(0, gradient[poi]).squareRoot()
    return uncertainty > 1e-12 && uncertainty < 1e4 ? uncertainty : 1
  }
}

extension Fitter {
  /// The best fit to the Asimov data made at `parameters`.
  ///
  /// Every term of the likelihood, Poisson or constraint, is largest where it expects what was
  /// observed. The Asimov data are what these parameters expect, so they are the best fit, unless
  /// their signal strength isn't allowed or −log L is undefined there.
  func asimovFit(at parameters: [Double], poi: Int) throws(FitFailure) -> Minimum {
    if box.lower[poi] <= parameters[poi], parameters[poi] <= box.upper[poi] {
      var minimum = Minimum()
      minimum.gradient = [Double](repeating: 0, count: parameters.count)
      minimum.point = parameters
      minimum.value = objective.evaluate(parameters, gradient: &minimum.gradient)
      minimum.evaluations = 1
      minimum.edm = 0
      minimum.projectedGradient = 0
      minimum.isConverged = true
      if minimum.value.isFinite { return minimum }
    }
    return try minimise(neighbours: [parameters], tangent: poi)
  }
}
