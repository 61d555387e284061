// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Testing

/// Acquisitions that look ahead, against draws of the surrogate.
@Suite struct LookaheadTests {
  static let surrogate: GaussianProcess? = try? GaussianProcess(
    [[0.1, 0.2], [0.5, 0.7], [0.9, 0.4], [0.3, 0.9]].map {
      Observation($0, value: sin(4 * $0[0]) - $0[1])
    }, hyperparameters: [0, log(0.5), log(0.7)])
  static let target = Target(level: 0.1, weight: 2)
  static let nodes = [[0.45, 0.35], [0.7, 0.8], [0.2, 0.5]]
  static let candidate = [0.55, 0.3]

  /// Mean and deviation of the candidate and of a node, and their covariance.
  static func pair(
    _ node: [Double]
  ) throws -> (
    candidate: (mean: Double, deviation: Double), node: (mean: Double, deviation: Double),
    covariance: Double
  ) {
    let surrogate = try #require(Self.surrogate)
    return (
      surrogate.prediction(at: candidate), surrogate.prediction(at: node),
      surrogate.covariance(
        candidate, surrogate.whitened(candidate), node, surrogate.whitened(node))
    )
  }

  @Test func stepwiseReductionIsTheExpectedFallOfWrongSides() throws {
    let surrogate = try #require(Self.surrogate)
    var expected = 0.0
    let draws = 200_000
    for node in Self.nodes {
      let (x, g, covariance) = try Self.pair(node)
      let slope = covariance / (x.deviation * x.deviation)
      let left = (g.deviation * g.deviation - slope * covariance).squareRoot()
      var (before, after) = (0, 0)
      for draw in 0..<draws {
        let step = x.deviation * AcquisitionTests.normal(2 * draw)
        let learnt = g.mean + slope * step
        let truth = learnt + left * AcquisitionTests.normal(2 * draw + 1)
        before += (truth > Self.target.level) != (g.mean > Self.target.level) ? 1 : 0
        after += (truth > Self.target.level) != (learnt > Self.target.level) ? 1 : 0
      }
      expected += Double(before - after) / Double(draws)
    }
    expected *= Self.target.weight / Double(Self.nodes.count)
    let lookahead = Lookahead(.stepwiseReduction, surrogate, Self.target, over: Self.nodes)
    #expect(abs(lookahead.value(at: Self.candidate) - expected) < 0.05 * expected)
  }

  @Test func targetedVarianceIsWhatIsTakenOffNearTheLevel() throws {
    let surrogate = try #require(Self.surrogate)
    var expected = 0.0
    let (draws, width) = (200_000, 0.02)
    for node in Self.nodes {
      let (x, g, covariance) = try Self.pair(node)
      let near = (0..<draws).count {
        abs(g.mean + g.deviation * AcquisitionTests.normal($0) - Self.target.level) < width
      }
      let removed = covariance * covariance / (x.deviation * x.deviation)
      expected += removed * Double(near) / Double(draws) / (2 * width)
    }
    expected *= Self.target.weight / Double(Self.nodes.count)
    let lookahead = Lookahead(.targetedVariance, surrogate, Self.target, over: Self.nodes)
    #expect(abs(lookahead.value(at: Self.candidate) - expected) < 0.05 * expected)
  }

  @Test(arguments: [Acquisition.stepwiseReduction, .targetedVariance])
  func whatIsKnownTeachesNothing(acquisition: Acquisition) throws {
    let surrogate = try #require(Self.surrogate)
    let lookahead = Lookahead(acquisition, surrogate, Self.target, over: Self.nodes)
    let known = lookahead.value(at: [0.5, 0.7])
    #expect(known < 1e-3 * lookahead.value(at: Self.candidate))
  }

  @Test func aBelievedPointIsAnObservationOfThePrediction() throws {
    var surrogate = try #require(Self.surrogate)
    let plain = surrogate
    surrogate.believe(Self.candidate)
    #expect(surrogate.prediction(at: Self.candidate).deviation < 1e-3)
    for node in Self.nodes {
      let (x, g, covariance) = try Self.pair(node)
      let left = g.deviation * g.deviation - pow(covariance / x.deviation, 2)
      let prediction = surrogate.prediction(at: node)
      #expect(abs(prediction.mean - plain.mean(at: node)) < 1e-12)
      #expect(abs(prediction.deviation - left.squareRoot()) < 1e-4)
    }
  }
}
