// SPDX-License-Identifier: Apache-2.0
import Foundation
import Preservation
import Sampling
import Workflow

/// The log of a scan in memory: what the registry has, kept up with what is written to it.
struct ScanState: Sendable {
  private(set) var proposals: [ScanProposalRow]
  /// The last attempt at each point.
  private(set) var outcomes: [Int: ScanOutcomeRow] = [:]
  private(set) var rounds: [ScanRoundRow]
  private let outputs: [ScanOutput]
  private let hasNoise: Bool
  private var observations: [Int: [Observation]] = [:]

  /// - Parameters:
  ///   - outputs: of the scan, in order.
  ///   - hasNoise: whether results' uncertainties are noise to the surrogate.
  init(_ log: ScanLog, outputs: [ScanOutput], hasNoise: Bool) throws {
    (self.outputs, self.hasNoise) = (outputs, hasNoise)
    proposals = log.proposals
    rounds = log.rounds
    for outcome in log.latestOutcomes.values { try add(outcome) }
  }

  mutating func add(_ rows: [ScanProposalRow]) { proposals += rows }

  mutating func add(_ round: ScanRoundRow) { rounds.append(round) }

  mutating func add(_ outcome: ScanOutcomeRow) throws {
    outcomes[outcome.number] = outcome
    guard outcome.status == .finished else { return }
    observations[outcome.number] = try outputs.map { output in
      guard let result = outcome.outputs[output.name] else {
        throw Failure(.unexpected, "point \(outcome.number) has no '\(output.name)'")
      }
      let response = try output.response(of: result)
      return Observation(
        proposals[outcome.number].position, value: response.value,
        variance: hasNoise ? response.variance : 0)
    }
  }

  var finished: Int { observations.count }
  var failed: Int { outcomes.count - observations.count }
  /// The round of the last proposals; 0 before any.
  var round: Int { proposals.last?.round ?? 0 }

  /// Points to be evaluated: not answered, or failed with an attempt left.
  func open(retries: Int) -> [ScanProposalRow] {
    proposals.filter { row in
      guard let outcome = outcomes[row.number] else { return true }
      return outcome.status == .failed && outcome.attempt <= retries
    }
  }

  /// Points that failed.
  var failures: [ScanProposalRow] {
    proposals.filter { outcomes[$0.number]?.status == .failed }
  }

  /// Number of the next attempt at a point, from 1.
  func attempt(at number: Int) -> Int { (outcomes[number]?.attempt ?? 0) + 1 }

  /// What the sampler sees.
  func trials() -> [Trial] {
    proposals.map { row in
      let outcome: Trial.Outcome =
        if let values = observations[row.number] {
          .finished(values)
        } else if outcomes[row.number] != nil {
          .failed
        } else {
          .pending
        }
      return Trial(
        Proposal(
          number: row.number, position: row.position, acquisition: row.acquisition,
          hyperparameters: row.hyperparameters), outcome)
    }
  }

  /// So many of the finished points, evenly taken and numbered anew.
  func evenTrials(_ count: Int) -> [Trial] {
    let finished = proposals.filter { observations[$0.number] != nil }
    return (0..<min(count, finished.count)).map { index in
      let row = finished[index * finished.count / min(count, finished.count)]
      return Trial(
        Proposal(number: index, position: row.position), .finished(observations[row.number] ?? []))
    }
  }
}
