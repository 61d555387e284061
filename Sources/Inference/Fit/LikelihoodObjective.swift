// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// −log L as something to minimise.
final class LikelihoodObjective: Objective {
  let likelihood: Likelihood
  private let hessian: StructuredHessian

  init(_ likelihood: Likelihood) {
    self.likelihood = likelihood
    hessian = StructuredHessian(for: likelihood.model)
  }

  var dimension: Int { likelihood.model.inits.count }

  func evaluate(_ point: [Double], gradient: inout [Double]) -> Double {
    likelihood.evaluate(point, gradient: &gradient)
  }

  func evaluate(_ point: [Double], gradient: inout [Double], curvature: Curvature) -> Double {
    likelihood.evaluate(
      point, gradient: &gradient, hessian: hessian, fisher: curvature == .positive)
  }

  func factorise(free: [Bool], damping: Double) -> Bool {
    hessian.factorise(free: free, damping: damping)
  }

  func solve(_ rhs: [Double], into solution: inout [Double]) {
    hessian.solve(rhs, into: &solution)
  }
}
