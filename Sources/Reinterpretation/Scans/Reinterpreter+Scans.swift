// SPDX-License-Identifier: Apache-2.0
import Preservation
import Workflow

extension Reinterpreter {
  /// The scans, sorted by name.
  public func scans() throws(Failure) -> [ScanSummary] {
    try classified {
      try registry().scans().map(ScanSummary.init).sorted { $0.scan < $1.scan }
    }
  }

  /// A scan whole.
  public func scan(_ name: String) throws(Failure) -> ScanReport {
    try classified {
      let record = try registry().scan(name)
      return try report(on: record, prepared(record))
    }
  }

  func report(on record: ScanRecord, _ scan: PreparedScan) throws -> ScanReport {
    let log = try registry().log(of: record)
    let specification = scan.specification
    let summary = ScanSummary(record)
    let outcomes = log.latestOutcomes
    return ScanReport(
      scan: record.name, analysis: record.version.analysis, version: record.version.number,
      signal: scan.signals.name, status: summary.status, reason: record.reason,
      strategy: specification.strategy.name, mode: specification.mode.rawValue,
      seed: specification.seed, parameters: specification.parameters.map(ScanReport.Parameter.init),
      constraints: specification.constraints,
      outputs: specification.outputs.map(ScanReport.Output.init),
      finished: record.finished, failed: record.failed, pending: record.pending,
      rounds: log.rounds.map(ScanReport.Round.init),
      points: try log.proposals.map { proposal in
        try ScanPoint(
          proposal, outcomes[proposal.number], of: specification,
          isExtrapolated: scan.signals.interpolation?.isExtrapolated(proposal.point))
      }, efficiencyMap: scan.signals.interpolation?.report(),
      createdAt: record.createdAt, endedAt: record.endedAt)
  }
}

extension ScanSummary {
  init(_ record: ScanRecord) {
    self.init(
      scan: record.name, analysis: "\(record.version.analysis)@\(record.version.number)",
      status: record.isInterrupted ? "interrupted" : record.status.rawValue,
      reason: record.reason, finished: record.finished, failed: record.failed,
      pending: record.pending, createdAt: record.createdAt, endedAt: record.endedAt)
  }
}

extension ScanReport.Parameter {
  init(_ parameter: ScanParameter) {
    self.init(
      name: parameter.name, lower: parameter.lower, upper: parameter.upper,
      unit: parameter.unit ?? "", isLogarithmic: parameter.isLogarithmic)
  }
}

extension ScanReport.Output {
  init(_ output: ScanOutput) {
    self.init(
      name: output.name, value: output.valueName, sigma: output.sigma, subject: output.subject,
      transform: output.transform.rawValue, level: output.level, weight: output.weight)
  }
}

extension ScanReport.Round {
  fileprivate init(_ row: ScanRoundRow) {
    self.init(
      round: row.round, evaluations: row.evaluations, misclassified: row.misclassified,
      shift: row.shift)
  }
}

extension ScanPoint {
  fileprivate init(
    _ proposal: ScanProposalRow, _ outcome: ScanOutcomeRow?, of scan: ScanSpecification,
    isExtrapolated: Bool?
  ) throws {
    self.init(
      number: proposal.number, round: proposal.round, point: proposal.point,
      state: try State(outcome, of: scan),
      outputs: outcome?.outputs.mapValues {
        Value(value: $0.value, uncertainty: $0.uncertainty)
      } ?? [:], run: outcome?.run, attempts: outcome?.attempt ?? 0, message: outcome?.message,
      acquisition: proposal.acquisition, isExtrapolated: isExtrapolated)
  }
}

extension ScanPoint.State {
  /// By the scan's first output.
  fileprivate init(_ outcome: ScanOutcomeRow?, of scan: ScanSpecification) throws {
    guard let outcome else {
      self = .pending
      return
    }
    guard outcome.status == .finished, let output = scan.outputs.first,
      let result = outcome.outputs[output.name]
    else {
      self = .failed
      return
    }
    let response = try output.response(of: result)
    let distance = response.value - output.level
    self =
      distance * distance < response.variance
      ? .inconclusive : output.isExcluded(response.value) ? .excluded : .allowed
  }
}
