// SPDX-License-Identifier: Apache-2.0
import Differentiation
import HistFactory

/// Where fits of a model may start besides its initial values.
struct StartingPoints {
  private let model: Model
  private let seed: UInt64

  init(_ model: Model, seed: UInt64) {
    self.model = model
    self.seed = seed
  }

  /// The index-th drawn point: a function of seed and index only.
  ///
  /// Normal-constrained parameters are drawn from twice their constraint's width, Poisson-constrained
  /// ones close to 1, the others within their bounds, small values being as likely as large ones;
  /// those that fits leave where they are stay there.
  func drawn(_ index: Int) -> [Double] {
    var random = CounterRandom(seed: seed, stream: UInt64(index))
    var point = model.inits
    for parameter in model.parameters {
      for (slot, i) in parameter.range.enumerated() where !model.isFixed[i] {
        let bounds = parameter.bounds[slot]
        switch parameter.constraint {
        case .normal(let auxiliary, let sigmas):
          point[i] = auxiliary[slot] + 2 * sigmas[slot] * random.normal()
        case .poisson:
          point[i] = max(0.1, 1 + 0.3 * random.normal())
        case .none:
          let u = random.uniform()
          let reach = min(bounds.upperBound, 4 * max(1, abs(parameter.inits[slot])))
          point[i] = max(bounds.lowerBound, 0) + (reach - max(bounds.lowerBound, 0)) * u * u
        }
        point[i] = min(max(point[i], bounds.lowerBound), bounds.upperBound)
      }
    }
    return point
  }

  /// The point with some parameters on the other side of their nominal value, at least one standard
  /// deviation away: where a second minimum lies if the response bends at the nominal value.
  func mirrored(_ point: [Double], at indices: [Int]) -> [Double] {
    var mirrored = point
    for i in indices { mirrored[i] = point[i] > 0 ? min(-1, -point[i]) : max(1, -point[i]) }
    return mirrored
  }

  /// The point with some parameters reflected at 0.
  func reflected(_ point: [Double], at indices: [Int]) -> [Double] {
    var reflected = point
    for i in indices { reflected[i] = -point[i] }
    return reflected
  }

  /// The initial values with some parameters elsewhere.
  func shifted(_ indices: [Int], to value: Double) -> [Double] {
    var shifted = model.inits
    for i in indices { shifted[i] = value }
    return shifted
  }

  /// Halfway back to the initial values.
  func retreated(_ point: [Double]) -> [Double] {
    zip(point, model.inits).map { 0.5 * ($0 + $1) }
  }
}
