// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling

/// How other programs choose points, with our surrogate.
enum PeerStrategy: Sendable {
  /// 1.96 σ − |μ − t| over random candidates (Bryan et al. 2005; aepsych).
  case straddle
  /// Largest entropy on a fixed grid of 41 × 41 candidates, as excursion.
  case gridEntropy
  /// Poisson-disc points in the band |μ − t| < σ around the predicted contour, as
  /// ATL-PHYS-PUB-2023-010.
  case band

  func proposals(_ count: Int, _ sampler: Sampler, _ log: [Trial]) throws -> [Proposal] {
    let surrogates = try sampler.surrogates(log)
    let taken = log.map(\.proposal.position)
    let positions =
      switch self {
      case .straddle: [best(uniform(sampler, log.count, 800), surrogates) { 1.96 * $1 - abs($0) }]
      case .gridEntropy:
        [best(Self.grid.filter { !taken.contains($0) }, surrogates) { -abs($0) / $1 }]
      case .band: disc(count, uniform(sampler, log.count, 4000), surrogates[0])
      }
    return positions.enumerated().map { index, position in
      Proposal(
        number: log.count + index, position: position,
        hyperparameters: surrogates.map(\.hyperparameters))
    }
  }

  private static let grid = (0..<41 * 41).map { index -> [Double] in
    [Double(index % 41) / 40, Double(index / 41) / 40]
  }

  private func uniform(_ sampler: Sampler, _ number: Int, _ count: Int) -> [[Double]] {
    let axes = 0..<UInt64(sampler.space.dimension)
    return (0..<UInt64(count)).map { index -> [Double] in
      axes.map { axis -> Double in
        let bits = CounterRandom.bits(sampler.seed, UInt64(number), index, axis)
        return CounterRandom.uniform(bits)
      }
    }
  }

  /// - Parameter score: of the mean's distance to the level and the deviation.
  private func best(
    _ candidates: [[Double]], _ surrogates: [GaussianProcess],
    by score: (Double, Double) -> Double
  ) -> [Double] {
    var best: (position: [Double], score: Double) = ([], -.infinity)
    for position in candidates {
      let total = surrogates.reduce(0) { sum, surrogate in
        let prediction = surrogate.prediction(at: position)
        return sum + score(prediction.mean, prediction.deviation)
      }
      if total > best.score { best = (position, total) }
    }
    return best.position
  }

  /// Random points of the band, none nearer to another than a radius that shrinks until there are
  /// enough.
  private func disc(
    _ count: Int, _ candidates: [[Double]], _ surrogate: GaussianProcess
  ) -> [[Double]] {
    var band = candidates.filter {
      let prediction = surrogate.prediction(at: $0)
      return abs(prediction.mean) < prediction.deviation
    }
    if band.count < count { band = candidates }
    var radius = 0.5
    while true {
      var chosen: [[Double]] = []
      for position in band
      where chosen.count < count && chosen.allSatisfy({ distance($0, position) > radius }) {
        chosen.append(position)
      }
      if chosen.count == count { return chosen }
      radius *= 0.8
    }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
