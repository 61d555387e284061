// SPDX-License-Identifier: Apache-2.0
package import Differentiation
import Foundation

extension CounterRandom {
  /// A Poisson-distributed count.
  ///
  /// mean: 0 or less gives 0. Small means by multiplying uniform numbers, those from 10 on by
  /// transformed rejection (W. Hörmann, "The transformed rejection method for generating Poisson
  /// random variables", 1993, algorithm PTRS).
  package mutating func poisson(_ mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    return mean < 10 ? poissonByProducts(mean) : poissonByRejection(mean)
  }

  private mutating func poissonByProducts(_ mean: Double) -> Double {
    let limit = exp(-mean)
    var product = 1 - uniform()
    var count = 0.0
    while product > limit {
      product *= 1 - uniform()
      count += 1
    }
    return count
  }

  private mutating func poissonByRejection(_ mean: Double) -> Double {
    let logMean = log(mean)
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let squeeze = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = 1 - uniform()
      let us = 0.5 - abs(u)
      let count = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07, v <= squeeze { return count }
      if count < 0 || (us < 0.013 && v > us) { continue }
      let accepted = log(v) + log(inverseAlpha) - log(a / (us * us) + b)
      if accepted <= count * logMean - mean - lgamma(count + 1) { return count }
    }
  }
}
