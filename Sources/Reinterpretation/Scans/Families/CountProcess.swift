// SPDX-License-Identifier: Apache-2.0
import Foundation
package import Sampling

/// A Gaussian process in the logarithm of an efficiency of which Poisson counts are known.
///
/// Laplace's approximation (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006,
/// 3.4): at the mode of the posterior each count n stands for an observation f + (n − w)/w of
/// variance 1/w, where w = N exp(f). A point without events so says "less than about 1/N", and not
/// "1/2N" as counts with a half added would: with tens of regions that half is a signal of its own.
package enum CountProcess {
  /// Selected events of the generated ones at a position of the cube; both in equivalent
  /// unweighted events.
  package struct Count: Sendable {
    let position: [Double]
    let selected: Double
    let size: Double

    package init(position: [Double], selected: Double, size: Double) {
      (self.position, self.selected, self.size) = (position, selected, size)
    }
  }

  /// Passes with new hyperparameters; afterwards they are kept, so that the mode is found.
  private static let fits = 4
  private static let passes = 40
  /// Largest change of a logarithm in one pass.
  private static let stride = 1.0
  /// Fewer expected events than this say nothing more.
  private static let fewest = 1e-3

  package static func fit(_ counts: [Count]) throws -> GaussianProcess {
    var modes = counts.map { log(($0.selected + 0.5) / ($0.size + 1)) }
    var process = try GaussianProcess(
      fittingSomeOf: zip(counts, modes).map { count, mode in
        Observation(count.position, value: mode, variance: 1 / (count.selected + 0.5))
      })
    for pass in 0..<passes {
      let changes = zip(counts, modes).map { count, mode in
        max(-stride, min(stride, process.mean(at: count.position) - mode))
      }
      modes = zip(modes, changes).map { $0 + $1 }
      let observations = zip(counts, modes).map { count, mode in
        let expected = max(count.size * exp(mode), fewest)
        return Observation(
          count.position, value: mode + (count.selected - expected) / expected,
          variance: 1 / expected)
      }
      process =
        pass < fits
        ? try GaussianProcess(fittingSomeOf: observations, from: process.hyperparameters)
        : try GaussianProcess(
          observations, hyperparameters: process.hyperparameters, inflation: process.inflation)
      if pass >= fits, (changes.map(abs).max() ?? 0) < 1e-4 { break }
    }
    return process
  }
}
