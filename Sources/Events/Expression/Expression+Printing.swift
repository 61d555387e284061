// SPDX-License-Identifier: Apache-2.0

extension Expression: CustomStringConvertible {
  /// The expression in the language, with brackets only where the grammar needs them.
  package var description: String {
    switch form {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .name(let name): name
    case .member(let object, let field): "\(object.printedBeforeDot).\(field)"
    case .element(let collection, let index): "\(collection.printed(at: .postfix))[\(index)]"
    case .slice(let collection, let lower, let upper):
      "\(collection.printed(at: .postfix))[\(lower?.description ?? ""):\(upper?.description ?? "")]"
    case .call(let name, let arguments):
      "\(name)(\(arguments.map(\.description).joined(separator: ", ")))"
    case .negation(let operand): "-\(operand.printed(at: .sign))"
    case .complement(let operand): "not \(operand.printed(at: .not))"
    case .binary(let binary, let left, let right): printed(binary, left, right)
    case .comparison(let first, let links):
      links.reduce(first.printed(at: .coalesce)) {
        "\($0) \($1.comparison.rawValue) \($1.operand.printed(at: .coalesce))"
      }
    case .conditional(let condition, let value, let otherwise):
      "\(condition.printed(at: .or)) ? \(value) : \(otherwise)"
    }
  }

  private func printed(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression
  ) -> String {
    let (leftLevel, rightLevel): (Precedence, Precedence) =
      switch binary {
      case .or: (.or, .and)
      case .and: (.and, .not)
      case .coalesce: (.coalesce, .sum)
      case .add, .subtract: (.sum, .product)
      case .multiply, .divide, .remainder: (.product, .sign)
      case .power: (.postfix, .sign)
      }
    return "\(left.printed(at: leftLevel)) \(binary.rawValue) \(right.printed(at: rightLevel))"
  }

  /// `5.x` would be read as the number `5.`
  private var printedBeforeDot: String {
    switch form {
    case .integer, .real: "(\(description))"
    default: printed(at: .postfix)
    }
  }

  /// The expression where the grammar asks for at least this level.
  private func printed(at level: Precedence) -> String {
    precedence < level ? "(\(description))" : description
  }

  private var precedence: Precedence {
    switch form {
    case .boolean, .integer, .real, .name, .member, .element, .slice, .call: .postfix
    case .negation: .sign
    case .complement: .not
    case .binary(let binary, _, _): binary.precedence
    case .comparison: .comparison
    case .conditional: .conditional
    }
  }
}
