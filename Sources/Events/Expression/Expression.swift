// SPDX-License-Identifier: Apache-2.0

/// A parsed expression of the selection language, with the place of each part in the text.
///
/// Two expressions are equal if they have the same form; places are not compared. `description`
/// prints it so that it parses to the same form again.
package struct Expression: Sendable {
  /// What kind of expression this is, with its parts.
  package indirect enum Form: Sendable, Hashable {
    case boolean(Bool)
    case integer(Int64)
    case real(Double)
    case name(String)
    /// `object.field`
    case member(Expression, String)
    /// `collection[index]`
    case element(Expression, Expression)
    /// `collection[lower:upper]`, either bound may be left out
    case slice(Expression, Expression?, Expression?)
    case call(String, [Expression])
    case negation(Expression)
    case complement(Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `a < b <= c`: one operand more than operators
    case comparison(Expression, [ComparisonLink])
    /// `condition ? value : otherwise`
    case conditional(Expression, Expression, Expression)
  }

  /// An operator of a chain of comparisons and what stands to its right.
  package struct ComparisonLink: Sendable, Hashable {
    package let comparison: ComparisonOperator
    package let operand: Expression
    package init(_ comparison: ComparisonOperator, _ operand: Expression) {
      self.comparison = comparison
      self.operand = operand
    }
  }

  package let form: Form
  /// 0-based offset in characters of the part that names the expression: an operator's sign, a
  /// function's name, a literal's first digit.
  package let offset: Int
  /// Length of the longest way down to a literal or name, which is 1.
  let depth: Int

  package init(_ form: Form, offset: Int = 0) {
    self.form = form
    self.offset = offset
    depth = 1 + (form.parts.map(\.depth).max() ?? 0)
  }
}

extension Expression: Hashable {
  package static func == (left: Expression, right: Expression) -> Bool { left.form == right.form }
  package func hash(into hasher: inout Hasher) { hasher.combine(form) }
}

extension Expression.Form {
  /// The expressions this one is made of, left to right.
  package var parts: [Expression] {
    switch self {
    case .boolean, .integer, .real, .name: []
    case .member(let part, _), .negation(let part), .complement(let part): [part]
    case .element(let collection, let index): [collection, index]
    case .slice(let collection, let lower, let upper): [collection, lower, upper].compactMap { $0 }
    case .call(_, let arguments): arguments
    case .binary(_, let left, let right): [left, right]
    case .comparison(let first, let links): [first] + links.map(\.operand)
    case .conditional(let condition, let value, let otherwise): [condition, value, otherwise]
    }
  }
}
