// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Sampling
import Workflow

extension ScanSpecification {
  /// The parameters' box, less what the constraints forbid.
  func space() throws -> ParameterSpace {
    let names = parameters.map(\.name)
    let conditions = try constraints.map { try ScalarExpression($0, names: names) }
    return try ParameterSpace(
      parameters.map {
        .init(
          $0.name, from: $0.lower, to: $0.upper, unit: $0.unit ?? "",
          scale: $0.isLogarithmic ? .log : .linear)
      },
      allowing: { point in conditions.allSatisfy { $0.isTrue(point) } })
  }

  /// - Parameters:
  ///   - pool: the only points there are, in the parameters' units; nil for any.
  ///   - priors: for each output, what a cheaper scan found.
  func sampler(pool: [[Double]]?, priors: [GaussianProcess?]) throws -> Sampler {
    let space = try space()
    return try Sampler(
      space, strategy: strategy(in: space),
      targets: outputs.enumerated().map {
        Target(output: $0, level: $1.level, weight: $1.weight)
      }, seed: seed, pool: pool.map { $0.map(space.position(of:)) },
      priors: priors.contains { $0 != nil } ? priors : [],
      avoidsFailures: failures.usesClassifier)
  }

  private func strategy(in space: ParameterSpace) -> Sampler.Strategy {
    switch strategy {
    case .active:
      .active(
        acquisition.kind.acquisition,
        design: Design(
          count: design.points, hasCorners: design.hasCorners,
          seeds: design.seedPoints.map(space.position(of:))))
    case .sobol: .sobol
    case .random: .random
    case .grid(let pointsPerAxis): .grid(perAxis: pointsPerAxis)
    case .points(let points): .points(points.map(space.position(of:)))
    }
  }

  /// A point as signals have it.
  func point(_ parameters: [Double]) -> [String: Double] {
    Dictionary(
      zip(self.parameters.map(\.name), parameters), uniquingKeysWith: { first, _ in first })
  }

  /// The most points there can be. pool: the number of those there are, nil for any.
  func pointLimit(pool: Int?) -> Int {
    let own: Int =
      switch strategy {
      case .grid(let pointsPerAxis):
        // A grid that is too large for a number is larger than any budget.
        parameters.reduce(1) { count, _ in
          let (product, isTooLarge) = count.multipliedReportingOverflow(by: pointsPerAxis)
          return isTooLarge ? Int.max : product
        }
      case .points(let points): points.count
      case .active, .sobol, .random: Int.max
      }
    return min(stop.evaluations, own, pool ?? Int.max)
  }

  /// Whether the strategy ends by itself, whatever the surrogates say.
  var isFinite: Bool {
    switch strategy {
    case .grid, .points: true
    case .active, .sobol, .random: false
    }
  }
}

extension ScanAcquisition.Kind {
  fileprivate var acquisition: Acquisition {
    switch self {
    case .mesSum: .entropy
    case .randomisedStraddle: .randomisedStraddle
    case .timse: .targetedVariance
    case .sur: .stepwiseReduction
    }
  }
}
