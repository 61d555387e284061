// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// How well the best fit describes the data, measured against the saturated model, which has a
/// parameter for every bin (R. D. Cousins, "Generalization of chisquare goodness-of-fit test for
/// binned data using saturated models", 2013).
public struct GoodnessOfFit: Sendable, Hashable, Codable {
  /// −2 log(L of the best fit/L of the saturated model), asymptotically distributed as χ².
  public let chiSquared: Double
  /// Bins less free parameters without a constraint; not positive where nothing can be tested.
  public let degreesOfFreedom: Int
  /// The probability of a worse fit; nil without degrees of freedom.
  public let pValue: Double?
}

extension Analyzer {
  /// Goodness of a fit to the data of this analyzer.
  ///
  /// - Throws: `InvalidHypothesis` where −2 log L of the fit or of the saturated model isn't a number.
  public func goodnessOfFit(_ fit: FitResult) throws(InvalidHypothesis) -> GoodnessOfFit {
    let saturated = 2 * saturatedNegativeLogLikelihood
    let difference = fit.twiceNLL - saturated
    guard difference.isFinite else {
      throw InvalidHypothesis(
        description: "the fit has no goodness: −2 log L is \(fit.twiceNLL), and \(saturated) for "
          + "the saturated model; check the data and the constraints' widths")
    }
    let chiSquared = max(0, difference)
    var unconstrained = 0
    for parameter in model.parameters where parameter.constraint == .none {
      unconstrained += parameter.range.count { !fit.isFixed[$0] }
    }
    let degrees = observed.data.main.count - unconstrained
    return GoodnessOfFit(
      chiSquared: chiSquared, degreesOfFreedom: degrees,
      pValue: degrees > 0
        ? ChiSquared.survival(chiSquared, degreesOfFreedom: degrees) : nil)
  }

  /// −log L where every bin expects what was observed and every parameter what its auxiliary
  /// measurement says.
  private var saturatedNegativeLogLikelihood: Double {
    func poisson(_ count: Double) -> Double {
      (count > 0 ? count - count * log(count) : 0) + lgamma(count + 1)
    }
    var total = observed.data.main.reduce(0) { $0 + poisson($1) }
    var next = 0
    for parameter in model.parameters {
      switch parameter.constraint {
      case .none: continue
      case .normal(_, let sigmas):
        total += sigmas.reduce(0) { $0 + log($1 * (2 * Double.pi).squareRoot()) }
      case .poisson:
        for slot in parameter.range.indices {
          total += poisson(observed.data.auxiliary[next + slot - parameter.range.lowerBound])
        }
      }
      next += parameter.range.count
    }
    return total
  }
}
