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
    columns: [ColumnDeclaration], over reader: any EventReader,
    tables: [String: LookupTable] = [:]
  ) throws -> [ExpressionValue] {
    var program = try SelectionCompiler.compile(
      expression, in: specification, columns: columns)
    program.tables = try SelectionProgram.tables(of: specification, tables)
    let source = try ColumnSource(reader, position: 0, program: program, renames: [:])
    let evaluator = BlockEvaluator(program)
    let events = 0..<reader.entryCount
    let block = try source.layout.columns(of: source.read(events), in: events)
    do {
      try evaluator.evaluate(block.columns, offsets: block.offsets, count: events.count, first: 0)
    } catch let failure as BlockEvaluator.Failure {
      throw SelectionFailure(reader: 0, event: failure.event, message: failure.message)
    }
    let vector = evaluator[program.weights[0]]
    return events.map { event in
      guard vector.isValid[event] else { return .missing }
      return switch vector.values {
      case .booleans: .boolean(vector.booleans[event])
      case .integers: .integer(vector.integers[event])
      case .reals: .real(vector.reals[event])
      }
    }
  }
}
