// SPDX-License-Identifier: Apache-2.0

/// A checked and compiled selection. It never changes, and `run` may be called concurrently.
///
/// Expressions are compiled to columns: each operation is done for a block of 2048 events before
/// the next, equal subexpressions once. All of a used expression is computed for every event, also
/// the branch of `? :` that is not taken and cuts behind a failed one; so an integer overflow
/// there is an error too, and the numbers that aren't finite are counted over all events.
public struct SelectionProgram: Sendable {
  /// What it was made from.
  public let specification: SelectionSpecification
  private let program: CompiledSelection

  /// Events that are computed at once; sums are merged block by block.
  package static let blockSize = 2048
  /// Events that are read at once.
  package static let readSize = 8 * blockSize

  /// Declared names of the columns it reads, sorted: those its cuts and weights need, no others.
  public var columns: [String] { program.columns.map(\.name) }

  /// Checks a selection against the columns that events promise to have, and compiles it.
  /// - Throws: all its problems at once.
  public init(
    _ specification: SelectionSpecification, columns: [ColumnDeclaration]
  ) throws(InvalidSelection) {
    self.specification = specification
    program = try SelectionCompiler.compile(specification, columns: columns)
  }

  /// Applies the selection to all events of the readers, in order.
  ///
  /// - Parameters:
  ///   - readers: open files, with the declared columns.
  ///   - renames: declared name → name in the files, where they differ.
  /// - Throws: `SelectionFailure` for columns that don't fit the declaration, a weight that isn't
  ///   finite or an integer overflow; what a reader throws; `CancellationError`.
  public func run(
    over readers: [any EventReader], renames: [String: String] = [:]
  ) throws -> SelectionResult {
    var tally = SelectionTally(program)
    let evaluator = BlockEvaluator(program)
    for (position, reader) in readers.enumerated() {
      let source = try ColumnSource(
        reader, position: position, program: program, renames: renames)
      let entries = reader.entryCount
      for start in stride(from: 0, to: entries, by: Self.readSize) {
        try Task.checkCancellation()
        let read = start..<min(start + Self.readSize, entries)
        let events = try source.read(read)
        for first in stride(from: 0, to: read.count, by: Self.blockSize) {
          let range = first..<min(first + Self.blockSize, read.count)
          let block = try source.columns(of: events, in: range, first: start + first)
          do {
            try evaluator.evaluate(block.columns, offsets: block.offsets, count: range.count)
            try tally.add(evaluator)
          } catch let failure as BlockEvaluator.Failure {
            throw SelectionFailure(
              reader: position, event: failure.event.map { start + first + $0 },
              message: failure.message)
          }
        }
      }
    }
    return tally.result(for: specification)
  }
}
