// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// The likelihood of a model with its Hessian and its minimiser, shared by the fits to several data
/// sets, one at a time: their scratch memory is made once.
final class FitEngine {
  let model: Model
  let options: FitOptions
  let startingPoints: StartingPoints
  let bendingResponses: BendingResponses
  /// Parameters whose response has a kink at 0.
  let kinks: [Int]
  /// Starts far away led back to the minimum of the first fit where that was tried; false as soon as
  /// one didn't.
  var isUnimodal: Bool?
  /// Drawn starts all ended where the first fit did; false if one didn't; nil before they were tried.
  var hasOneMinimum: Bool?
  /// Bounds of the model.
  let box: Box
  private let objective: LikelihoodObjective
  private let newton: ProjectedNewton<LikelihoodObjective>
  private var dataSets = 0
  /// The data set that the likelihood holds.
  private var current = -1

  init(_ model: Model, data: ModelData, options: FitOptions) {
    self.model = model
    self.options = options
    startingPoints = StartingPoints(model, seed: options.seed)
    bendingResponses = BendingResponses(of: model)
    kinks = model.kinkedParameters
    box = Box(model)
    objective = LikelihoodObjective(Likelihood(model, data: data))
    newton = ProjectedNewton(objective)
  }

  /// A number for a data set.
  func register() -> Int {
    dataSets += 1
    return dataSets - 1
  }

  /// −log L of a data set, until another one's is asked for.
  func objective(for dataSet: Int, _ data: ModelData) -> LikelihoodObjective {
    if current != dataSet {
      objective.likelihood.data = data
      current = dataSet
    }
    return objective
  }

  /// The minimiser of −log L of a data set, until another one's is asked for.
  func minimiser(for dataSet: Int, _ data: ModelData) -> ProjectedNewton<LikelihoodObjective> {
    _ = objective(for: dataSet, data)
    return newton
  }
}
