// SPDX-License-Identifier: Apache-2.0

/// What an event file holds, column by column.
public struct EventSummary: Sendable {
  /// What a column holds.
  public struct Column: Sendable {
    /// Its name and type.
    public let description: ColumnDescription
    /// How many values all events have; nil for a column that can't be read.
    public let count: Int?
    /// Sum of its finite values; true counts 1.
    public let sum: Double?
    /// How many of its values are infinite or not a number.
    public let nonFinite: Int?
    /// The values of the first events, as text: numbers, or lists in brackets.
    public let first: [String]
    /// Why it couldn't be read, if it says it can.
    public let problem: String?
  }

  /// How many events the file has.
  public let entries: Int
  /// Its columns in the file's order.
  public let columns: [Column]

  private static let blockSize = 4096
  private static let firstEvents = 3

  /// Reads everything once, in blocks.
  ///
  /// A column that is damaged is told with its problem; the others are read all the same where the
  /// format lets them.
  public init(_ reader: any EventReader) {
    entries = reader.entryCount
    columns = reader.columns.map { Self.column($0, reader) }
  }

  private static func column(_ description: ColumnDescription, _ reader: any EventReader) -> Column
  {
    do {
      if description.isReadable { return try numbers(description, reader) }
      let first =
        description.isText
        ? try reader.texts(description.name, entries: 0..<min(firstEvents, reader.entryCount)) : []
      return Column(
        description: description, count: description.isText ? reader.entryCount : nil, sum: nil,
        nonFinite: nil, first: first, problem: nil)
    } catch {
      let message = (error as? EventFileError)?.message ?? "\(error)"
      return Column(
        description: description, count: nil, sum: nil, nonFinite: nil, first: [],
        problem: message)
    }
  }

  private static func numbers(_ description: ColumnDescription, _ reader: any EventReader) throws
    -> Column
  {
    var count = 0
    var sum = 0.0
    var lost = 0.0
    var nonFinite = 0
    var first: [String] = []
    for start in stride(from: 0, to: reader.entryCount, by: blockSize) {
      let entries = start..<min(start + blockSize, reader.entryCount)
      let block = try reader.read([description.name], entries: entries)
      guard let column = block.columns[description.name] else { continue }
      let reals = column.values.reals
      count += reals.count
      for value in reals {
        guard value.isFinite else {
          nonFinite += 1
          continue
        }
        // Neumaier's sum: what the addition lost is added at the end.
        let next = sum + value
        lost += abs(sum) >= abs(value) ? sum - next + value : value - next + sum
        sum = next
      }
      if start == 0 { first = column.firstTexts(min(firstEvents, entries.count)) }
    }
    return Column(
      description: description, count: count, sum: sum + lost, nonFinite: nonFinite, first: first,
      problem: nil)
  }
}

extension Column {
  private static let longestList = 6

  /// The values of the first events as text.
  fileprivate func firstTexts(_ events: Int) -> [String] {
    (0..<events).map { event in
      guard let offsets else { return values.text(event) }
      let range = offsets[event]..<offsets[event + 1]
      let shown = range.prefix(Self.longestList).map(values.text)
      let rest = range.count > Self.longestList ? ", …" : ""
      return "[" + shown.joined(separator: ", ") + rest + "]"
    }
  }
}
