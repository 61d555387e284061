// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// Minimises −log L where no empty bin expects less than nothing.
///
/// An empty bin contributes its expectation ν, which templates may take below 0: there is no Poisson
/// law there, and a walk that leaves by such a bin finds no end. With a count of ε instead of 0 the bin
/// contributes ν − ε log ν, which has a wall at 0: the logarithmic barrier of interior-point methods
/// (S. Boyd and L. Vandenberghe, "Convex Optimization", chapter 11). −log L at the minimum with ε lies
/// above that of the allowed points by no more than ε per bin. The minimum moves in proportion to ε,
/// so that two of them tell where the next one is.
final class NonNegativeMinimiser {
  /// The counts of empty bins, in turn.
  private static let counts = [1e-3, 6e-4, 1e-4, 1e-5, 1e-6, 1e-7]

  private let objective: LikelihoodObjective
  private let newton: ProjectedNewton<LikelihoodObjective>
  private let kinked: KinkedNewton<LikelihoodObjective>
  private let maximumIterations: Int
  private var data: ModelData
  private var emptyBins: [Int] = []

  init(_ model: Model, maximumIterations: Int) {
    data = model.data
    objective = LikelihoodObjective(Likelihood(model, data: model.data))
    newton = ProjectedNewton(objective)
    kinked = KinkedNewton(newton: newton, kinks: model.kinkedParameters)
    self.maximumIterations = maximumIterations
  }

  /// The data set of the next minima; point: where it was drawn. Bins that expect nothing there can't
  /// expect less, or always do.
  func take(_ data: ModelData, drawnAt point: [Double]) {
    self.data = data
    emptyBins = data.main.indices.filter { data.main[$0] == 0 }
    if !emptyBins.isEmpty {
      let expected = objective.likelihood.expectedEvents(point)
      emptyBins = emptyBins.filter { expected[$0] > 0 }
    }
    objective.likelihood.data = data
  }

  /// No empty bin expects less than nothing.
  func isAllowed(_ point: [Double]) -> Bool { emptyBins.isEmpty || least(at: point) >= 0 }

  /// The minimum next to `start`, which the empty bins must allow.
  ///
  /// tangent: a parameter for which `Minimum.tangent` is wanted.
  func minimise(from start: [Double], in box: Box, tangent: Int? = nil) -> Minimum {
    newton.maximumIterations = maximumIterations
    var found =
      emptyBins.isEmpty
      ? kinked.minimise(from: start, in: box) : minimiseAboveWalls(from: start, in: box)
    found.tangent = found.isConverged ? tangent.flatMap { newton.tangent(along: $0) } : nil
    return found
  }

  private func minimiseAboveWalls(from start: [Double], in box: Box) -> Minimum {
    let counts = Self.counts
    setCount(counts[0])
    var last = minimiseNextToWalls(from: start, in: box)
    guard last.isConverged else { return last }
    if let found = minimumAwayFromWalls(near: last.point, in: box) { return found }
    var previous = last
    for index in counts.indices.dropFirst() {
      setCount(counts[index])
      var next = last.point
      if index > 1 {
        let share =
          (counts[index] - counts[index - 1]) / (counts[index - 1] - counts[index - 2])
        next = zip(last.point, previous.point).map { $0 + share * ($0 - $1) }
      }
      var found = minimiseNextToWalls(from: next, in: box)
      if !found.isConverged { found = minimiseNextToWalls(from: last.point, in: box) }
      guard found.isConverged else { return found }
      (previous, last) = (last, found)
    }
    setCount(0)
    last.value = objective.evaluate(last.point, gradient: &last.gradient)
    return last
  }

  /// Next to a wall −log L bends so much that a gradient that looks large is a distance of nothing:
  /// there the estimated distance to the minimum alone counts, made with the curvature at the end.
  private func minimiseNextToWalls(from start: [Double], in box: Box) -> Minimum {
    var found = kinked.minimise(from: start, in: box)
    guard !found.isConverged, found.value.isFinite else { return found }
    _ = objective.evaluate(found.point, gradient: &found.gradient, curvature: .exact)
    let free = found.point.indices.map {
      !box.isFixed[$0] && !box.blocks(found.point[$0], at: $0, step: -found.gradient[$0])
    }
    guard objective.factorise(free: free, damping: 0) else { return found }
    var step = found.gradient
    objective.solve(found.gradient, into: &step)
    found.edm = 0.5 * zip(found.gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
    found.isConverged = abs(found.edm) < 1e-8
    return found
  }

  /// Mostly no bin is near its wall, and the minimum without walls is a step away.
  private func minimumAwayFromWalls(near point: [Double], in box: Box) -> Minimum? {
    guard least(at: point) > 10 * Self.counts[0] else { return nil }
    setCount(0)
    newton.maximumIterations = 12
    defer { newton.maximumIterations = maximumIterations }
    let found = kinked.minimise(from: point, in: box)
    return found.isConverged && isAllowed(found.point) ? found : nil
  }

  /// What the empty bins count.
  private func setCount(_ count: Double) {
    var data = data
    for bin in emptyBins { data.main[bin] = count }
    objective.likelihood.data = data
  }

  private func least(at point: [Double]) -> Double {
    let expected = objective.likelihood.expectedEvents(point)
    return emptyBins.reduce(.infinity) { min($0, expected[$1]) }
  }
}
