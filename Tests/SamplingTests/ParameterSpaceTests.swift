// SPDX-License-Identifier: Apache-2.0
import Sampling
import Testing

@Suite struct ParameterSpaceTests {
  @Test func mapsThereAndBack() throws {
    let space = try ParameterSpace([
      .init("m", from: 200, to: 1200, unit: "GeV"), .init("g", from: 0.01, to: 1, scale: .log),
    ])
    let parameters = space.parameters(at: [0.25, 0.5])
    #expect(abs(parameters[0] - 450) < 1e-12)
    #expect(abs(parameters[1] - 0.1) < 1e-15)
    for (back, there) in zip(space.position(of: parameters), [0.25, 0.5]) {
      #expect(abs(back - there) < 1e-14)
    }
  }

  @Test func constraintsAndBoundsExclude() throws {
    let space = try ParameterSpace(
      [.init("m1", from: 0, to: 10), .init("m2", from: 0, to: 10)], allowing: { $0[0] > $0[1] })
    #expect(space.contains([0.5, 0.4]))
    #expect(!space.contains([0.4, 0.5]))
    #expect(!space.contains([1.1, 0.5]))
    #expect(!space.contains([0.5]))
  }

  @Test(
    arguments: [
      [], [.init("a", from: 0, to: 1), .init("a", from: 0, to: 1)], [.init("a", from: 1, to: 1)],
      [.init("a", from: 0, to: .infinity)], [.init("a", from: 0, to: 1, scale: .log)],
      (0..<7).map { .init("a\($0)", from: 0, to: 1) },
    ] as [[ParameterSpace.Axis]])
  func refusesWhatIsNoBox(axes: [ParameterSpace.Axis]) {
    #expect(throws: SamplingError.self) { try ParameterSpace(axes) }
  }
}
