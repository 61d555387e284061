// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// One model in several tasks, each with its own likelihood.
@Suite struct ModelSharingTests {
  @Test func tasksDoNotDisturbEachOther() async throws {
    var generator = ModelGenerator(seed: 4)
    let model = try Model(generator.workspace())
    let points = (0..<64).map { _ in generator.point(of: model, wide: false) }
    let alone = Likelihood(model, data: model.data)
    let expected = points.map { alone.negativeLogLikelihood($0) }
    let found = await withTaskGroup(of: [Double].self) { group in
      for _ in 0..<4 {
        group.addTask {
          let likelihood = Likelihood(model, data: model.data)
          return points.map { likelihood.negativeLogLikelihood($0) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(found.count == 4)
    for values in found { #expect(values == expected) }
  }

  @Test func dataCanBeReplaced() throws {
    var generator = ModelGenerator(seed: 9)
    let model = try Model(generator.workspace())
    let point = generator.point(of: model, wide: false)
    let likelihood = Likelihood(model, data: model.data)
    let before = likelihood.negativeLogLikelihood(point)
    let asimov = model.expectedData(point)
    likelihood.data = asimov
    let replaced = likelihood.negativeLogLikelihood(point)
    #expect(replaced == Likelihood(model, data: asimov).negativeLogLikelihood(point))
    #expect(replaced < before)
    likelihood.data = model.data
    #expect(likelihood.negativeLogLikelihood(point) == before)
  }

  @Test func asimovDataAreTheMinimum() throws {
    for seed in 0..<20 {
      var generator = ModelGenerator(seed: UInt64(seed))
      let model = try Model(generator.workspace())
      let point = generator.point(of: model, wide: false)
      let likelihood = Likelihood(model, data: model.expectedData(point))
      var gradient: [Double] = []
      _ = likelihood.evaluate(point, gradient: &gradient)
      for slope in gradient { #expect(abs(slope) < 1e-10) }
    }
  }
}
