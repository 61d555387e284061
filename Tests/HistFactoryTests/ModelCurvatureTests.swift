// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// The structured Hessian against differences of the exact gradient, and its solver.
@Suite(.enabled(if: ModelOracle.isAvailable, "needs shared/data/workspaces beside the checkout"))
struct ModelCurvatureTests {
  /// Largest |H_ij − differences| / √(H_ii H_jj) over all elements.
  private func worstDeviation(_ model: Model, at point: [Double]) -> Double {
    let likelihood = Likelihood(model, data: model.data)
    let hessian = StructuredHessian(for: model)
    var gradient: [Double] = [], difference: [Double] = []
    _ = likelihood.evaluate(point, gradient: &gradient, hessian: hessian, fisher: false)
    let dense = hessian.dense(), count = point.count
    let step = 3e-4
    var worst = 0.0
    for i in 0..<count {
      // Five points: the error is of fourth order in the step.
      difference = Array(repeating: 0, count: count)
      for (offset, weight) in [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)] {
        var moved = point
        moved[i] += offset * step
        _ = likelihood.evaluate(moved, gradient: &gradient)
        for j in 0..<count { difference[j] += weight * gradient[j] / (12 * step) }
      }
      for j in 0..<count {
        let scale = (abs(dense[i * count + i]) * abs(dense[j * count + j])).squareRoot()
        worst = max(worst, abs(dense[i * count + j] - difference[j]) / max(scale, 1e-3))
      }
    }
    return worst
  }

  @Test(arguments: ModelOracle.cases)
  func hessianIsTheDerivativeOfTheGradient(_ oracle: ModelOracle.Case) throws {
    let model = try Model(ModelOracle.workspace(oracle.workspace))
    // Bends of templates have a jump in the third derivative at |alpha| = 1: the probe is inside.
    #expect(worstDeviation(model, at: oracle.probe.pars) < 1e-7)
  }

  @Test(arguments: ModelOracle.cases)
  func hessianIsExactWhereTheSignalVanishes(_ oracle: ModelOracle.Case) throws {
    let model = try Model(ModelOracle.workspace(oracle.workspace))
    let poi = try #require(model.parameterOfInterest)
    var point = oracle.probe.pars
    point[poi] = 0
    #expect(worstDeviation(model, at: point) < 1e-7)
  }

  @Test func hessianIsExactOutsideTheInterpolation() throws {
    for id in ["gen_alltypes", "c2p_multibin_histosys", "sbottomA_1000_131"] {
      let model = try ModelOracle.model(id)
      var numbers = SeededNumbers(7)
      let point = zip(model.inits, model.parameters.flatMap { p in p.range.map { _ in p } }).map {
        start, parameter in
        if case .normal = parameter.constraint, start == 0 {
          return (Bool.random(using: &numbers) ? 1 : -1)
            * Double.random(in: 1.2...2, using: &numbers)
        }
        return start * Double.random(in: 0.8...1.2, using: &numbers)
      }
      #expect(worstDeviation(model, at: point) < 1e-7, "\(id)")
    }
  }

  @Test(arguments: ModelOracle.cases)
  func solutionSatisfiesTheEquations(_ oracle: ModelOracle.Case) throws {
    let model = try Model(ModelOracle.workspace(oracle.workspace))
    let likelihood = Likelihood(model, data: model.data)
    let hessian = StructuredHessian(for: model)
    var gradient: [Double] = []
    var numbers = SeededNumbers(11)
    let count = model.inits.count
    for (fisher, damping) in [(true, 0.01), (true, 1.0), (false, 1e4)] {
      _ = likelihood.evaluate(
        oracle.probe.pars, gradient: &gradient, hessian: hessian, fisher: fisher)
      let free = model.isFixed.map { !$0 && Double.random(in: 0...1, using: &numbers) < 0.8 }
      try #require(hessian.factorise(free: free, damping: damping))
      let rhs = (0..<count).map { _ in Double.random(in: -1...1, using: &numbers) }
      var solution = Array(repeating: 0.0, count: count)
      hessian.solve(rhs, into: &solution)
      let dense = hessian.dense()
      for i in 0..<count {
        guard free[i] else {
          #expect(solution[i] == 0)
          continue
        }
        var sum = damping * solution[i], size = abs(sum)
        for j in 0..<count where free[j] {
          let term = dense[i * count + j] * solution[j]
          sum += term
          size += abs(term)
        }
        #expect(abs(sum - rhs[i]) < 1e-9 * max(1, size), "\(model.parameterNames[i])")
      }
    }
  }

  @Test func indefiniteMatrixIsRefused() throws {
    let model = try ModelOracle.model("docs_2bin")
    let likelihood = Likelihood(model, data: model.data)
    let hessian = StructuredHessian(for: model)
    var gradient: [Double] = []
    _ = likelihood.evaluate(model.inits, gradient: &gradient, hessian: hessian, fisher: false)
    let all = model.inits.map { _ in true }
    #expect(hessian.factorise(free: all, damping: 0))
    #expect(!hessian.factorise(free: all, damping: -1000))
  }

  @Test(arguments: ModelOracle.cases)
  func fisherIsTheMeanOfTheHessian(_ oracle: ModelOracle.Case) throws {
    // For data that equal their expectation the exact Hessian is the expected information.
    let model = try Model(ModelOracle.workspace(oracle.workspace))
    let likelihood = Likelihood(model, data: model.expectedData(oracle.probe.pars))
    let exact = StructuredHessian(for: model), fisher = StructuredHessian(for: model)
    var gradient: [Double] = []
    _ = likelihood.evaluate(oracle.probe.pars, gradient: &gradient, hessian: exact, fisher: false)
    #expect(gradient.allSatisfy { abs($0) < 1e-6 })
    _ = likelihood.evaluate(oracle.probe.pars, gradient: &gradient, hessian: fisher, fisher: true)
    let count = gradient.count
    let a = exact.dense(), b = fisher.dense()
    for i in 0..<count {
      for j in 0..<count {
        let scale = (b[i * count + i] * b[j * count + j]).squareRoot()
        #expect(abs(a[i * count + j] - b[i * count + j]) <= 1e-9 * max(scale, 1e-3))
      }
    }
  }
}
