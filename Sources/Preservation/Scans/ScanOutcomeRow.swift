// SPDX-License-Identifier: Apache-2.0
public import Foundation
import GRDB

/// A number that a scan looks at, as the run gave it: before any transform.
public struct ScanOutputValue: Sendable, Hashable, Codable {
  /// The number.
  public let value: Double
  /// Its uncertainty from finite statistics, one standard deviation, if known.
  public let uncertainty: Double?
  /// Its derivatives by the parameters, where they are known.
  public let gradient: [String: Double]?

  /// A number with what is known of it.
  public init(_ value: Double, uncertainty: Double? = nil, gradient: [String: Double]? = nil) {
    self.value = value
    self.uncertainty = uncertainty
    self.gradient = gradient
  }
}

/// What became of a proposal: a row that never changes.
public struct ScanOutcomeRow: Sendable, Hashable {
  /// How an attempt ended.
  public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    /// With every output.
    case finished
    /// Without; the message says why.
    case failed
  }

  /// The proposal's number.
  public let number: Int
  /// From 1; there is no further one after an attempt that finished.
  public let attempt: Int
  /// The run that was made; nil when it failed before there was one.
  public let run: Int64?
  /// How it ended.
  public let status: Status
  /// By the name of the output; all of them when it finished, none when it failed.
  public let outputs: [String: ScanOutputValue]
  /// What went wrong, in a sentence.
  public let message: String?
  /// When it ended; the registry keeps milliseconds.
  public let createdAt: Date

  /// An attempt that gave all outputs.
  public static func finished(
    _ number: Int, attempt: Int, run: Int64, outputs: [String: ScanOutputValue],
    createdAt: Date = Date()
  ) -> ScanOutcomeRow {
    ScanOutcomeRow(
      number: number, attempt: attempt, run: run, status: .finished, outputs: outputs,
      message: nil, createdAt: createdAt)
  }

  /// An attempt that failed. run: if there was one.
  public static func failed(
    _ number: Int, attempt: Int, run: Int64?, message: String, createdAt: Date = Date()
  ) -> ScanOutcomeRow {
    ScanOutcomeRow(
      number: number, attempt: attempt, run: run, status: .failed, outputs: [:],
      message: message, createdAt: createdAt)
  }
}

extension ScanOutcomeRow {
  static let select = """
    SELECT number, attempt, run, status, outputs, message, createdAt
    FROM scanOutcome WHERE scan = ? ORDER BY number, attempt
    """

  init(_ row: Row) throws {
    self.init(
      number: row[0], attempt: row[1], run: row[2], status: try Status(column: row[3]),
      outputs: try RowJSON.decode(row[4], "outputs of a scan"), message: row[5],
      createdAt: try Timestamp.date(row[6]))
  }

  /// What keeps this from being a row, in a sentence; nil when nothing does.
  var problem: String? {
    for (name, output) in outputs.sorted(by: { $0.key < $1.key }) {
      let numbers = [output.value, output.uncertainty ?? 0] + (output.gradient ?? [:]).values
      guard numbers.allSatisfy(\.isFinite) else { return "output '\(name)' is not finite" }
      guard output.uncertainty ?? 0 >= 0 else {
        return "the uncertainty of output '\(name)' is below zero"
      }
    }
    return nil
  }
}
