// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Foundation
import HistFactory
import Inference
import Testing

/// Models whose systematics go the same way for up and down: their likelihoods have several minima.
@Suite struct SecondMinimumTests {
  /// One to three channels, one to four systematics that bend by up to 40 %.
  static func bentModel(seed: UInt64) throws -> Model {
    var random = CounterRandom(seed: seed, stream: 5)
    func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
    func variation(_ index: Int, _ data: [Double]) -> Workspace.Modifier {
      Workspace.Modifier(
        name: "bent\(index)",
        kind: .histosys(
          lo: data.map { $0 * uniform(0.6, 1.4) }, hi: data.map { $0 * uniform(0.6, 1.4) }))
    }
    let systematics = 1 + Int(uniform(0, 3.999))
    var channels: [Workspace.Channel] = []
    var observations: [Workspace.Observation] = []
    for index in 0..<1 + Int(uniform(0, 2.999)) {
      let bins = 1 + Int(uniform(0, 3.999))
      let background = (0..<bins).map { _ in uniform(30, 200) }
      let signal = (0..<bins).map { _ in uniform(2, 40) }
      var modifiers = (0..<systematics).map { variation($0, background) }
      if random.uniform() < 0.5 {
        modifiers.append(
          Workspace.Modifier(name: "stat\(index)", kind: .staterror(background.map { $0 * 0.05 })))
      }
      channels.append(
        Workspace.Channel(
          name: "channel\(index)",
          samples: [
            Workspace.Sample(
              name: "signal", data: signal,
              modifiers: [Workspace.Modifier(name: "mu", kind: .normfactor)]),
            Workspace.Sample(name: "background", data: background, modifiers: modifiers),
          ]))
      observations.append(
        Workspace.Observation(
          name: "channel\(index)",
          data: zip(background, signal).map {
            ($0 * uniform(0.7, 1.3) + $1 * uniform(0, 2)).rounded()
          }
        ))
    }
    return try Model(
      Workspace(
        channels: channels, observations: observations, measurements: [SmallModels.measurement()]))
  }

  @Test("One start finds what forty find, in free fits, q and limits", arguments: 0..<40)
  func oneStartIsEnough(seed: Int) throws {
    let model = try Self.bentModel(seed: UInt64(seed))
    var options = FitOptions()
    options.starts = 40
    let one = try Analyzer(model)
    let forty = try Analyzer(model, options: options)
    #expect(try one.fit().twiceNLL <= forty.fit().twiceNLL + 1e-6)
    let found = try one.hypothesisTest(mu: 1)
    let expected = try forty.hypothesisTest(mu: 1)
    #expect(abs(found.q - expected.q) < 1e-6)
    #expect(abs(found.qAsimov - expected.qAsimov) < 1e-6)
  }

  /// Four channels of eight bins, twenty systematics whose templates fluctuate by 4 % a bin, data that
  /// are off by 10 %.
  static func noisyModel(seed: UInt64) throws -> Model {
    var random = CounterRandom(seed: seed, stream: 15)
    func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
    var channels: [Workspace.Channel] = []
    var observations: [Workspace.Observation] = []
    for index in 0..<4 {
      let background = (0..<8).map { _ in uniform(50, 1000) }
      let signal = (0..<8).map { _ in uniform(2, 40) }
      var modifiers = (0..<20).map { systematic in
        let size = uniform(-0.1, 0.1)
        return Workspace.Modifier(
          name: "noisy\(systematic)",
          kind: .histosys(
            lo: background.map { $0 * (1 - size + 0.04 * random.normal()) },
            hi: background.map { $0 * (1 + size + 0.04 * random.normal()) }))
      }
      modifiers.append(
        Workspace.Modifier(name: "stat\(index)", kind: .staterror(background.map { $0 * 0.03 })))
      channels.append(
        Workspace.Channel(
          name: "channel\(index)",
          samples: [
            Workspace.Sample(
              name: "signal", data: signal,
              modifiers: [Workspace.Modifier(name: "mu", kind: .normfactor)]),
            Workspace.Sample(name: "background", data: background, modifiers: modifiers),
          ]))
      observations.append(
        Workspace.Observation(
          name: "channel\(index)",
          data: zip(background, signal).map {
            ($0 * (1 + 0.1 * random.normal()) + $1 * uniform(0, 2)).rounded()
          }))
    }
    return try Model(
      Workspace(
        channels: channels, observations: observations, measurements: [SmallModels.measurement()]))
  }

  @Test("In larger models with noisy templates too, most of the time", arguments: [0..<8, 8..<16])
  func noisyTemplates(seeds: Range<Int>) throws {
    var options = FitOptions()
    options.starts = 40
    let misses = try seeds.filter { seed in
      let model = try Self.noisyModel(seed: UInt64(seed))
      let one = try Analyzer(model).fit().twiceNLL
      return try one > Analyzer(model, options: options).fit().twiceNLL + 1e-6
    }
    #expect(misses.count <= 1)
  }

  @Test("These models do have second minima, so the test above can fail")
  func secondMinimaExist() throws {
    var models = 0
    for seed in 0..<40 {
      let model = try Self.bentModel(seed: UInt64(seed))
      let objective = MinimalLikelihood(model)
      let newton = ProjectedNewton(objective)
      let box = Box(model)
      var random = CounterRandom(seed: UInt64(seed), stream: 9)
      var values: [Double] = []
      for _ in 0..<20 {
        let start = model.inits.map { $0 == 0 ? 2 * random.normal() : $0 }
        let found = newton.minimise(from: start, in: box)
        if found.isConverged { values.append(found.value) }
      }
      let spread = (values.max() ?? 0) - (values.min() ?? 0)
      if spread > 1e-4 { models += 1 }
    }
    #expect(models >= 10)
  }

  @Test("The same seed gives the same fit, bit by bit")
  func deterministic() throws {
    let model = try Self.bentModel(seed: 3)
    let first = try Analyzer(model).fit()
    let second = try Analyzer(model).fit()
    #expect(first.bestFit == second.bestFit && first.evaluations == second.evaluations)
  }

  @Test("A straight response is no suspect, a bent one is")
  func suspects() throws {
    let straight = try Model(SmallModels.counting(signal: 5, background: 50, observed: 60))
    #expect(BendingResponses(of: straight).isEmpty)
    let bent = try Self.bentModel(seed: 3)
    let expected = bent.expectedData(bent.inits).main
    let suspects = BendingResponses(of: bent).suspects(
      data: expected.map { 1.5 * $0 }, expected: expected, share: 0)
    #expect(!suspects.isEmpty)
    #expect(suspects.map(\.strength) == suspects.map(\.strength).sorted(by: >))
    // Data that are far off pull more than data as expected, which count as one deviation off.
    let calm = BendingResponses(of: bent).suspects(data: expected, expected: expected, share: 0)
    #expect(calm.map(\.strength).reduce(0, +) < suspects.map(\.strength).reduce(0, +))
  }
}

/// −log L of a model's own data, to be minimised from one start.
private final class MinimalLikelihood: Objective {
  private let likelihood: Likelihood
  private let hessian: StructuredHessian
  let dimension: Int

  init(_ model: Model) {
    likelihood = Likelihood(model, data: model.data)
    hessian = StructuredHessian(for: model)
    dimension = model.inits.count
  }

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
