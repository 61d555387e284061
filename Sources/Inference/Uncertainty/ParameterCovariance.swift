// SPDX-License-Identifier: Apache-2.0

/// The covariance of a fit's parameters: the inverse Hessian of −log L at the best fit.
public struct ParameterCovariance: Sendable, Hashable {
  /// Number of parameters, fixed ones included.
  public let count: Int
  /// Row-major [count × count]; 0 in the rows and columns of parameters that don't vary.
  public let values: [Double]
  /// False for fixed parameters, and for those held on a bound because the Hessian is only positive
  /// definite without them.
  public let varies: [Bool]

  /// Covariance of two parameters.
  public subscript(row: Int, column: Int) -> Double { values[row * count + column] }

  /// Standard deviations, 0 for parameters that don't vary.
  public var uncertainties: [Double] {
    (0..<count).map { max(0, self[$0, $0]).squareRoot() }
  }

  /// Correlation coefficients, row-major [count × count]: 1 on the diagonal, 0 beside it for
  /// parameters that don't vary.
  public var correlations: [Double] {
    let uncertainties = uncertainties
    var result = values
    for i in 0..<count {
      for j in 0..<count {
        let product = uncertainties[i] * uncertainties[j]
        result[i * count + j] = i == j ? 1 : product > 0 ? self[i, j] / product : 0
      }
    }
    return result
  }
}
