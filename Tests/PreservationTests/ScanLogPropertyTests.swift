// SPDX-License-Identifier: Apache-2.0
import Foundation
import Preservation
import Testing
import Workflow

/// What a log may take next, said a second time and without SQL.
private struct LogModel {
  var proposals: [ScanProposalRow] = []
  var outcomes: [ScanOutcomeRow] = []
  var rounds: [ScanRoundRow] = []

  func allows(_ batch: [ScanProposalRow]) -> Bool {
    var known = proposals
    for proposal in batch {
      guard proposal.number == known.count, proposal.round >= max(1, known.last?.round ?? 1),
        proposal.position.allSatisfy({ (0...1).contains($0) }),
        !known.contains(where: { $0.position == proposal.position })
      else { return false }
      known.append(proposal)
    }
    return true
  }

  func allows(_ outcome: ScanOutcomeRow) -> Bool {
    let earlier = outcomes.filter { $0.number == outcome.number }
    return proposals.indices.contains(outcome.number) && outcome.attempt == earlier.count + 1
      && !earlier.contains { $0.status == .finished }
  }

  func allows(_ round: ScanRoundRow) -> Bool {
    let isLater = rounds.allSatisfy {
      $0.round <= round.round && $0.evaluations <= round.evaluations
        && ($0.round, $0.evaluations) != (round.round, round.evaluations)
    }
    return isLater && round.round >= 1 && round.round <= proposals.last?.round ?? 0
  }
}

@Suite struct ScanLogPropertyTests {
  private let temporary: TemporaryRegistry
  private let scan: ScanRecord
  private let run: Int64

  init() throws {
    temporary = try TemporaryRegistry()
    let version = try temporary.register()
    run = try temporary.record([ResultValue(.cls, value: 0.5)], of: version).id
    scan = try temporary.registry.startScan(temporary.scan(of: version))
  }

  /// Whether the registry took it; what it doesn't take must be refused, not fail otherwise.
  private func isTaken(_ write: () throws -> Void) throws -> Bool {
    do {
      try write()
      return true
    } catch let error as RegistryError where error.code == .refused {
      return false
    }
  }

  /// Right and wrong writes at random: the registry takes what the model allows and nothing else.
  @Test(arguments: 0..<6)
  func theLogIsWhatTheModelAllows(seed: Int) throws {
    let registry = temporary.registry
    var random = SplitMix(state: UInt64(seed))
    var model = LogModel()
    var taken = 0
    let time = Date(timeIntervalSince1970: 1_800_000_000)
    for _ in 0..<150 {
      // Mostly the right number, sometimes one beside it.
      let slip = [0, 0, 0, 0, 0, -1, 1].randomElement(using: &random) ?? 0
      let lastRound = model.proposals.last?.round ?? 1
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let round = lastRound + Int.random(in: -1...1, using: &random)
        let batch = (0..<Int.random(in: 1...3, using: &random)).map { index in
          ScanProposalRow(
            number: model.proposals.count + index + slip, round: round,
            position: [Double(Int.random(in: 0...130, using: &random)) / 128],
            point: ["m_sq_gev": 1], createdAt: time)
        }
        let isAllowed = model.allows(batch)
        #expect(try isTaken { try registry.propose(batch, in: scan) } == isAllowed)
        if isAllowed { model.proposals += batch }
        taken += isAllowed ? 1 : 0
      case 1, 2:
        let number = Int.random(in: 0...max(1, model.proposals.count), using: &random)
        let attempt = 1 + slip + model.outcomes.count { $0.number == number }
        let outcome: ScanOutcomeRow =
          Bool.random(using: &random)
          ? .failed(number, attempt: attempt, run: nil, message: "no", createdAt: time)
          : .finished(
            number, attempt: attempt, run: run,
            outputs: ["obs": ScanOutputValue(Double.random(in: -1...1, using: &random))],
            createdAt: time)
        let isAllowed = model.allows(outcome)
        #expect(try isTaken { try registry.record(outcome, in: scan) } == isAllowed)
        if isAllowed { model.outcomes.append(outcome) }
        taken += isAllowed ? 1 : 0
      default:
        let round = ScanRoundRow(
          round: lastRound + slip,
          evaluations: model.outcomes.count { $0.status == .finished }, misclassified: 0.5,
          shift: nil, createdAt: time)
        let isAllowed = model.allows(round)
        #expect(try isTaken { try registry.record(round, in: scan) } == isAllowed)
        if isAllowed { model.rounds.append(round) }
        taken += isAllowed ? 1 : 0
      }
    }
    #expect((20...130).contains(taken), "right and wrong ones both occur")
    let log = try temporary.reopened().log(of: scan)
    #expect(log.proposals == model.proposals)
    #expect(
      log.outcomes
        == model.outcomes.sorted { ($0.number, $0.attempt) < ($1.number, $1.attempt) })
    #expect(log.rounds == model.rounds)
    let record = try registry.scan("plane")
    #expect(record.proposed == model.proposals.count)
    #expect(record.finished == model.outcomes.count { $0.status == .finished })
    #expect(record.pending == model.proposals.count - Set(model.outcomes.map(\.number)).count)
  }
}
