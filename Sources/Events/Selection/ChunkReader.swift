// SPDX-License-Identifier: Apache-2.0

/// Events that one task computes.
struct EventChunk: Sendable {
  let layout: ColumnLayout
  let events: EventBlock
  /// Number of the first event in its file.
  let start: Int
  /// Number of the first event in the run.
  let first: Int

  /// Computes and counts the events, block by block.
  func counts() throws -> ChunkCounts {
    var counts = ChunkCounts(layout.program)
    let evaluator = BlockEvaluator(layout.program)
    let size = SelectionProgram.blockSize
    for offset in stride(from: 0, to: events.count, by: size) {
      let range = offset..<min(offset + size, events.count)
      let block = layout.columns(of: events, in: range)
      do {
        try evaluator.evaluate(
          block.columns, offsets: block.offsets, count: range.count, first: first + offset)
        counts.blocks.append(
          try BlockCounts(evaluator, filling: &counts.fills, &counts.overlaps))
      } catch let failure as BlockEvaluator.Failure {
        throw SelectionFailure(
          reader: layout.position, event: failure.event.map { start + offset + $0 },
          message: failure.message)
      }
    }
    return counts
  }
}

/// Reads the events of several readers in order, chunk by chunk.
struct ChunkReader {
  private let readers: [any EventReader]
  private let program: CompiledSelection
  private let renames: [String: String]
  private var position = 0
  private var source: ColumnSource?
  private var start = 0
  private var first = 0

  init(_ readers: [any EventReader], _ program: CompiledSelection, _ renames: [String: String]) {
    self.readers = readers
    self.program = program
    self.renames = renames
  }

  /// The next events; nil after the last ones.
  mutating func next() throws -> EventChunk? {
    while position < readers.count {
      let reader = readers[position]
      let source =
        try self.source
        ?? ColumnSource(reader, position: position, program: program, renames: renames)
      self.source = source
      guard start < reader.entryCount else {
        (self.source, start) = (nil, 0)
        position += 1
        continue
      }
      let range = start..<min(start + SelectionProgram.readSize, reader.entryCount)
      let chunk = EventChunk(
        layout: source.layout, events: try source.read(range), start: start, first: first)
      start = range.upperBound
      first += range.count
      return chunk
    }
    return nil
  }
}
