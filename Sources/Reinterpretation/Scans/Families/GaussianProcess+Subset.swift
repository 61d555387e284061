// SPDX-License-Identifier: Apache-2.0
import Sampling

extension GaussianProcess {
  /// The most observations that hyperparameters are found from: the effort grows with their cube.
  private static var largestFit: Int { 60 }

  /// A process through all observations, its hyperparameters from all or from evenly many of them.
  init(fittingSomeOf observations: [Observation], from start: [Double]? = nil) throws {
    guard observations.count > Self.largestFit else {
      try self.init(fitting: observations, from: start)
      return
    }
    let some = (0..<Self.largestFit).map { observations[$0 * observations.count / Self.largestFit] }
    let process = try GaussianProcess(fitting: some, from: start)
    try self.init(
      observations, hyperparameters: process.hyperparameters, inflation: process.inflation)
  }
}
