// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// The profile likelihood of a parameter at chosen values.
public struct LikelihoodScan: Sendable, Hashable, Codable {
  /// One value of the parameter.
  public struct Point: Sendable, Hashable, Codable {
    /// The parameter's value.
    public let value: Double
    /// −2 log L of the conditional fit there less that of the best fit; nil where that fit failed.
    public let rise: Double?
    /// Why there is no number; nil where there is.
    public let failure: String?
  }

  /// Flat name of the parameter.
  public let parameter: String
  /// Its value at the best fit.
  public let bestFit: Double
  /// In the order in which the values were given.
  public let points: [Point]
}

extension Analyzer {
  /// Scans a parameter's profile likelihood; a point whose fit fails says so and ends nothing.
  ///
  /// - Parameters:
  ///   - index: flat index of the parameter.
  ///   - values: finite, in any order, also outside the parameter's bounds.
  ///   - fit: the best fit to the data of this analyzer; nil makes it.
  /// - Throws: `InvalidHypothesis` for a fixed parameter or a value that isn't finite; `FitFailure` of
  ///   the best fit.
  public func scan(of index: Int, at values: [Double], around fit: FitResult? = nil) throws
    -> LikelihoodScan
  {
    let fit = try fit ?? self.fit()
    try checkProfiled(index, fit)
    if let value = values.first(where: { !$0.isFinite }) {
      throw InvalidHypothesis(
        description: "'\(model.parameterNames[index])' can't be scanned at \(value)")
    }
    let curve = ProfileCurve(observed, of: index, around: fit)
    // Outwards from the best fit, so that each fit starts from its neighbour.
    let order = values.indices.sorted {
      abs(values[$0] - fit.bestFit[index]) < abs(values[$1] - fit.bestFit[index])
    }
    var points = [LikelihoodScan.Point?](repeating: nil, count: values.count)
    for i in order {
      do throws(FitFailure) {
        let rise = 2 * (try curve.fit(at: values[i]).value) - fit.twiceNLL
        points[i] = LikelihoodScan.Point(value: values[i], rise: rise, failure: nil)
      } catch {
        points[i] = LikelihoodScan.Point(
          value: values[i], rise: nil, failure: error.description)
      }
    }
    return LikelihoodScan(
      parameter: model.parameterNames[index], bestFit: fit.bestFit[index],
      points: points.compactMap { $0 })
  }
}
