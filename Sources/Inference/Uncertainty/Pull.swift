// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// What a fit makes of a constrained parameter, in units of the constraint's width.
public struct Pull: Sendable, Hashable, Codable {
  /// Flat name of the parameter.
  public let parameter: String
  /// (best fit − auxiliary value)/width: 0 where the data agree with the auxiliary measurement.
  public let value: Double
  /// Fitted uncertainty over the width: 1 where the data add nothing; nil where it isn't known.
  public let uncertainty: Double?
}

extension Analyzer {
  /// The pulls of the constrained parameters that the fit didn't fix, in the order of the model.
  ///
  /// covariance: that of the same fit, as `covariance(at:)` gives it.
  public func pulls(of fit: FitResult, covariance: ParameterCovariance?) -> [Pull] {
    let names = model.parameterNames
    let uncertainties = covariance?.uncertainties
    let widths = model.constraintWidths
    let centres = model.constraintCentres
    return names.indices.compactMap { i in
      guard !fit.isFixed[i], let width = widths[i], let centre = centres[i] else { return nil }
      return Pull(
        parameter: names[i], value: (fit.bestFit[i] - centre) / width,
        uncertainty: covariance?.varies[i] == true ? uncertainties.map { $0[i] / width } : nil)
    }
  }
}
