// SPDX-License-Identifier: Apache-2.0
import Sampling
import Testing

@Suite struct SobolTests {
  /// scipy 1.17.1, `scipy.stats.qmc.Sobol(6, scramble=False).random(8)`.
  static let published: [[Double]] = [
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
    [0.75, 0.25, 0.25, 0.25, 0.75, 0.75], [0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
    [0.375, 0.375, 0.625, 0.875, 0.375, 0.125], [0.875, 0.875, 0.125, 0.375, 0.875, 0.625],
    [0.625, 0.125, 0.875, 0.625, 0.625, 0.875], [0.125, 0.625, 0.375, 0.125, 0.125, 0.375],
  ]

  @Test func startsAsPublished() {
    let sobol = Sobol(dimension: 6, seed: nil)
    for (index, point) in Self.published.enumerated() { #expect(sobol[UInt32(index)] == point) }
  }

  @Test(arguments: [UInt64?.none, 1, 2, 77])
  func everyAxisIsBalanced(seed: UInt64?) {
    let sobol = Sobol(dimension: 6, seed: seed)
    let points = (0..<256).map { sobol[UInt32($0)] }
    for axis in 0..<6 {
      #expect(Set(points.map { Int($0[axis] * 256) }).count == 256)
    }
  }

  @Test func seedsScrambleDifferently() {
    #expect(Sobol(dimension: 2, seed: 1)[0] == Sobol(dimension: 2, seed: 1)[0])
    #expect(Sobol(dimension: 2, seed: 1)[0] != Sobol(dimension: 2, seed: 2)[0])
  }
}
