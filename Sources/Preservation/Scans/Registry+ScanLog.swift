// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB

extension Registry {
  /// Writes down points that a scan asks for, all or none: a round is one transaction.
  ///
  /// They outlive this process from here on. After a power cut the last ones may be gone, and are
  /// proposed again as they were, because they follow from what is left of the log.
  ///
  /// Throws `refused` for numbers with gaps, a point that was asked for before, a position outside
  /// of the unit cube, a scan that isn't running; `busy` when another process runs it.
  public func propose(_ proposals: [ScanProposalRow], in scan: ScanRecord) throws {
    let texts = try proposals.map { proposal in
      guard (proposal.position + proposal.point.values).allSatisfy(\.isFinite) else {
        throw RegistryError(
          .refused,
          "proposal \(proposal.number) of scan '\(scan.name)' has a number that isn't "
            + "finite")
      }
      return (
        position: try CanonicalJSON.text(proposal.position),
        point: try PointText.encode(proposal.point),
        hyperparameters: try CanonicalJSON.text(proposal.hyperparameters)
      )
    }
    try write { database in
      try self.requireLease(on: scan, in: database)
      let insertion = try database.cachedStatement(
        sql: """
          INSERT INTO scanProposal
            (scan, number, round, position, point, acquisition, hyperparameters, createdAt)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """)
      for (proposal, text) in zip(proposals, texts) {
        try Self.refuseTwin(of: proposal, at: text.position, in: scan, database)
        try insertion.execute(arguments: [
          scan.id, proposal.number, proposal.round, text.position, text.point,
          proposal.acquisition, text.hyperparameters, Timestamp.text(proposal.createdAt),
        ])
      }
    }
  }

  /// Writes down what became of a proposal; throws as `propose` does, and nothing is stored, when
  /// an output isn't finite or the attempt isn't the next one.
  public func record(_ outcome: ScanOutcomeRow, in scan: ScanRecord) throws {
    try record([outcome], in: scan)
  }

  /// The same for several, all or none.
  public func record(_ outcomes: [ScanOutcomeRow], in scan: ScanRecord) throws {
    let texts = try outcomes.map { outcome in
      if let problem = outcome.problem {
        throw RegistryError(
          .refused, "point \(outcome.number) of scan '\(scan.name)': \(problem)")
      }
      return try CanonicalJSON.text(outcome.outputs)
    }
    try write { database in
      try self.requireLease(on: scan, in: database)
      let insertion = try database.cachedStatement(
        sql: """
          INSERT INTO scanOutcome (scan, number, attempt, run, status, outputs, message, createdAt)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """)
      for (outcome, outputs) in zip(outcomes, texts) {
        try insertion.execute(arguments: [
          scan.id, outcome.number, outcome.attempt, outcome.run, outcome.status.rawValue, outputs,
          outcome.message, Timestamp.text(outcome.createdAt),
        ])
      }
    }
  }

  /// Writes down a round's assessment; it follows from the log, and is made again if it is lost.
  public func record(_ round: ScanRoundRow, in scan: ScanRecord) throws {
    try write { database in
      try self.requireLease(on: scan, in: database)
      try database.executeCached(
        sql: """
          INSERT INTO scanRound (scan, round, evaluations, misclassified, shift, createdAt)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          scan.id, round.round, round.evaluations, round.misclassified, round.shift,
          Timestamp.text(round.createdAt),
        ])
    }
  }

  /// The log of a scan as it is at one moment.
  public func log(of scan: ScanRecord) throws -> ScanLog {
    try read { database in
      ScanLog(
        proposals: try Row.fetchAll(
          database, sql: ScanProposalRow.select, arguments: [scan.id]
        ).map { try ScanProposalRow($0) },
        outcomes: try Row.fetchAll(
          database, sql: ScanOutcomeRow.select, arguments: [scan.id]
        ).map { try ScanOutcomeRow($0) },
        rounds: try Row.fetchAll(
          database, sql: ScanRoundRow.select, arguments: [scan.id]
        ).map { try ScanRoundRow($0) })
    }
  }

  /// The schema refuses it too; this tells which point it was.
  private static func refuseTwin(
    of proposal: ScanProposalRow, at position: String, in scan: ScanRecord, _ database: Database
  ) throws {
    let twin = try Int.fetchOne(
      database.cachedStatement(
        sql: "SELECT number FROM scanProposal WHERE scan = ? AND position = ?"),
      arguments: [scan.id, position])
    guard let twin else { return }
    throw RegistryError(
      .refused,
      "point \(proposal.number) of scan '\(scan.name)' is the same as point \(twin)")
  }
}
