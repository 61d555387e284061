// SPDX-License-Identifier: Apache-2.0

/// min −log L as a function of the parameter of interest, for one data set: each fit is made once
/// and starts from the nearest one that is known.
final class ProfileCurve {
  private let fitter: Fitter
  private let poi: Int
  /// Conditional fits by value of the parameter of interest.
  private var fits: [Double: Minimum] = [:]
  /// Solutions of other problems that lie near: starting points.
  private var hints: [[Double]] = []

  init(_ fitter: Fitter, poi: Int) {
    self.fitter = fitter
    self.poi = poi
  }

  func addHint(_ point: [Double]) { hints.append(point) }

  /// The conditional fit at a value.
  func fit(at value: Double) throws(FitFailure) -> Minimum {
    if let known = fits[value] { return known }
    var neighbours: [[Double]] = []
    if let nearest = fits.keys.min(by: { distance($0, value) < distance($1, value) }),
      let fit = fits[nearest]
    {
      neighbours.append(fit.point)
    } else if let hint = hints.min(by: { distance($0[poi], value) < distance($1[poi], value) }) {
      neighbours.append(hint)
    }
    let found = try fitter.minimise(fixing: [poi: value], neighbours: neighbours)
    fits[value] = found
    return found
  }

  /// Nearness of signal strengths: ties go to the smaller, so that the order of a dictionary doesn't
  /// matter.
  private func distance(_ a: Double, _ b: Double) -> Double {
    abs(a - b) + (a < b ? 0 : 1e-12 * abs(b))
  }

  /// The lowest of the conditional fits.
  var lowest: Minimum? { fits.values.min { ($0.value, $0.point[poi]) < ($1.value, $1.point[poi]) } }
}
