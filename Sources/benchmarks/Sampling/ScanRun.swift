// SPDX-License-Identifier: Apache-2.0
import Sampling

/// One scan of a case, its points chosen by us or by a peer's strategy.
struct ScanRun {
  let scan: ScanCase
  let sampler: Sampler
  /// Peers' strategies take its place after the design.
  var peer: PeerStrategy?
  var batch = 1
  var gradients = false
  /// Chance that an evaluation fails.
  var failures = 0.0

  init(_ scan: ScanCase, seed: UInt64, strategy: Sampler.Strategy = .active()) throws {
    self.scan = scan
    sampler = try Sampler(
      scan.space, strategy: strategy, targets: scan.responses.indices.map { Target(output: $0) },
      seed: seed)
  }

  /// Until so many evaluations.
  func log(_ count: Int) throws -> [Trial] {
    var log: [Trial] = []
    while log.count < count {
      let wanted = min(batch, count - log.count)
      let design = max(6, 2 * scan.dimension + 2)
      let next =
        if let peer, log.count >= design {
          try peer.proposals(wanted, sampler, log)
        } else {
          try sampler.proposals(peer == nil ? wanted : min(wanted, design - log.count), after: log)
        }
      log += next.map { Trial($0, outcome($0)) }
    }
    return log
  }

  private func outcome(_ proposal: Proposal) -> Trial.Outcome {
    let draw = CounterRandom.uniform(
      CounterRandom.bits(sampler.seed, UInt64(proposal.number), 99))
    return draw < failures
      ? .failed : .finished(scan.outputs(at: proposal.position, gradients: gradients))
  }

  /// The fraction of points on the wrong side after these evaluations.
  func error(after log: [Trial]) throws -> Double {
    let surrogates = try sampler.surrogates(log)
    return scan.wrong(surrogates.map { surrogate in { surrogate.mean(at: $0) } })
  }

  /// That after each evaluation, from the sixth.
  func errors(_ log: [Trial]) throws -> [Double] {
    try (6...log.count).map { try error(after: Array(log.prefix($0))) }
  }

  /// The first number of evaluations from which the error is and stays below a level.
  static func evaluations(_ errors: [Double], until level: Double) -> Double {
    errors.last ?? 1 < level
      ? Double((errors.lastIndex { $0 >= level } ?? -1) + 1 + 6) : .infinity
  }
}
