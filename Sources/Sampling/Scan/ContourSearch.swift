// SPDX-License-Identifier: Apache-2.0

/// The points of one round of active learning, one after the other: those already chosen, and
/// those still pending, are believed to give what the surrogate predicts, and keep others away.
struct ContourSearch {
  private let sampler: Sampler
  private let acquisition: Acquisition
  private let feasibility: Feasibility
  private let hyperparameters: [[Double]]
  private let inflations: [Double]
  private var surrogates: [GaussianProcess]
  private var taken: [[Double]]
  private var pending: [[Double]] = []

  /// Within this many length scales of a pending point nothing else is proposed.
  private static let exclusion = 0.25

  init(_ sampler: Sampler, _ acquisition: Acquisition, _ log: [Trial]) throws {
    (self.sampler, self.acquisition) = (sampler, acquisition)
    surrogates = try sampler.surrogates(log)
    hyperparameters = surrogates.map(\.hyperparameters)
    inflations = surrogates.map(\.inflation)
    taken = log.map(\.proposal.position)
    var succeeded: [[Double]] = []
    var failed: [[Double]] = []
    var waiting: [[Double]] = []
    for trial in log {
      switch trial.outcome {
      case .pending: waiting.append(trial.proposal.position)
      case .failed: failed.append(trial.proposal.position)
      case .finished: succeeded.append(trial.proposal.position)
      }
    }
    feasibility = Feasibility(succeeded: succeeded, failed: failed)
    for position in waiting { try believe(position) }
  }

  mutating func next() throws -> Proposal {
    let number = taken.count
    let uniform = CounterRandom.uniform(CounterRandom.bits(sampler.seed, UInt64(number), 1))
    let best = try polished(bestCandidate(number, uniform), number, uniform)
    let proposal = Proposal(
      number: number, position: best.position, acquisition: best.value,
      hyperparameters: hyperparameters)
    taken.append(best.position)
    try believe(best.position)
    return proposal
  }

  /// The best of 400 d fresh Sobol' points, away from pending points if any such is left.
  private func bestCandidate(
    _ number: Int, _ uniform: Double
  ) throws -> (position: [Double], value: Double) {
    let dimension = sampler.space.dimension
    let sobol = Sobol(
      dimension: dimension, seed: CounterRandom.bits(sampler.seed, UInt64(number), 2))
    var index: UInt32 = 0
    var best: (position: [Double], value: Double)?
    var crowded: (position: [Double], value: Double)?
    while index < 400 * dimension || (best == nil && crowded == nil) {
      guard index < 1 << 20 else {
        throw SamplingError("no point is left that the scan's constraints allow: loosen them")
      }
      let position = sobol[index]
      index += 1
      guard isFree(position) else { continue }
      let value = value(at: position, uniform)
      if isCrowded(position) {
        if value > crowded?.value ?? -.infinity { crowded = (position, value) }
      } else if value > best?.value ?? -.infinity {
        best = (position, value)
      }
    }
    guard let found = best ?? crowded else {
      throw SamplingError("the surrogate's predictions aren't finite: check the scan's results")
    }
    return found
  }

  /// Random steps of shrinking length that raise the acquisition.
  private func polished(
    _ start: (position: [Double], value: Double), _ number: Int, _ uniform: Double
  ) -> (position: [Double], value: Double) {
    var best = start
    for step in 0..<40 {
      let length = 0.05 / Double(1 + step / 8)
      let position = best.position.enumerated().map { axis, coordinate in
        let bits = CounterRandom.bits(
          sampler.seed, UInt64(number), UInt64(3 + step), UInt64(axis))
        return min(max(coordinate + length * (2 * CounterRandom.uniform(bits) - 1), 0), 1)
      }
      guard isFree(position), !isCrowded(position) else { continue }
      let value = value(at: position, uniform)
      if value > best.value { best = (position, value) }
    }
    return best
  }

  /// The acquisition, with the deviation where entropy no longer tells points apart.
  private func value(at position: [Double], _ uniform: Double) -> Double {
    let predictions = surrogates.map { $0.prediction(at: position) }
    let value = acquisition.value(predictions, sampler.targets, uniform: uniform)
    let chance = feasibility.probability(at: position)
    let weighted = value > 0 ? value * chance : value / max(chance, 1e-3)
    return weighted + 1e-6 * (predictions.map(\.deviation).max() ?? 0)
  }

  private func isFree(_ position: [Double]) -> Bool {
    sampler.space.contains(position)
      && !taken.contains { zip($0, position).allSatisfy { abs($0 - $1) < 1e-9 } }
  }

  private func isCrowded(_ position: [Double]) -> Bool {
    pending.contains { other in
      hyperparameters.contains { logarithms in
        let scales = Matern(logarithms: logarithms).lengthScales
        let square = scales.indices.reduce(0) { sum, axis in
          let distance = (other[axis] - position[axis]) / scales[axis]
          return sum + distance * distance
        }
        return square < Self.exclusion * Self.exclusion
      }
    }
  }

  private mutating func believe(_ position: [Double]) throws {
    pending.append(position)
    for index in surrogates.indices {
      let old = surrogates[index]
      let belief = Observation(position, value: old.prediction(at: position).mean)
      surrogates[index] = try GaussianProcess(
        old.observations + [belief], hyperparameters: hyperparameters[index],
        inflation: inflations[index])
    }
  }
}
