// SPDX-License-Identifier: Apache-2.0
import Foundation
import Preservation
import Sampling
import Workflow

/// Works on a scan until a rule, a person or its points' end stops it.
///
/// What it does next is a function of the log: it writes down what it asks for before it asks, and
/// each answer when it comes, so it can be killed between any two writes.
struct ScanRunner {
  /// How the work ended.
  struct End: Sendable {
    let status: ScanStatus
    let reason: String
  }

  private let record: ScanRecord
  private let registry: Registry
  private let specification: ScanSpecification
  private let sampler: Sampler
  private let evaluation: PointEvaluation
  /// Points evaluated at the same time.
  private let width: Int
  private var state: ScanState
  private var pace: ScanPace
  private var fitted: Fitted?
  private let progress: @Sendable (ScanProgress) -> Void

  /// Sequences that learn nothing are asked for so many points at once, and finite ones for so
  /// many.
  private static let batchOfSequence = 10
  private static let batchOfList = 1000
  /// Nobody waits for what the surrogate says of a finite strategy: with more points than this it
  /// isn't asked, as the effort grows with their cube.
  private static let assessed = 300

  init(
    _ record: ScanRecord, _ scan: PreparedScan, _ evaluation: PointEvaluation, width: Int,
    progress: @escaping @Sendable (ScanProgress) -> Void
  ) throws {
    self.record = record
    self.evaluation = evaluation
    registry = evaluation.registry
    specification = scan.specification
    sampler = scan.sampler
    state = try scan.state(evaluation.registry.log(of: record))
    self.width = specification.mode == .async ? specification.acquisition.batch : max(1, width)
    self.progress = progress
    pace = ScanPace(answered: state.outcomes.count)
  }

  /// - Parameter retrying: whether failed points are evaluated once more first.
  /// - Throws: what the registry throws; then the log is as far as it got.
  mutating func run(retrying: Bool = false) async throws -> End {
    tell(running: 0)
    if retrying, let end = try await evaluate(state.failures, proposing: false) { return end }
    if specification.mode == .async { return try await runAsynchronously() }
    while true {
      let open = state.open(retries: specification.failures.retries)
      if let end = try await evaluate(open, proposing: false) { return end }
      try assess()
      if let end = try interruption() ?? ruling() { return end }
      guard try !propose().isEmpty else { return exhaustion }
    }
  }

  private mutating func runAsynchronously() async throws -> End {
    let open = state.open(retries: specification.failures.retries)
    if let end = try ruling(), open.isEmpty { return end }
    let end = try await evaluate(open, proposing: true)
    try assess()
    return try end ?? ruling() ?? exhaustion
  }

  private var exhaustion: End {
    End(status: .finished, reason: "all \(state.proposals.count) points are done")
  }

  /// Evaluates points, `width` at a time; proposing: and others whenever there is room.
  ///
  /// When something ends the scan nothing more is begun, and the points under way are waited for.
  private mutating func evaluate(_ points: [ScanProposalRow], proposing: Bool) async throws -> End?
  {
    var waiting = points
    let evaluation = evaluation
    return try await withThrowingTaskGroup(of: Answer.self) { group in
      var running = 0
      var end = try interruption()
      while true {
        while running < width, end == nil {
          if waiting.isEmpty, proposing { waiting = try propose() }
          guard !waiting.isEmpty else { break }
          let proposal = waiting.removeFirst()
          group.addTask {
            Answer(proposal: proposal, ending: try await evaluation.perform(proposal))
          }
          running += 1
        }
        tell(running: running)
        guard running > 0, let answer = try await group.next() else { return end }
        running -= 1
        if try settle(answer) { waiting.append(answer.proposal) }
        if proposing, !specification.isFinite { try assess() }
        end = try end ?? interruption() ?? (proposing ? ruling() : outOfTime())
      }
    }
  }

  private struct Answer: Sendable {
    let proposal: ScanProposalRow
    let ending: PointEvaluation.Ending
  }

  /// Writes an answer down; true when the point is to be tried again.
  private mutating func settle(_ answer: Answer) throws -> Bool {
    let number = answer.proposal.number
    let attempt = state.attempt(at: number)
    let outcome: ScanOutcomeRow
    switch answer.ending {
    case .cancelled: return false
    case .finished(let run, let outputs):
      outcome = .finished(number, attempt: attempt, run: run, outputs: outputs)
    case .failed(let run, let message):
      outcome = .failed(number, attempt: attempt, run: run, message: message)
    }
    try registry.record(outcome, in: record)
    try state.add(outcome)
    return outcome.status == .failed && attempt <= specification.failures.retries
  }
}

// MARK: - What comes next

extension ScanRunner {
  /// The surrogates of the log when it had so many proposals and results.
  private struct Fitted {
    let proposals: Int
    let finished: Int
    let surrogates: [GaussianProcess]
  }

  /// What an assessment fitted to the log as it is; nil when the log has grown since.
  private var knownSurrogates: [GaussianProcess]? {
    guard let fitted, fitted.proposals == state.proposals.count,
      fitted.finished == state.finished
    else { return nil }
    return fitted.surrogates
  }

  /// Asks the sampler for the next round and writes it down; empty when there is nothing to ask.
  private mutating func propose() throws -> [ScanProposalRow] {
    let left = specification.stop.evaluations - state.proposals.count
    guard left > 0 else { return [] }
    let round = state.round + 1
    let rows = try sampler.proposals(
      min(left, roundSize), after: state.trials(), surrogates: knownSurrogates
    ).map { proposal in
      ScanProposalRow(
        number: proposal.number, round: round, position: proposal.position,
        point: specification.point(
          sampler.space.parameters(at: proposal.position).map(Self.rounded)),
        acquisition: proposal.acquisition, hyperparameters: proposal.hyperparameters)
    }
    guard !rows.isEmpty else { return [] }
    try registry.propose(rows, in: record)
    state.add(rows)
    return rows
  }

  private var roundSize: Int {
    let batch = specification.mode == .async ? 1 : specification.acquisition.batch
    guard case .active = specification.strategy else {
      guard specification.mode == .rounds else { return 1 }
      return max(batch, specification.isFinite ? Self.batchOfList : Self.batchOfSequence)
    }
    // The whole design is one round: none of its points depends on another.
    return state.proposals.isEmpty ? specification.stop.evaluations : batch
  }

  /// To twelve digits, so that a point that was given as 1400 is 1400 again.
  private static func rounded(_ value: Double) -> Double {
    Double(String(format: "%.12g", value)) ?? value
  }

  /// Writes down what the surrogates say now, once for each state of a round.
  private mutating func assess() throws {
    let (round, finished) = (state.round, state.finished)
    guard round > 0,
      !state.rounds.contains(where: { $0.round == round && $0.evaluations == finished })
    else { return }
    var row = ScanRoundRow(round: round, evaluations: finished, misclassified: nil, shift: nil)
    if finished > 1, !(specification.isFinite && finished > Self.assessed) {
      let surrogates = try sampler.surrogates(state.trials())
      fitted = Fitted(
        proposals: state.proposals.count, finished: finished, surrogates: surrogates)
      let now = try sampler.assessment(state.trials(), surrogates: surrogates)
      row = ScanRoundRow(
        round: round, evaluations: finished, misclassified: min(now.misclassified, 1),
        shift: now.shift)
    }
    try registry.record(row, in: record)
    state.add(row)
  }
}

// MARK: - When it ends

extension ScanRunner {
  /// Somebody wants it to end.
  private func interruption() throws -> End? {
    if Task.isCancelled { return End(status: .stopped, reason: "interrupted") }
    return try registry.isStopRequested(of: record)
      ? End(status: .stopped, reason: "stopped on request") : nil
  }

  /// A stop rule holds.
  private func ruling() throws -> End? {
    specification.stop.reason(
      rounds: state.rounds, answered: state.outcomes.count, seconds: pace.seconds,
      learns: !specification.isFinite
    ).map { End(status: .finished, reason: $0) }
  }

  /// Within a round only the time counts.
  private func outOfTime() -> End? {
    specification.stop.reason(
      rounds: [], answered: 0, seconds: pace.seconds, learns: false
    ).map { End(status: .finished, reason: $0) }
  }

  private var pointLimit: Int { specification.pointLimit(pool: sampler.pool?.count) }

  private func tell(running: Int) {
    let learns = !specification.isFinite
    progress(
      ScanProgress(
        scan: specification.name, finished: state.finished, failed: state.failed,
        running: running, evaluations: pointLimit,
        misclassified: state.rounds.last { $0.misclassified != nil }?.misclassified,
        goal: learns ? specification.stop.misclassified : nil,
        secondsLeft: pace.secondsLeft(
          answered: state.outcomes.count, of: pointLimit,
          wallTime: specification.stop.wallTime)))
  }
}
