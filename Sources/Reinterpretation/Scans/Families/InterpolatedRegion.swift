// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling

/// The efficiency of one region, and its variations, anywhere in the cube of an efficiency map.
///
/// Of N generated events, in equivalent unweighted ones, n are selected as by a Poisson process of
/// mean N ε, and log ε is a Gaussian process: see ``CountProcess``. A variation re-weights the same
/// events: the logarithm of its ratio to the nominal has a variance of (its rms over the
/// points)²/(n + ½).
struct InterpolatedRegion: Sendable {
  struct Prediction {
    var efficiency = 0.0
    var variance = 0.0
    var variations: [String: (up: Double, down: Double)] = [:]
  }

  /// nil: no event at any point.
  private let nominal: GaussianProcess?
  /// By point: whether any event was selected there.
  private let hasEvents: [Bool]
  private let ratios: [String: (up: GaussianProcess?, down: GaussianProcess?)]

  /// - Parameters:
  ///   - entries: those of this region.
  ///   - sizes: generated events by point.
  init(
    _ entries: [EfficiencyInterpolation.Entry], variations: [String], on cube: MapCube,
    sizes: [[Double]: Double]
  ) throws {
    let nominals = entries.filter { $0.variation == nil }
    let counts = Dictionary(
      nominals.map { entry in
        let size = entry.equivalentEvents ?? sizes[entry.point] ?? 1
        return (entry.point, (selected: entry.efficiency * size, size: size))
      }, uniquingKeysWith: { first, _ in first })
    guard nominals.contains(where: { $0.efficiency > 0 }) else {
      nominal = nil
      hasEvents = []
      ratios = Dictionary(
        variations.map { ($0, (nil, nil)) }, uniquingKeysWith: { first, _ in first })
      return
    }
    let known = nominals.map { entry in
      let (selected, size) = counts[entry.point] ?? (0, 1)
      return CountProcess.Count(
        position: cube.position(of: entry.point), selected: selected, size: size)
    }
    nominal = try CountProcess.fit(known)
    hasEvents = known.map { $0.selected > 0 }
    let efficiencies = Dictionary(
      nominals.map { ($0.point, $0.efficiency) }, uniquingKeysWith: { first, _ in first })
    func ratio(_ variation: String) throws -> GaussianProcess? {
      let known = entries.filter { $0.variation == variation }.compactMap { entry in
        let nominal = efficiencies[entry.point] ?? 0
        return nominal > 0 && entry.efficiency > 0
          ? (entry.point, log(entry.efficiency / nominal)) : nil
      }
      guard !known.isEmpty else { return nil }
      let square = known.reduce(0) { $0 + $1.1 * $1.1 } / Double(known.count)
      return try GaussianProcess(
        fittingSomeOf: known.map { point, value in
          Observation(
            cube.position(of: point), value: value,
            variance: square / ((counts[point]?.selected ?? 0) + 0.5))
        })
    }
    ratios = Dictionary(
      try variations.map { ($0, (try ratio("\($0)_up"), try ratio("\($0)_down"))) },
      uniquingKeysWith: { first, _ in first })
  }

  func prediction(at position: [Double]) -> Prediction {
    guard let nominal else {
      return Prediction(variations: ratios.mapValues { _ in (0, 0) })
    }
    let (mean, deviation) = nominal.prediction(at: position)
    let efficiency = min(exp(mean), 1)
    return Prediction(
      efficiency: efficiency,
      // Of a lognormal distribution; far outside of the map nothing is known, and 250 % says so.
      variance: efficiency * efficiency * expm1(min(deviation * deviation, 2)),
      variations: ratios.mapValues { ratio in
        func varied(_ process: GaussianProcess?) -> Double {
          efficiency * exp(process?.mean(at: position) ?? 0)
        }
        return (varied(ratio.up), varied(ratio.down))
      })
  }

  /// The rms of log(predicted/simulated) and of the same in units of its uncertainty, each point
  /// with events left out in turn with the hyperparameters of all.
  func leaveOneOut() -> (error: Double, pull: Double) {
    guard let nominal, nominal.observations.count > 1 else { return (0, 0) }
    let left = zip(nominal.leaveOneOut(), zip(nominal.observations, hasEvents)).filter { $1.1 }
    return (
      Self.rms(left.map { $0.mean - $1.0.value }), Self.rms(left.map { $0.0.residual })
    )
  }

  private static func rms(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))).squareRoot()
  }
}
