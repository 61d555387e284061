// SPDX-License-Identifier: Apache-2.0
import GRDB
public import Workflow

/// What names one number among the results of a run.
public struct ResultKey: Sendable, Hashable {
  /// Id of the step that gives it.
  public let step: String
  /// What it is.
  public let quantity: Quantity
  /// Region, cut, channel or bin; nil for a number of the whole step.
  public let subject: String?
  /// -2 … 2 for expected quantities, else nil.
  public let sigma: Int?

  /// A key from its parts.
  public init(step: String, quantity: Quantity, subject: String? = nil, sigma: Int? = nil) {
    self.step = step
    self.quantity = quantity
    self.subject = subject
    self.sigma = sigma
  }
}

extension Registry {
  /// The results of a run under these keys, as many and in their order; nil where the run has none.
  ///
  /// Made for scans: one read, whatever else the run computed.
  public func results(of run: Int64, _ keys: [ResultKey]) throws -> [ResultValue?] {
    try read { database in
      // The terms of the index resultIdentity.
      let find = try database.cachedStatement(
        sql: """
          SELECT quantity, subject, sigma, value, uncertainty, entries, sumW, sumW2, unit
          FROM stepRun
          JOIN stepOutput ON stepOutput.fingerprint = stepRun.fingerprint
          JOIN result ON result.stepOutput = stepOutput.id
          WHERE stepRun.run = ? AND stepRun.step = ? AND stepRun.status IN ('succeeded', 'cached')
            AND quantity = ? AND coalesce(subject, '') = ? AND coalesce(sigma, 9) = ?
          """)
      return try keys.map { key in
        try Row.fetchOne(
          find,
          arguments: [run, key.step, key.quantity.rawValue, key.subject ?? "", key.sigma ?? 9]
        ).map { try ResultValue($0, from: 0) }
      }
    }
  }
}
