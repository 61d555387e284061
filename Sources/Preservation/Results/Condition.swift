// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A condition on results, translated to SQL in which every value is an argument.
struct Condition {
  /// A number or a text.
  enum Argument: Hashable {
    case number(Double)
    case text(String)

    var databaseValue: DatabaseValue {
      switch self {
      case .number(let number): number.databaseValue
      case .text(let text): text.databaseValue
      }
    }
  }

  let sql: String
  let arguments: [Argument]
  /// Whether it asks for scans, which a run may belong to one, several or none of.
  let namesScan: Bool

  /// pointParameters: names that signals have. Throws `invalidQuery`.
  init(_ text: String, pointParameters: Set<String>) throws {
    var parser = try ConditionParser(text, pointParameters: pointParameters)
    let expression = try parser.parse()
    sql = expression.sql
    arguments = expression.arguments
    namesScan = parser.namesScan
  }

  /// Columns one may name, and whether they hold numbers.
  static let columns: [String: (sql: String, type: ConditionExpression.ValueType)] = [
    "analysis": ("analysis.name", .text),
    "version": ("version.number", .number),
    "run": ("run.id", .number),
    "scan": ("scanRun.scan", .text),
    "signal": ("signal.name", .text),
    "step": ("stepRun.step", .text),
    "kind": ("stepRun.kind", .text),
    "quantity": ("result.quantity", .text),
    "subject": ("result.subject", .text),
    "sigma": ("result.sigma", .number),
    "value": ("result.value", .number),
    "uncertainty": ("result.uncertainty", .number),
    "entries": ("result.entries", .number),
    "sumW": ("result.sumW", .number),
    "sumW2": ("result.sumW2", .number),
    "unit": ("result.unit", .text),
  ]
}

/// A part of a condition: SQL with its arguments in order, and what it yields.
struct ConditionExpression {
  /// What an expression yields.
  enum ValueType: String {
    case number = "a number"
    case text = "text"
    case truth = "a condition"
  }

  let sql: String
  let arguments: [Condition.Argument]
  let type: ValueType
  /// 1-based column where it begins.
  let column: Int
}
