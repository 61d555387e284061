// SPDX-License-Identifier: Apache-2.0

/// The points of one round of active learning, one after the other: those already chosen, and
/// those still pending, are believed to give what the surrogate predicts, and keep others away.
struct ContourSearch {
  private typealias Candidate = (position: [Double], value: Double)

  private let sampler: Sampler
  private let acquisition: Acquisition
  private let feasibility: Feasibility
  private let hyperparameters: [[Double]]
  private let lengthScales: [[Double]]
  private var surrogates: [GaussianProcess]
  private var taken: [[Double]]
  private var pending: [[Double]] = []
  private var lookaheads: [Lookahead] = []

  /// Within this many length scales of a pending point nothing else is proposed.
  private static let exclusion = 0.25
  /// What an acquisition that looks ahead is integrated over, and how many candidates it judges.
  private static let nodes: UInt32 = 1024
  private static let judged = 60

  /// - Parameter surrogates: of the log, one for each target.
  init(
    _ sampler: Sampler, _ acquisition: Acquisition, _ log: [Trial], _ surrogates: [GaussianProcess]
  ) {
    (self.sampler, self.acquisition, self.surrogates) = (sampler, acquisition, surrogates)
    hyperparameters = surrogates.map(\.hyperparameters)
    lengthScales = hyperparameters.map { Matern(logarithms: $0).lengthScales }
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
    feasibility = Feasibility(succeeded: succeeded, failed: sampler.avoidsFailures ? failed : [])
    waiting.forEach { believe($0) }
  }

  /// Nil when no point of the pool is left.
  mutating func next() throws -> Proposal? {
    let number = taken.count
    let uniform = CounterRandom.uniform(CounterRandom.bits(sampler.seed, UInt64(number), 1))
    let candidates = try candidates(number)
    guard !candidates.isEmpty else { return nil }
    if acquisition.looksAhead { lookAhead(number) }
    var best = try bestCandidate(candidates, uniform)
    if sampler.pool == nil { best = polished(best, number, uniform) }
    taken.append(best.position)
    believe(best.position)
    return Proposal(
      number: number, position: best.position, acquisition: best.value,
      hyperparameters: hyperparameters)
  }

  /// What is left of the pool, or 400 d fresh Sobol' points that are allowed, more until there is
  /// one.
  private func candidates(_ number: Int) throws -> [[Double]] {
    if let pool = sampler.pool { return pool.filter(isFree) }
    let dimension = sampler.space.dimension
    let sobol = Sobol(
      dimension: dimension, seed: CounterRandom.bits(sampler.seed, UInt64(number), 2))
    var index: UInt32 = 0
    var candidates: [[Double]] = []
    while index < 400 * dimension || candidates.isEmpty {
      guard index < 1 << 20 else {
        throw SamplingError("no point is left that the scan's constraints allow: loosen them")
      }
      if isFree(sobol[index]) { candidates.append(sobol[index]) }
      index += 1
    }
    return candidates
  }

  private mutating func lookAhead(_ number: Int) {
    let sobol = Sobol(
      dimension: sampler.space.dimension,
      seed: CounterRandom.bits(sampler.seed, UInt64(number), 3))
    let points =
      sampler.pool?.filter(sampler.space.contains)
      ?? (0..<Self.nodes).map { sobol[$0] }.filter(sampler.space.contains)
    lookaheads = zip(surrogates, sampler.targets).map {
      Lookahead(acquisition, $0, $1, over: points)
    }
  }

  /// The best, away from pending points if any such is left.
  private func bestCandidate(_ candidates: [[Double]], _ uniform: Double) throws -> Candidate {
    var free = candidates.filter { !isCrowded($0) }
    if free.isEmpty { free = candidates }
    if acquisition.looksAhead, free.count > Self.judged {
      let values = free.map { localValue(at: $0, uniform) }
      let order = free.indices.sorted { (values[$0], $1) > (values[$1], $0) }
      free = order.prefix(Self.judged).map { free[$0] }
    }
    var best: Candidate?
    for position in free {
      let value = value(at: position, uniform)
      if value > best?.value ?? -.infinity { best = (position, value) }
    }
    guard let best else {
      throw SamplingError("the surrogate's predictions aren't finite: check the scan's results")
    }
    return best
  }

  /// Random steps of shrinking length that raise the acquisition.
  private func polished(_ start: Candidate, _ number: Int, _ uniform: Double) -> Candidate {
    var best = start
    for step in 0..<40 {
      let length = 0.05 / Double(1 + step / 8)
      let position = best.position.enumerated().map { axis, coordinate in
        let bits = CounterRandom.bits(
          sampler.seed, UInt64(number), UInt64(4 + step), UInt64(axis))
        return min(max(coordinate + length * (2 * CounterRandom.uniform(bits) - 1), 0), 1)
      }
      guard isFree(position), !isCrowded(position) else { continue }
      let value = value(at: position, uniform)
      if value > best.value { best = (position, value) }
    }
    return best
  }

  private func value(at position: [Double], _ uniform: Double) -> Double {
    guard acquisition.looksAhead else { return localValue(at: position, uniform) }
    return lookaheads.reduce(0) { $0 + $1.value(at: position) }
      * feasibility.probability(at: position)
  }

  /// The acquisition, with the deviation where entropy no longer tells points apart.
  private func localValue(at position: [Double], _ uniform: Double) -> Double {
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
      lengthScales.contains { scales in
        let square = scales.indices.reduce(0) { sum, axis in
          let distance = (other[axis] - position[axis]) / scales[axis]
          return sum + distance * distance
        }
        return square < Self.exclusion * Self.exclusion
      }
    }
  }

  private mutating func believe(_ position: [Double]) {
    pending.append(position)
    for index in surrogates.indices { surrogates[index].believe(position) }
  }
}
