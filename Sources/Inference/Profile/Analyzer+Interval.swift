// SPDX-License-Identifier: Apache-2.0
import HistFactory

extension Analyzer {
  /// The interval of a parameter in which the profile of −2 log L rises by less than `rise`.
  ///
  /// - Parameters:
  ///   - index: flat index of the parameter.
  ///   - fit: the best fit to the data of this analyzer.
  ///   - rise: positive; 1 for one standard deviation.
  ///   - covariance: that of the same fit, as `covariance(at:)` gives it, which tells where to look
  ///     first; nil makes it, once for each call.
  /// - Throws: `InvalidHypothesis` for a fixed parameter or a rise that isn't positive, and where the
  ///   profile comes across a better minimum than the fit; `FitFailure`.
  public func interval(
    of index: Int, around fit: FitResult, rise: Double = 1, covariance: ParameterCovariance? = nil
  ) throws -> ParameterInterval {
    try checkProfiled(index, fit)
    guard rise > 0, rise < .infinity else {
      throw InvalidHypothesis(
        description: "an interval can't rise by \(rise); 1 is one standard deviation")
    }
    let width =
      try (covariance ?? self.covariance(at: fit)).map { max(0, $0[index, index]).squareRoot() }
      ?? model.constraintWidths[index] ?? 0
    let profile = Profile(self, index: index, fit: fit)
    let lower = try profile.end(direction: -1, rise: rise, guess: width * rise.squareRoot())
    let upper = try profile.end(direction: 1, rise: rise, guess: width * rise.squareRoot())
    return ParameterInterval(
      parameter: model.parameterNames[index], bestFit: fit.bestFit[index], lower: lower,
      upper: upper, rise: rise)
  }

  func checkProfiled(_ index: Int, _ fit: FitResult) throws(InvalidHypothesis) {
    guard fit.bestFit.indices.contains(index) else {
      throw InvalidHypothesis(
        description: "there is no parameter \(index): the model has \(fit.bestFit.count)")
    }
    guard !fit.isFixed[index] else {
      throw InvalidHypothesis(
        description: "'\(model.parameterNames[index])' is fixed, so its likelihood has no profile: "
          + "take a fit that leaves it free")
    }
  }
}

/// The profile likelihood of one parameter around a fit.
private struct Profile {
  let analyzer: Analyzer
  let index: Int
  let fit: FitResult
  let curve: ProfileCurve

  init(_ analyzer: Analyzer, index: Int, fit: FitResult) {
    self.analyzer = analyzer
    self.index = index
    self.fit = fit
    curve = ProfileCurve(analyzer.observed, of: index, around: fit)
  }

  /// √(rise of −2 log L) is nearly linear in the distance from the best fit.
  func end(direction: Double, rise: Double, guess: Double) throws -> Double? {
    let start = fit.bestFit[index]
    let box = analyzer.observed.box
    var search = IncreasingRoot()
    search.maximum = direction < 0 ? start - box.lower[index] : box.upper[index] - start
    guard search.maximum > 1e-9 * max(1, abs(start)) else { return nil }
    // A point where nothing can be fitted lies too far out: beyond the end, unless none is found.
    var failure: FitFailure?
    let outcome = try search.solve(
      target: rise.squareRoot(), guess: min(guess, search.maximum)
    ) { distance in
      let conditional: Minimum
      do throws(FitFailure) {
        conditional = try curve.fit(at: start + direction * distance)
      } catch {
        failure = error
        return (.infinity, 0)
      }
      let found = 2 * conditional.value - fit.twiceNLL
      guard found > -1e-7 else { throw betterMinimum(at: conditional, by: -found) }
      let root = max(0, found).squareRoot()
      let slope = direction * conditional.gradient[index]
      return (root, root > 0 ? slope / root : 0)
    }
    switch outcome {
    case .found(let distance):
      let end = start + direction * distance
      if let failure {
        let found = 2 * (try curve.fit(at: end).value) - fit.twiceNLL
        guard abs(found - rise) < 1e-3 * rise else { throw failure }
      }
      return end
    case .staysBelow: return nil
    case .staysAbove, .undefined, .notConverged:
      if let failure { throw failure }
      throw InvalidHypothesis(
        description: "the interval of '\(analyzer.model.parameterNames[index])' has no end "
          + (direction < 0 ? "below" : "above") + " \(start): its likelihood jumps there")
    }
  }

  private func betterMinimum(at conditional: Minimum, by difference: Double) -> InvalidHypothesis {
    InvalidHypothesis(
      description:
        "the profile of '\(analyzer.model.parameterNames[index])' found a better minimum "
        + "than the fit, by \(difference) in −2 log L: fit again with more starting points")
  }
}
