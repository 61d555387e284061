// SPDX-License-Identifier: Apache-2.0

/// min −log L as a function of one parameter, mostly that of interest, for one data set: each fit is
/// made once and starts from the nearest one that is known.
final class ProfileCurve {
  private let fitter: Fitter
  private let poi: Int
  /// Other parameters that are kept.
  private let fixing: [Int: Double]
  /// Conditional fits by value of the parameter.
  private var fits: [Double: Minimum] = [:]

  init(_ fitter: Fitter, poi: Int, fixing: [Int: Double] = [:]) {
    self.fitter = fitter
    self.poi = poi
    self.fixing = fixing
  }

  /// The curve of a parameter around a fit, the parameters that the fit fixed being kept.
  init(_ fitter: Fitter, of index: Int, around fit: FitResult) {
    self.fitter = fitter
    poi = index
    var fixing: [Int: Double] = [:]
    for i in fit.isFixed.indices where fit.isFixed[i] { fixing[i] = fit.bestFit[i] }
    self.fixing = fixing
    var best = Minimum()
    best.point = fit.bestFit
    best.value = 0.5 * fit.twiceNLL
    best.gradient = fit.bestFit.map { _ in 0 }
    best.isConverged = true
    record(best)
  }

  /// A free fit is the conditional fit at its own value.
  func record(_ free: Minimum) {
    if fits[free.point[poi]] == nil { fits[free.point[poi]] = free }
  }

  /// The conditional fit at a value.
  func fit(at value: Double) throws(FitFailure) -> Minimum {
    if let known = fits[value] { return known }
    var neighbours: [[Double]] = []
    // Equally near ones are told apart: the order of a dictionary differs between processes.
    if let nearest = fits.keys.min(by: {
      (abs($0 - value), $0) < (abs($1 - value), $1)
    }),
      let fit = fits[nearest]
    {
      neighbours.append(fit.moved(along: poi, to: value))
    }
    let fixed = fixing.merging([poi: value]) { $1 }
    let found = try fitter.minimise(fixing: fixed, neighbours: neighbours, tangent: poi)
    fits[value] = found
    return found
  }
}

extension Minimum {
  /// Where the minimum goes, to first order, when a parameter takes a value.
  func moved(along index: Int, to value: Double) -> [Double] {
    guard let tangent else { return point }
    let step = value - point[index]
    return zip(point, tangent).map { $0 + step * $1 }
  }
}
