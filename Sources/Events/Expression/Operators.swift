// SPDX-License-Identifier: Apache-2.0

/// Operators between two operands, comparisons aside. The raw value is how it is written.
package enum BinaryOperator: String, Sendable, CaseIterable {
  case or, and
  case coalesce = "??"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "**"

  /// Binding strength: a larger number binds tighter.
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .coalesce: .coalesce
    case .add, .subtract: .sum
    case .multiply, .divide, .remainder: .product
    case .power: .power
    }
  }
}

/// Operators of a (chained) comparison. The raw value is how it is written.
package enum ComparisonOperator: String, Sendable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
}

/// Levels of the grammar, loosest first.
enum Precedence: Int, Comparable {
  case conditional, or, and, not, comparison, coalesce, sum, product, sign, power, postfix

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}
