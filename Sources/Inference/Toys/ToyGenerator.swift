// SPDX-License-Identifier: Apache-2.0
import Differentiation
package import HistFactory

/// Draws data sets of a model at one point of its parameters.
package struct ToyGenerator: Sendable {
  /// How an auxiliary measurement scatters.
  private enum Auxiliary: Sendable {
    case normal(mean: Double, sigma: Double)
    case poisson(mean: Double)
  }

  private let main: [Double]
  private let auxiliary: [Auxiliary]
  private let seed: UInt64

  /// parameters: in the order of the model. The same seed gives the same data sets.
  package init(_ model: Model, parameters: [Double], seed: UInt64) {
    main = model.expectedData(parameters).main
    auxiliary = model.parameters.flatMap { parameter -> [Auxiliary] in
      let values = parameters[parameter.range]
      switch parameter.constraint {
      case .none: return []
      case .normal(_, let sigmas):
        return zip(values, sigmas).map { .normal(mean: $0, sigma: $1) }
      case .poisson(_, let tau): return zip(values, tau).map { .poisson(mean: $0 * $1) }
      }
    }
    self.seed = seed
  }

  /// Data set `number`: a function of the seed and the number only.
  package func data(_ number: Int) -> ModelData {
    var random = CounterRandom(seed: seed, stream: UInt64(number))
    let main = main.map { random.poisson($0) }
    let auxiliary = auxiliary.map { measurement in
      switch measurement {
      case .normal(let mean, let sigma): mean + sigma * random.normal()
      case .poisson(let mean): random.poisson(mean)
      }
    }
    return ModelData(main: main, auxiliary: auxiliary)
  }
}
