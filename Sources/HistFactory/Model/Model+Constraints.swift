// SPDX-License-Identifier: Apache-2.0

extension Model {
  /// The widths of the constraints, one per slot of the parameters: σ of a normal one, 1/√τ of a
  /// Poisson one, whatever its auxiliary data are; nil without a constraint.
  ///
  /// They are the parameters' uncertainties before a fit, as in pyhf 0.7.6 (`width()` of its parameter
  /// sets) and so in cabinetry 0.6.0 (`model_utils.prefit_uncertainties`).
  public var constraintWidths: [Double?] {
    parameters.flatMap { parameter -> [Double?] in
      switch parameter.constraint {
      case .none: parameter.range.map { _ in nil }
      case .normal(_, let sigmas): sigmas
      case .poisson(_, let tau): tau.map { $0 > 0 ? 1 / $0.squareRoot() : nil }
      }
    }
  }

  /// The values that auxiliary measurements give, one per slot of the parameters: the mean of a
  /// normal constraint, count over rate of a Poisson one; nil without a constraint.
  public var constraintCentres: [Double?] {
    parameters.flatMap { parameter -> [Double?] in
      switch parameter.constraint {
      case .none: parameter.range.map { _ in nil }
      case .normal(let auxiliary, _): auxiliary
      case .poisson(let auxiliary, let tau):
        zip(auxiliary, tau).map { $1 > 0 ? $0 / $1 : nil }
      }
    }
  }
}
