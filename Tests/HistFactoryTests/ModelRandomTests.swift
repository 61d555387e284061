// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Sentences of mathematics on random models: every combination of modifiers occurs in them.
@Suite struct ModelRandomTests {
  @Test(arguments: 0..<150)
  func likelihoodIsItsDefinition(_ seed: UInt64) throws {
    var generator = ModelGenerator(seed: seed)
    let workspace = generator.workspace()
    let model = try Model(workspace)
    for wide in [false, true] {
      let point = generator.point(of: model, wide: wide)
      let reference = ModelReference(workspace, model: model, point: point)
      let rates = reference.rates()
      let main = model.expectedData(point).main
      let expected = model.channelNames.flatMap { rates[$0] ?? [] }
      #expect(main.count == expected.count)
      for (a, b) in zip(main, expected) { #expect(deviation(a, b, scale: 1) < 1e-12) }
      let value = Likelihood(model, data: model.data).negativeLogLikelihood(point)
      let definition = reference.negativeLogLikelihood(model, data: model.data)
      // A negative yield, possible far outside the interpolation, makes both undefined.
      #expect(value.isNaN == definition.isNaN)
      if !value.isNaN { #expect(deviation(value, definition, scale: 1) < 1e-12) }
    }
  }

  @Test(arguments: 0..<150)
  func gradientAndHessianAreDerivatives(_ seed: UInt64) throws {
    var generator = ModelGenerator(seed: seed)
    let model = try Model(generator.workspace())
    let likelihood = Likelihood(model, data: model.data)
    let hessian = StructuredHessian(for: model)
    var point = generator.point(of: model, wide: false)
    if seed % 3 == 0, let poi = model.parameterOfInterest { point[poi] = 0 }
    var gradient: [Double] = [], moved: [Double] = []
    _ = likelihood.evaluate(point, gradient: &gradient, hessian: hessian, fisher: false)
    let dense = hessian.dense(), count = point.count
    let step = 2e-4
    for i in 0..<count {
      var slope = 0.0, slopes = Array(repeating: 0.0, count: count)
      for (offset, weight) in [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)] {
        var shifted = point
        shifted[i] += offset * step
        slope += weight * likelihood.evaluate(shifted, gradient: &moved) / (12 * step)
        for j in 0..<count { slopes[j] += weight * moved[j] / (12 * step) }
      }
      #expect(deviation(gradient[i], slope, scale: 1) < 1e-7, "\(model.parameterNames[i])")
      for j in 0..<count {
        #expect(
          deviation(dense[i * count + j], slopes[j], scale: 10) < 1e-7,
          "\(model.parameterNames[i]), \(model.parameterNames[j])")
      }
    }
  }

  @Test(arguments: 0..<150)
  func solvesAreThoseOfTheDenseMatrix(_ seed: UInt64) throws {
    var generator = ModelGenerator(seed: seed)
    let model = try Model(generator.workspace())
    let likelihood = Likelihood(model, data: model.data)
    let hessian = StructuredHessian(for: model)
    let point = generator.point(of: model, wide: false)
    var gradient: [Double] = []
    _ = likelihood.evaluate(point, gradient: &gradient, hessian: hessian, fisher: true)
    let count = point.count
    let free = model.isFixed.map { !$0 && Bool.random(using: &generator.numbers) }
    try #require(hessian.factorise(free: free, damping: 0.5))
    let rhs = point.map { _ in Double.random(in: -1...1, using: &generator.numbers) }
    var solution = Array(repeating: 9.0, count: count)
    hessian.solve(rhs, into: &solution)
    let dense = hessian.dense()
    for i in 0..<count {
      guard free[i] else {
        #expect(solution[i] == 0)
        continue
      }
      let sum = (0..<count).filter { free[$0] }
        .reduce(0.5 * solution[i]) { $0 + dense[i * count + $1] * solution[$1] }
      #expect(abs(sum - rhs[i]) < 1e-9, "\(model.parameterNames[i])")
    }
  }

  @Test(arguments: 0..<60)
  func yieldGradientIsADerivative(_ seed: UInt64) throws {
    var generator = ModelGenerator(seed: seed)
    let model = try Model(generator.workspace())
    let point = generator.point(of: model, wide: false)
    let gradient = Likelihood(model, data: model.data).yieldGradient(point)
    let yields = model.yields
    for index in yields.indices {
      let step = 1e-3 * yields[index]
      var derivative = 0.0
      for (offset, weight) in [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)] {
        var moved = yields
        moved[index] += offset * step
        let other = try model.replacing(yields: moved)
        let value = Likelihood(other, data: other.data).negativeLogLikelihood(point)
        derivative += weight * value / (12 * step)
      }
      #expect(deviation(gradient[index], derivative, scale: 1) < 1e-7, "yield \(index)")
    }
  }

  @Test func generatorMakesEveryKind() {
    var kinds: Set<String> = []
    var spansChannels = false
    for seed in 0..<150 {
      var generator = ModelGenerator(seed: UInt64(seed))
      let workspace = generator.workspace()
      var users: Set<String> = []
      for channel in workspace.channels {
        for modifier in channel.samples.flatMap(\.modifiers) {
          kinds.insert(String("\(modifier.kind)".prefix { $0.isLetter }))
          if modifier.name == "free_all" { users.insert(channel.name) }
        }
      }
      spansChannels = spansChannels || users.count > 1
    }
    #expect(
      kinds == [
        "normfactor", "normsys", "histosys", "lumi", "shapesys", "staterror", "shapefactor",
      ])
    #expect(spansChannels)
  }
}
