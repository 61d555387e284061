// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Testing
import Workflow

@Suite struct ScanLogTests {
  let temporary: TemporaryRegistry
  let version: Version
  let run: Run
  let scan: ScanRecord
  var registry: Registry { temporary.registry }

  init() throws {
    temporary = try TemporaryRegistry()
    version = try temporary.register()
    run = try temporary.record([ResultValue(.upper_limit, value: 1.5)], of: version)
    scan = try temporary.registry.startScan(temporary.scan(of: version))
  }

  private func time(_ seconds: Double) -> Date {
    Date(timeIntervalSince1970: 1_800_000_000 + seconds)
  }

  @Test func theLogIsReadAsItWasWritten() throws {
    let proposals = [
      ScanProposalRow(
        number: 0, round: 1, position: [0.1, 1], point: ["m_sq_gev": 0.1 + 0.2, "m_lsp_gev": 0],
        createdAt: time(0.125)),
      ScanProposalRow(
        number: 1, round: 1, position: [1 / 3, Double.leastNonzeroMagnitude],
        point: ["m_sq_gev": 1e300, "m_lsp_gev": -7],
        acquisition: -0.25, hyperparameters: [[1, 0.3], [2.5]], createdAt: time(1)),
    ]
    let outcomes: [ScanOutcomeRow] = [
      .failed(0, attempt: 1, run: run.id, message: "step 'limit' failed", createdAt: time(2)),
      .finished(
        0, attempt: 2, run: run.id,
        outputs: [
          "obs": ScanOutputValue(
            1 / 3, uncertainty: 0.01, gradient: ["m_sq_gev": -0.1, "m_lsp_gev": 2]),
          "exp+1": ScanOutputValue(-2e-9),
        ], createdAt: time(3)),
      .failed(1, attempt: 1, run: nil, message: "outside of the map", createdAt: time(4)),
    ]
    let rounds = [
      ScanRoundRow(
        round: 1, evaluations: 0, misclassified: nil, shift: nil, createdAt: time(5)),
      ScanRoundRow(
        round: 1, evaluations: 1, misclassified: 0.125, shift: 0, createdAt: time(6)),
    ]
    try registry.propose(proposals, in: scan)
    try registry.record(outcomes[0], in: scan)
    try registry.record(Array(outcomes[1...]), in: scan)
    for round in rounds { try registry.record(round, in: scan) }
    let log = try temporary.reopened().log(of: scan)
    #expect(log.proposals == proposals)
    #expect(log.outcomes == outcomes)
    #expect(log.rounds == rounds)
    #expect(log.latestOutcomes == [0: outcomes[1], 1: outcomes[2]])
    let record = try registry.scan("plane")
    #expect(record.proposed == 2 && record.finished == 1)
    #expect(record.failed == 1 && record.pending == 0)
  }

  /// The second proposal of each pair is wrong, and the first goes with it.
  static let wrongProposals: [(ScanProposalRow, String)] = [
    (proposal(2, round: 1, at: 0.5), "same as point 0"),
    (proposal(3, round: 1, at: 0.75), "without gaps"),
    (proposal(1, round: 1, at: 0.75), "without gaps"),
    (proposal(2, round: 1, at: 1.5), "position in the unit cube"),
    (proposal(2, round: 1, at: -0.5), "position in the unit cube"),
    (proposal(2, round: 1, at: .nan), "isn't finite"),
    (proposal(2, round: 1, at: .infinity), "isn't finite"),
    (
      ScanProposalRow(number: 2, round: 1, position: [0.75], point: ["m_sq_gev": .nan]),
      "isn't finite"
    ),
    (ScanProposalRow(number: 2, round: 1, position: [], point: [:]), "position in the unit cube"),
    (
      ScanProposalRow(number: 2, round: 1, position: [0.75], point: ["a": 1, "b": 2]),
      "position in the unit cube"
    ),
    (
      ScanProposalRow(
        number: 2, round: 1, position: [0.75], point: ["a": 1], acquisition: .infinity),
      "acquisition"
    ),
  ]

  @Test(arguments: wrongProposals.indices)
  func aRoundIsWrittenWholeOrNotAtAll(index: Int) throws {
    let (wrong, sentence) = Self.wrongProposals[index]
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    let before = try registry.log(of: scan)
    let error = #expect(throws: RegistryError.self) {
      try registry.propose([proposal(1, round: 1, at: 0.25), wrong], in: scan)
    }
    #expect(error?.code == .refused)
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    #expect(try registry.log(of: scan) == before)
  }

  @Test func roundsDoNotGoBack() throws {
    try registry.propose([proposal(0, round: 2, at: 0.5)], in: scan)
    #expect(throws: RegistryError.self) {
      try registry.propose([proposal(1, round: 1, at: 0.25)], in: scan)
    }
    try registry.propose([proposal(1, round: 2, at: 0.25)], in: scan)
  }

  @Test func onlyARunningScanProposes() throws {
    try temporary.database().write {
      try $0.execute(sql: "UPDATE scan SET status = 'stopped', reason = 'why'")
    }
    let error = #expect(throws: RegistryError.self) {
      try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    }
    #expect(error?.description.contains("only a running scan proposes") == true)
  }

  private func finished(_ number: Int, attempt: Int, run: Int64) -> ScanOutcomeRow {
    .finished(number, attempt: attempt, run: run, outputs: ["obs": ScanOutputValue(1)])
  }

  @Test func attemptsFollowEachOtherUntilOneHasFinished() throws {
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    func refused(_ outcome: ScanOutcomeRow, _ sentence: String) throws {
      let before = try registry.log(of: scan)
      let error = #expect(throws: RegistryError.self) { try registry.record(outcome, in: scan) }
      #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
      #expect(try registry.log(of: scan) == before)
    }
    try refused(finished(0, attempt: 2, run: run.id), "numbered from 1")
    try refused(finished(1, attempt: 1, run: run.id), "FOREIGN KEY")
    try refused(finished(0, attempt: 1, run: 4711), "of its version")
    try refused(.failed(0, attempt: 1, run: nil, message: ""), "CHECK")
    try refused(
      .finished(0, attempt: 1, run: run.id, outputs: [:]), "CHECK")
    for value in [Double.nan, .infinity] {
      try refused(
        .finished(0, attempt: 1, run: run.id, outputs: ["obs": ScanOutputValue(value)]),
        "output 'obs' is not finite")
      try refused(
        .finished(
          0, attempt: 1, run: run.id,
          outputs: ["obs": ScanOutputValue(1, gradient: ["m_sq_gev": value])]),
        "output 'obs' is not finite")
    }
    try refused(
      .finished(
        0, attempt: 1, run: run.id, outputs: ["obs": ScanOutputValue(1, uncertainty: -1)]),
      "below zero")
    try registry.record(.failed(0, attempt: 1, run: nil, message: "no"), in: scan)
    try refused(finished(0, attempt: 1, run: run.id), "numbered from 1")
    try registry.record(finished(0, attempt: 2, run: run.id), in: scan)
    try refused(finished(0, attempt: 3, run: run.id), "until one has finished")
  }

  @Test func theRunsOfAScanAreOfItsVersion() throws {
    let other = try temporary.record(
      [], signal: madeUpSignal("gl"), of: temporary.register("gluinos"))
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    #expect(throws: RegistryError.self) {
      try registry.record(finished(0, attempt: 1, run: other.id), in: scan)
    }
  }

  @Test func outcomesThatBelongTogetherAreWrittenTogether() throws {
    try registry.propose(
      [proposal(0, round: 1, at: 0.5), proposal(1, round: 1, at: 0.25)], in: scan)
    #expect(throws: RegistryError.self) {
      try registry.record(
        [finished(1, attempt: 1, run: run.id), finished(0, attempt: 5, run: run.id)], in: scan)
    }
    #expect(try registry.log(of: scan).outcomes.isEmpty)
  }

  @Test(
    arguments: [
      (2, 0, 0.5, nil), (1, -1, 0.5, nil), (1, 0, 1.5, nil), (1, 0, -0.1, nil), (1, 0, 0.5, 2),
      (0, 0, 0.5, 0),
    ] as [(Int, Int, Double?, Double?)])
  func aRoundThatMakesNoSenseIsRefused(
    round: Int, evaluations: Int, misclassified: Double?, shift: Double?
  ) throws {
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    #expect(throws: RegistryError.self) {
      try registry.record(
        ScanRoundRow(
          round: round, evaluations: evaluations, misclassified: misclassified, shift: shift),
        in: scan)
    }
    #expect(try registry.log(of: scan).rounds.isEmpty)
  }

  @Test func roundsAreAssessedInTheirOrder() throws {
    try registry.propose(
      [proposal(0, round: 1, at: 0.5), proposal(1, round: 2, at: 0.25)], in: scan)
    func assess(_ round: Int, _ evaluations: Int) throws {
      try registry.record(
        ScanRoundRow(round: round, evaluations: evaluations, misclassified: 0, shift: 0), in: scan)
    }
    try assess(1, 1)
    try assess(2, 2)
    for (round, evaluations) in [(2, 2), (1, 3), (2, 1)] {
      #expect(throws: RegistryError.self) { try assess(round, evaluations) }
    }
    // A point of before was retried and has outputs now.
    try assess(2, 3)
  }

  @Test func scansHaveLogsOfTheirOwn() throws {
    let other = try registry.startScan(temporary.scan("other", of: version))
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: other)
    try registry.record(finished(0, attempt: 1, run: run.id), in: other)
    #expect(try registry.log(of: scan).outcomes.isEmpty)
    #expect(try registry.log(of: other).outcomes.count == 1)
    #expect(try registry.scans().map(\.name) == ["plane", "other"])
  }

  @Test func numbersOfARunAreFoundByTheirKeys() throws {
    let run = try temporary.record(
      [
        ResultValue(.upper_limit, value: 1.5, uncertainty: 0.1),
        ResultValue(.upper_limit_expected, sigma: 0, value: 2),
        ResultValue(.upper_limit_expected, sigma: 1, value: 3),
        ResultValue(.yield, subject: "SR", value: 7, entries: 9),
      ], signal: madeUpSignal("keys"), step: "limit", of: version)
    let keys = [
      ResultKey(step: "limit", quantity: .upper_limit_expected, sigma: 1),
      ResultKey(step: "limit", quantity: .upper_limit),
      ResultKey(step: "limit", quantity: .yield, subject: "SR"),
      ResultKey(step: "limit", quantity: .yield),
      ResultKey(step: "limit", quantity: .upper_limit_expected),
      ResultKey(step: "other", quantity: .upper_limit),
    ]
    let found = try registry.results(of: run.id, keys)
    #expect(found.map { $0?.value } == [3, 1.5, 7, nil, nil, nil])
    #expect(found[1]?.uncertainty == 0.1)
    #expect(found[2]?.entries == 9)
    #expect(try registry.results(of: 4711, keys).allSatisfy { $0 == nil })
    #expect(try registry.results(of: run.id, []).isEmpty)
  }
}
