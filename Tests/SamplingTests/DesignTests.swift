// SPDX-License-Identifier: Apache-2.0
import Sampling
import Testing

@Suite struct DesignTests {
  @Test func seedsThenCornersThenSobolPoints() throws {
    let design = Design(count: 8, hasCorners: true, seeds: [[0.3, 0.2], [0.9, 0.9]])
    let sampler = try Sampler(
      SamplerTests.plane(), strategy: .active(design: design), seed: 5)
    let positions = try sampler.proposals(20, after: []).map(\.position)
    let sobol = Sobol(dimension: 2, seed: 5)
    #expect(
      positions
        == [[0.3, 0.2], [0.9, 0.9], [0, 0], [1, 0], [0, 1], [1, 1], sobol[0], sobol[1]])
  }

  @Test func whatTheSpaceForbidsIsLeftOut() throws {
    let space = try SamplerTests.plane(allowing: { $0[0] > $0[1] })
    let design = Design(count: 2, hasCorners: true, seeds: [[0.1, 0.9], [0.8, 0.2]])
    let sampler = try Sampler(space, strategy: .active(design: design), seed: 5)
    // The corner (0, 1) is at m1 = 200, m2 = 800.
    #expect(
      try sampler.proposals(9, after: []).map(\.position) == [
        [0.8, 0.2], [0, 0], [1, 0], [1, 1],
      ])
  }

  @Test func isOfSixPointsOrTwoForEachParameterAndTwo() throws {
    for (dimension, count) in [(1, 6), (2, 6), (3, 8), (6, 14)] {
      let space = try ParameterSpace((0..<dimension).map { .init("p\($0)", from: 0, to: 1) })
      #expect(try Sampler(space, seed: 1).proposals(99, after: []).count == count)
    }
  }

  @Test func seedsMustBePositions() throws {
    let error = try #require(throws: SamplingError.self) {
      try Sampler(
        SamplerTests.plane(), strategy: .active(design: Design(seeds: [[0.5, 7]])), seed: 1)
    }
    #expect(error.description.hasPrefix("seed point 0 is [0.5, 7.0], not a position"))
  }
}
