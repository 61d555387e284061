// SPDX-License-Identifier: Apache-2.0

/// The value of an expression for one event.
package enum ExpressionValue: Sendable, Hashable {
  case missing
  case boolean(Bool)
  case integer(Int64)
  case real(Double)

  /// The values of a number or truth value for each event of a reader, with the names that a
  /// specification defines.
  /// - Throws: `InvalidSelection` (the expression's path is `expression`), `SelectionFailure`.
  package static func values(
    of expression: String, in specification: SelectionSpecification = SelectionSpecification(),
    columns: [ColumnDeclaration], over reader: any EventReader
  ) throws -> [ExpressionValue] {
    let program = try SelectionCompiler.compile(
      expression, in: specification, columns: columns)
    let source = try ColumnSource(reader, position: 0, program: program, renames: [:])
    let evaluator = BlockEvaluator(program)
    let events = 0..<reader.entryCount
    let block = try source.columns(of: source.read(events), in: events, first: 0)
    do {
      try evaluator.evaluate(block.columns, offsets: block.offsets, count: events.count)
    } catch let failure as BlockEvaluator.Failure {
      throw SelectionFailure(reader: 0, event: failure.event, message: failure.message)
    }
    let vector = evaluator[program.weights[0]]
    return events.map { event in
      guard vector.isValid[event] else { return .missing }
      return switch vector.values {
      case .booleans(let values): .boolean(values[event])
      case .integers(let values): .integer(values[event])
      case .reals(let values): .real(values[event])
      }
    }
  }
}
