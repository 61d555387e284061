// SPDX-License-Identifier: Apache-2.0
import HistFactory

extension Analyzer {
  /// ∂ log CLs/∂(nominal yield), all data held fixed, modifiers' absolute templates too.
  ///
  /// The fits are at their minima, so q and qA change only through what depends on the yields
  /// explicitly (envelope theorem). For qA that includes the Asimov data, which change with the
  /// yields directly and through the conditional fit they are made at.
  func yieldDerivatives(
    of test: AsymptoticTest, observed: ProfiledStatistic, asimov: ProfiledStatistic
  ) throws -> [Double] {
    let background = try self.asimov()
    let likelihood = self.observed.likelihood
    var total = likelihood.yieldGradient(observed.free.point).map { _ in 0.0 }
    if observed.q > 0, test.derivativeQ != 0, let conditional = observed.conditional {
      add(
        2 * test.derivativeQ, likelihood.yieldGradient(conditional.point), to: &total)
      add(-2 * test.derivativeQ, likelihood.yieldGradient(observed.free.point), to: &total)
    }
    if asimov.q > 0, test.derivativeQAsimov != 0, let conditional = asimov.conditional {
      let byAsimov = 2 * test.derivativeQAsimov
      let likelihood = background.fitter.likelihood
      add(byAsimov, likelihood.yieldGradient(conditional.point), to: &total)
      add(-byAsimov, likelihood.yieldGradient(asimov.free.point), to: &total)
      let response = AsimovResponse(
        model, background: background.parameters, observed: self.observed.objective,
        poi: background.poi)
      add(
        byAsimov, response.throughData(free: asimov.free.point, conditional: conditional.point),
        to: &total)
    }
    return total
  }

  private func add(_ factor: Double, _ terms: [Double], to total: inout [Double]) {
    for i in total.indices { total[i] += factor * terms[i] }
  }
}
