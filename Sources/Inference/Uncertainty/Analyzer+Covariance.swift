// SPDX-License-Identifier: Apache-2.0

extension Analyzer {
  /// The inverse Hessian of −log L at a fit, in the order of the parameters.
  ///
  /// Parameters on a bound count as free, unless the Hessian is only positive definite without them:
  /// then they are fixed for the others.
  ///
  /// - Returns: nil where the Hessian isn't positive definite at all.
  /// - Complexity: one factorisation, parameters² after that for each parameter.
  public func covariance(at fit: FitResult) throws -> ParameterCovariance? {
    let objective = observed.objective
    let count = fit.bestFit.count
    var gradient = [Double](repeating: 0, count: count)
    _ = objective.evaluate(fit.bestFit, gradient: &gradient, curvature: .exact)
    var free = fit.isFixed.map { !$0 }
    if !objective.factorise(free: free, damping: 0) {
      for i in free.indices where observed.box.isAtBound(fit.bestFit[i], i) { free[i] = false }
      guard objective.factorise(free: free, damping: 0) else { return nil }
    }
    var values = [Double](repeating: 0, count: count * count)
    var unit = [Double](repeating: 0, count: count)
    var column = unit
    for i in unit.indices where free[i] {
      unit[i] = 1
      objective.solve(unit, into: &column)
      unit[i] = 0
      for j in column.indices { values[i * count + j] = column[j] }
    }
    // The two halves differ by rounding.
    for i in 0..<count {
      for j in 0..<i {
        let mean = 0.5 * (values[i * count + j] + values[j * count + i])
        values[i * count + j] = mean
        values[j * count + i] = mean
      }
    }
    return ParameterCovariance(count: count, values: values, varies: free)
  }

  /// √diag of the covariance at a fit, in the order of the parameters; 0 for fixed ones.
  ///
  /// Parameters on a bound count as free, unless the Hessian is only positive definite without them:
  /// then theirs is 0 and they are fixed for the others. Nil where it isn't positive definite at all.
  public func uncertainties(at fit: FitResult) throws -> [Double]? {
    try covariance(at: fit)?.uncertainties
  }
}
