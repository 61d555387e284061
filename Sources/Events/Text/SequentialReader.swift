// SPDX-License-Identifier: Apache-2.0

/// Events that stand one after the other in a file, from the first on.
protocol EventSequence: AnyObject {
  /// Passes over an event that is there.
  /// - Throws: FileProblem when the file isn't what it was when its events were counted.
  func skip() throws
  /// Appends the next event's values of the wanted columns, without closing it.
  /// - Throws: FileProblem for values that can't be read.
  func read(into collector: inout EventCollector) throws
}

/// A file whose events can only be read in order, as columns.
///
/// Reading on is cheap; going back starts again at the file's first byte. Memory is that of the
/// block that is read.
final class SequentialReader: EventReader {
  let entryCount: Int
  let columns: [ColumnDescription]
  private let path: String
  private let index: ColumnIndex
  private let start: () throws -> any EventSequence
  private var events: (any EventSequence)?
  /// Number of the event that is read next.
  private var position = 0

  /// A reader of events that have been counted.
  ///
  /// - Parameter start: makes a sequence that stands at the first event.
  init(
    _ path: String, entries: Int, columns: [ColumnDescription],
    start: @escaping () throws -> any EventSequence
  ) {
    self.path = path
    self.columns = columns
    self.start = start
    entryCount = entries
    index = ColumnIndex(columns, entryCount: entries)
  }

  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock {
    try FileProblem.inFile(path) {
      let wanted = try index.check(names, entries)
      var collector = EventCollector(wanted, of: columns)
      if !wanted.isEmpty, !entries.isEmpty {
        do {
          try fill(&collector, entries)
        } catch {
          events = nil  // it may stand inside an event
          throw error
        }
      }
      let pairs = zip(wanted, collector.columns).map { (columns[$0].name, $1) }
      return EventBlock(
        count: entries.count, columns: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }
  }

  private func fill(_ collector: inout EventCollector, _ entries: Range<Int>) throws {
    let sequence: any EventSequence
    if let events, position <= entries.lowerBound {
      sequence = events
    } else {
      sequence = try start()
      events = sequence
      position = 0
    }
    while position < entries.lowerBound {
      try sequence.skip()
      position += 1
    }
    while position < entries.upperBound {
      try sequence.read(into: &collector)
      if let column = collector.endEvent() {
        throw FileProblem("event \(position) has no value for '\(columns[column].name)'")
      }
      position += 1
    }
  }
}
