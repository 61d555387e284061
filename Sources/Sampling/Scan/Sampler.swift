// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Chooses the points of a scan: a pure function of space, strategy, log and seed.
///
/// The log's order is that of the proposals' numbers, whatever the order in which it is given, so
/// a scan that is resumed, or whose results came in another order, proposes the same points.
public struct Sampler: Sendable {
  /// Where points come from.
  public enum Strategy: Hashable, Sendable, Codable {
    /// A design, then active learning.
    case active(Acquisition = .entropy, design: Design = Design())
    /// A scrambled Sobol' sequence.
    case sobol
    /// Independent uniform points.
    case random
    /// The middles of the cells of a regular grid, first axis fastest.
    case grid(perAxis: Int)
    /// These positions of the unit cube, in order.
    case points([[Double]])
  }

  /// What is explored.
  public let space: ParameterSpace
  /// Where its points come from.
  public let strategy: Strategy
  /// The contours looked for, at least one.
  public let targets: [Target]
  /// Of every random choice.
  public let seed: UInt64
  /// The only positions that can be evaluated, such as the points of a patchset; nil for all of
  /// the space. Where a strategy asks for another position it gets the nearest one left.
  public let pool: [[Double]]?
  /// For each target what a cheaper scan found, nil for one without; empty without any.
  public let priors: [GaussianProcess?]
  /// Whether points near failed ones are proposed less.
  public let avoidsFailures: Bool

  /// A sampler from its parts.
  ///
  /// - Throws: `SamplingError` for no target, an output below zero, a level that isn't finite, or
  ///   a weight that isn't above zero; for an empty grid or pool, a given point outside of the
  ///   cube; for priors of another number or dimension.
  public init(
    _ space: ParameterSpace, strategy: Strategy = .active(), targets: [Target] = [Target()],
    seed: UInt64, pool: [[Double]]? = nil, priors: [GaussianProcess?] = [],
    avoidsFailures: Bool = true
  ) throws {
    guard !targets.isEmpty else { throw SamplingError("a scan needs a target: name a contour") }
    for (index, target) in targets.enumerated() {
      guard target.output >= 0, target.level.isFinite, target.weight > 0, target.weight.isFinite
      else {
        throw SamplingError(
          "target \(index) has output \(target.output), level \(target.level), weight "
            + "\(target.weight): give an index, a finite level and a weight above zero")
      }
    }
    try Self.check(strategy, in: space)
    if let pool {
      guard !pool.isEmpty else {
        throw SamplingError("the pool has no point: give the positions that can be evaluated")
      }
      try Self.check(pool, "point", in: space)
    }
    guard priors.isEmpty || priors.count == targets.count,
      priors.allSatisfy({ $0 == nil || $0?.dimension == space.dimension })
    else {
      throw SamplingError(
        "a scan of \(targets.count) targets in \(space.dimension) dimensions needs a prior of as "
          + "many dimensions for each target: leave them out, or scan the same parameters")
    }
    (self.space, self.strategy, self.targets, self.seed) = (space, strategy, targets, seed)
    (self.pool, self.priors, self.avoidsFailures) = (pool, priors, avoidsFailures)
  }

  /// A grid must have points, and given points must be positions.
  private static func check(_ strategy: Strategy, in space: ParameterSpace) throws {
    switch strategy {
    case .sobol, .random: break
    case .active(_, let design): try check(design.seeds, "seed point", in: space)
    case .points(let points): try check(points, "point", in: space)
    case .grid(let perAxis):
      guard perAxis < 1 else { return }
      throw SamplingError("a grid of \(perAxis) points on each axis has no point: give 1 or more")
    }
  }

  private static func check(
    _ points: [[Double]], _ name: String, in space: ParameterSpace
  ) throws {
    let wrong = points.firstIndex { point in
      point.count != space.dimension || !point.allSatisfy { (0...1).contains($0) }
    }
    guard let wrong else { return }
    throw SamplingError(
      "\(name) \(wrong) is \(points[wrong]), not a position of the unit cube of "
        + "\(space.dimension) dimensions: map parameters with 'position(of:)'")
  }

  /// The next points, different from each other and from all of the log, allowed by the space;
  /// fewer than `count` when a grid, a list of points, the design or the pool ends.
  ///
  /// - Parameter count: how many are wanted.
  /// - Parameter log: every proposal so far, numbered from zero.
  /// - Parameter surrogates: those of this log, where they are known already.
  /// - Throws: `SamplingError` for a log with gaps or results of the wrong shape, and when no
  ///   allowed point is found.
  public func proposals(
    _ count: Int, after log: [Trial], surrogates: [GaussianProcess]? = nil
  ) throws -> [Proposal] {
    let log = try checked(log)
    let known = log.map(\.proposal)
    guard case .active(let acquisition, let design) = strategy else {
      return try designed(count, known)
    }
    let missing = design.size(in: space) - log.count
    let finished = log.filter { if case .finished = $0.outcome { true } else { false } }
    if missing > 0 || finished.count < 2 {
      return try designed(missing > 0 ? min(count, missing) : count, known)
    }
    var search = ContourSearch(self, acquisition, log, try surrogates ?? self.surrogates(log))
    return try (0..<max(count, 0)).compactMap { _ in try search.next() }
  }

  /// The surrogate of each target, fitted to the results of the log.
  public func surrogates(_ log: [Trial]) throws -> [GaussianProcess] {
    let log = try checked(log)
    let last = log.last { $0.proposal.hyperparameters.count == targets.count }
    return try targets.enumerated().map { index, target in
      try GaussianProcess(
        fitting: Self.observations(log, for: target),
        from: last?.proposal.hyperparameters[index], prior: priors.isEmpty ? nil : priors[index])
    }
  }

  /// As `surrogates(_:)`, with the hyperparameters of `others`, which were fitted to a part of the
  /// log: the effort of a fit grows with the cube of the number of results, many times over.
  ///
  /// - Parameter log: every proposal so far, numbered from zero.
  /// - Parameter others: one for each target.
  public func surrogates(_ log: [Trial], like others: [GaussianProcess]) throws
    -> [GaussianProcess]
  {
    let log = try checked(log)
    return try zip(targets, others).map { target, other in
      try GaussianProcess(
        Self.observations(log, for: target), hyperparameters: other.hyperparameters,
        inflation: other.inflation, prior: other.prior)
    }
  }

  private static func observations(_ log: [Trial], for target: Target) -> [Observation] {
    log.compactMap { trial in
      guard case .finished(let outputs) = trial.outcome else { return nil }
      return target.loosened(outputs[target.output])
    }
  }

  private func checked(_ log: [Trial]) throws -> [Trial] {
    let log = log.sorted { $0.proposal.number < $1.proposal.number }
    for (index, trial) in log.enumerated() {
      guard trial.proposal.number == index, trial.proposal.position.count == space.dimension else {
        throw SamplingError(
          "the scan's log has proposal \(trial.proposal.number) of "
            + "\(trial.proposal.position.count) coordinates where number \(index) of "
            + "\(space.dimension) belongs")
      }
      guard case .finished(let outputs) = trial.outcome else { continue }
      guard targets.allSatisfy({ $0.output < outputs.count }),
        outputs.allSatisfy({ $0.position == trial.proposal.position && $0.problem == nil })
      else {
        throw SamplingError(
          "the result of proposal \(index) lacks an output, is of another position, or has a "
            + "number that isn't finite: record it as failed")
      }
    }
    return log
  }
}
