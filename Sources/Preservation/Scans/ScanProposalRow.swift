// SPDX-License-Identifier: Apache-2.0
public import Foundation
import GRDB

/// A point that a scan asked for: a row that never changes.
public struct ScanProposalRow: Sendable, Hashable {
  /// From 0 without gaps, in the order of asking.
  public let number: Int
  /// From 1; proposals of one round were made at the same time, from the same log.
  public let round: Int
  /// In the unit cube, one coordinate per parameter in the specification's order.
  public let position: [Double]
  /// The parameters' values there, units in their names.
  public let point: [String: Double]
  /// The acquisition's value; nil for a point of a design.
  public let acquisition: Double?
  /// Of the surrogate of each output; empty for a point of a design.
  public let hyperparameters: [[Double]]
  /// When it was asked for; the registry keeps milliseconds.
  public let createdAt: Date

  /// A proposal from its parts.
  public init(
    number: Int, round: Int, position: [Double], point: [String: Double],
    acquisition: Double? = nil, hyperparameters: [[Double]] = [], createdAt: Date = Date()
  ) {
    self.number = number
    self.round = round
    self.position = position
    self.point = point
    self.acquisition = acquisition
    self.hyperparameters = hyperparameters
    self.createdAt = createdAt
  }
}

extension ScanProposalRow {
  static let select = """
    SELECT number, round, position, point, acquisition, hyperparameters, createdAt
    FROM scanProposal WHERE scan = ? ORDER BY number
    """

  init(_ row: Row) throws {
    self.init(
      number: row[0], round: row[1], position: try RowJSON.decode(row[2], "a position"),
      point: try PointText.decode(row[3]), acquisition: row[4],
      hyperparameters: try RowJSON.decode(row[5], "hyperparameters"),
      createdAt: try Timestamp.date(row[6]))
  }
}

/// JSON that a row holds.
enum RowJSON {
  /// what: ends the sentence "… is not".
  static func decode<Value: Decodable>(_ text: String, _ what: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw RegistryError(.corrupt, "'\(text.prefix(200))' is not \(what)")
    }
  }
}
