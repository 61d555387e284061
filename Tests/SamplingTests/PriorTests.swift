// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

@Suite struct PriorTests {
  static func cheap(_ u: [Double]) -> Double { sin(5 * u[0]) * cos(4 * u[1]) + u[0] }
  static func dear(_ u: [Double]) -> Double { 1.2 * cheap(u) + 0.3 + 0.1 * u[1] }

  static func observations(
    _ count: UInt32, seed: UInt64, of function: ([Double]) -> Double
  ) -> [Observation] {
    let sobol = Sobol(dimension: 2, seed: seed)
    return (0..<count).map { Observation(sobol[$0], value: function(sobol[$0])) }
  }

  static func worst(_ process: GaussianProcess) -> Double {
    MassPlane.grid.map { abs(process.mean(at: $0) - dear($0)) }.max() ?? .infinity
  }

  @Test func aCheapScanLeavesOnlyTheDifferenceToLearn() throws {
    let prior = try GaussianProcess(fitting: Self.observations(60, seed: 1, of: Self.cheap))
    let few = Self.observations(8, seed: 2, of: Self.dear)
    let with = try GaussianProcess(fitting: few, prior: prior)
    #expect(Self.worst(with) < 0.1 * Self.worst(try GaussianProcess(fitting: few)))
    #expect(abs(with.priorFactor - 1.2) < 0.05)
    #expect(try GaussianProcess(fitting: few).priorFactor == 1)
  }

  @Test func itsDataAreStillMet() throws {
    let prior = try GaussianProcess(fitting: Self.observations(30, seed: 1, of: Self.cheap))
    let few = Self.observations(8, seed: 2) { 2 * $0[0] - Self.cheap($0) }
    let process = try GaussianProcess(fitting: few, prior: prior)
    for observation in few {
      let prediction = process.prediction(at: observation.position)
      #expect(abs(prediction.mean - observation.value) < 1e-3)
      #expect(prediction.deviation < 1e-2)
    }
  }

  @Test func slopesAndJSONKnowOfIt() throws {
    let prior = try GaussianProcess(fitting: Self.observations(30, seed: 1, of: Self.cheap))
    let process = try GaussianProcess(
      fitting: Self.observations(8, seed: 2, of: Self.dear), prior: prior)
    let (here, h) = ([0.4, 0.7], 1e-5)
    let gradient = process.meanGradient(at: here)
    let x = (process.mean(at: [0.4 + h, 0.7]) - process.mean(at: [0.4 - h, 0.7])) / (2 * h)
    let y = (process.mean(at: [0.4, 0.7 + h]) - process.mean(at: [0.4, 0.7 - h])) / (2 * h)
    #expect(abs(gradient[0] - x) < 1e-5 && abs(gradient[1] - y) < 1e-5)
    let copy = try JSONDecoder().decode(
      GaussianProcess.self, from: JSONEncoder().encode(process))
    #expect(copy.prediction(at: here) == process.prediction(at: here))
  }

  @Test func derivativesAreOfTheDifferenceToo() throws {
    let prior = try GaussianProcess(fitting: Self.observations(60, seed: 1, of: Self.cheap))
    let few = Self.observations(6, seed: 2, of: Self.dear).map { observation in
      let h = 1e-5
      let slopes: [Double?] = (0..<2).map { axis in
        var (up, down) = (observation.position, observation.position)
        up[axis] += h
        down[axis] -= h
        return (Self.dear(up) - Self.dear(down)) / (2 * h)
      }
      return Observation(observation.position, value: observation.value, gradient: slopes)
    }
    let process = try GaussianProcess(fitting: few, prior: prior)
    for observation in few {
      let gradient = process.meanGradient(at: observation.position)
      for (ours, given) in zip(gradient, observation.gradient) {
        #expect(abs(ours - (given ?? .nan)) < 0.05)
      }
    }
    #expect(5 * Self.worst(process) < Self.worst(try GaussianProcess(fitting: few)))
  }

  @Test func aScanStartsWithIt() throws {
    let space = try SamplerTests.plane()
    let cheap = try Sampler(space, seed: 1)
    let prior = try cheap.surrogates(
      SamplerTests.run(cheap, until: 30) { MassPlane.response($0) - 0.2 })[0]
    let warm = try Sampler(space, seed: 2, priors: [prior])
    let cold = try Sampler(space, seed: 2)
    func wrong(_ sampler: Sampler) throws -> Int {
      let surrogate = try sampler.surrogates(SamplerTests.run(sampler, until: 9))[0]
      return MassPlane.grid.count { (surrogate.mean(at: $0) > 0) != (MassPlane.response($0) > 0) }
    }
    #expect(try 2 * wrong(warm) < wrong(cold))
    #expect(throws: SamplingError.self) { try Sampler(space, seed: 2, priors: [prior, nil]) }
    let line = try ParameterSpace([.init("m", from: 0, to: 1)])
    #expect(throws: SamplingError.self) { try Sampler(line, seed: 2, priors: [prior]) }
  }
}
