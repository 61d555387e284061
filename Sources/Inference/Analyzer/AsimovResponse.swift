// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// How the Asimov data change with the nominal yields, and what that does to q of the Asimov data.
///
/// The Asimov data are E(θ₀(y), y): expected data at the conditional fit θ₀ to the observed data.
/// With v = ∂(qA/2)/∂data, the wanted vᵀ dE/dy = vᵀ ∂E/∂y + wᵀ dθ₀/dy, w = (∂E/∂θ)ᵀ v, where
/// dθ₀/dy = −H⁻¹ ∂²(−log L)/∂θ∂y by the implicit function theorem, H the Hessian over the free
/// parameters of the conditional fit.
struct AsimovResponse {
  private let model: Model
  /// θ₀.
  private let background: [Double]
  private let observed: Fitter
  private let poi: Int
  /// Of the Asimov data; its data are replaced to get at derivatives of what is expected.
  private let probe: Likelihood
  private let expected: ModelData

  init(_ model: Model, background: [Double], observed: Fitter, poi: Int) {
    self.model = model
    self.background = background
    self.observed = observed
    self.poi = poi
    expected = model.expectedData(background)
    probe = Likelihood(model, data: expected)
  }

  /// ½ dqA/dy through the Asimov data, flat over nominal yields.
  ///
  /// free, conditional: the fits to the Asimov data that qA compares.
  func throughData(free: [Double], conditional: [Double]) -> [Double] {
    // Poisson terms depend on their observation as −n log ν.
    let main = zip(model.expectedData(free).main, model.expectedData(conditional).main).map {
      $0 > 0 && $1 > 0 ? log($0 / $1) : 0
    }
    let (explicit, throughMain) = pullBack(main)
    var byParameter = throughMain
    addAuxiliaryTerms(free: free, conditional: conditional, to: &byParameter)
    let implicit = throughConditionalFit(byParameter)
    return zip(explicit, implicit).map { $0 + $1 }
  }

  /// vᵀ∂ν/∂y and vᵀ∂ν/∂θ at θ₀ for a covector v over the bins.
  ///
  /// The gradient of a Poisson term is (1 − n/ν)·∂ν, so data n = ν (1 − εv) give ε times what is
  /// asked for, with no constraint's term as the auxiliary data are as expected.
  private func pullBack(_ covector: [Double]) -> (yields: [Double], parameters: [Double]) {
    var gradient = [Double](repeating: 0, count: background.count)
    probe.data = expected
    let atRest = probe.yieldGradient(background)
    let largest = covector.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return (atRest.map { _ in 0 }, gradient) }
    let epsilon = 0.5 / largest
    probe.data.main = zip(expected.main, covector).map { $0 * (1 - epsilon * $1) }
    _ = probe.evaluate(background, gradient: &gradient)
    let yields = zip(probe.yieldGradient(background), atRest).map { ($0 - $1) / epsilon }
    return (yields, gradient.map { $0 / epsilon })
  }

  /// Auxiliary data follow their parameters: θ itself under a normal constraint, γτ under a Poisson.
  private func addAuxiliaryTerms(
    free: [Double], conditional: [Double], to gradient: inout [Double]
  ) {
    for parameter in model.parameters {
      for (slot, i) in parameter.range.enumerated() {
        switch parameter.constraint {
        case .none: break
        case .normal(_, let sigmas):
          gradient[i] += (free[i] - conditional[i]) / (sigmas[slot] * sigmas[slot])
        case .poisson(_, let tau):
          guard conditional[i] > 0, free[i] > 0 else { continue }
          gradient[i] += tau[slot] * log(free[i] / conditional[i])
        }
      }
    }
  }

  /// wᵀ dθ₀/dy: one solve for λ = H⁻¹w, then the derivative of ∂(−log L)/∂y along −λ, by
  /// Richardson's extrapolation of central differences of that exact gradient.
  private func throughConditionalFit(_ covector: [Double]) -> [Double] {
    let objective = observed.objective
    var gradient = [Double](repeating: 0, count: background.count)
    _ = objective.evaluate(background, gradient: &gradient, curvature: .exact)
    let free = freeParameters(gradient)
    var direction = gradient.map { _ in 0.0 }
    guard
      objective.factorise(free: free, damping: 0) || objective.factorise(free: free, damping: 1e-9)
    else { return observed.likelihood.yieldGradient(background).map { _ in .nan } }
    objective.solve(covector, into: &direction)
    let length = direction.reduce(0) { max($0, abs($1)) }
    guard length > 0 else { return observed.likelihood.yieldGradient(background).map { _ in 0 } }
    func difference(_ step: Double) -> [Double] {
      let up = yieldGradient(along: direction, -step / length)
      let down = yieldGradient(along: direction, step / length)
      return zip(up, down).map { ($0 - $1) * length / (2 * step) }
    }
    return zip(difference(1e-3), difference(2e-3)).map { (4 * $0 - $1) / 3 }
  }

  private func yieldGradient(along direction: [Double], _ length: Double) -> [Double] {
    observed.likelihood.yieldGradient(zip(background, direction).map { $0 + length * $1 })
  }

  /// Parameters of the conditional fit that no bound holds.
  private func freeParameters(_ gradient: [Double]) -> [Bool] {
    let box = observed.box
    return gradient.indices.map { i in
      i != poi && !box.isFixed[i] && !box.blocks(background[i], at: i, step: -gradient[i])
    }
  }
}
