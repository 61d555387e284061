// SPDX-License-Identifier: Apache-2.0

/// A checked and compiled selection. It never changes, and `run` may be called concurrently.
///
/// Expressions are compiled to columns: each operation is done for a block of 2048 events before
/// the next, equal subexpressions once, whichever region or variation they are in. All of a used
/// expression is computed for every event, also the branch of `? :` that is not taken and cuts
/// behind a failed one; so an integer overflow there is an error too, and the numbers that aren't
/// finite are counted over all events.
public struct SelectionProgram: Sendable {
  /// What it was made from.
  public let specification: SelectionSpecification
  private let program: CompiledSelection

  /// Events that are computed at once; sums are merged block by block.
  package static let blockSize = 2048
  /// Events that are read at once, and handed to one task.
  package static let readSize = 8 * blockSize

  /// Declared names of the columns it reads, sorted: those its cuts and weights need, no others.
  public var columns: [String] { program.columns.map(\.name) }

  /// Checks a selection against the columns that events promise to have, and compiles it.
  ///
  /// - Parameter specification: the selection.
  /// - Parameter columns: those of the events, as declared.
  /// - Parameter tables: what is looked up, by name. A program that lacks one that it uses can be
  ///   checked, but not run.
  /// - Throws: all its problems at once.
  public init(
    _ specification: SelectionSpecification, columns: [ColumnDeclaration],
    tables: [String: LookupTable] = [:]
  ) throws(InvalidSelection) {
    self.specification = specification
    var program = try SelectionCompiler.compile(specification, columns: columns)
    program.tables = try Self.tables(of: specification, tables)
    self.program = program
  }

  static func tables(
    of specification: SelectionSpecification, _ contents: [String: LookupTable]
  ) throws(InvalidSelection) -> [String: CompiledSelection.Table] {
    var tables: [String: CompiledSelection.Table] = [:]
    var problems: [SelectionProblem] = []
    for table in specification.tables {
      guard let content = contents[table.name] else { continue }
      if content.axes.count != table.dimensions {
        problems.append(
          SelectionProblem(
            path: "tables.\(table.name)",
            message:
              "the table has \(content.axes.count) axes, and \(table.dimensions) are declared"
          ))
      }
      tables[table.name] = CompiledSelection.Table(content: content, outside: table.outside)
    }
    guard problems.isEmpty else { throw InvalidSelection(problems: problems) }
    return tables
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
    var chunks = ChunkReader(readers, program, renames)
    while let chunk = try chunks.next() {
      try Task.checkCancellation()
      tally.add(try chunk.counts())
    }
    return tally.result(for: specification)
  }

  /// The same by several tasks beside the one that reads. The result has the same bits.
  ///
  /// - Parameter readers: the files, in order.
  /// - Parameter renames: names of columns in the files by their declared names.
  /// - Parameter width: how many tasks compute at a time, at least 1.
  public func run(
    over readers: [any EventReader], renames: [String: String] = [:], width: Int
  ) async throws -> SelectionResult {
    guard width > 1 else { return try run(over: readers, renames: renames) }
    var tally = SelectionTally(program)
    var chunks = ChunkReader(readers, program, renames)
    var queue = ChunkQueue()
    try await withThrowingTaskGroup(of: (Int, Result<ChunkCounts, any Error>).self) { group in
      while true {
        // Reading ahead is bounded, so that memory is.
        while queue.started - queue.merged < 2 * width, !queue.isExhausted {
          try Task.checkCancellation()
          let number = queue.started
          do {
            guard let chunk = try chunks.next() else {
              queue.isExhausted = true
              break
            }
            group.addTask { (number, Result { try chunk.counts() }) }
          } catch {
            // Chunks before it come first, and may have failed too.
            queue.finish(number, .failure(error))
            queue.isExhausted = true
          }
          queue.started += 1
          if queue.started - queue.merged >= width { break }
        }
        while let counts = try queue.next() { tally.add(counts) }
        guard let (number, result) = try await group.next() else { break }
        queue.finish(number, result)
        while let counts = try queue.next() { tally.add(counts) }
      }
    }
    return tally.result(for: specification)
  }
}

/// Finished chunks, handed out in the order of the events.
private struct ChunkQueue {
  var started = 0
  var isExhausted = false
  private(set) var merged = 0
  private var finished: [Int: Result<ChunkCounts, any Error>] = [:]

  mutating func finish(_ number: Int, _ result: Result<ChunkCounts, any Error>) {
    finished[number] = result
  }

  /// The next one if it is finished.
  mutating func next() throws -> ChunkCounts? {
    guard let result = finished.removeValue(forKey: merged) else { return nil }
    merged += 1
    return try result.get()
  }
}
