// SPDX-License-Identifier: Apache-2.0
import Histograms

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
  /// A column that is damaged is told with its problem; the others are read all the same, each on
  /// its own, where the format lets them.
  public init(_ reader: any EventReader) {
    entries = reader.entryCount
    let readable = reader.columns.filter(\.isReadable).map(\.name)
    var sums: [String: ColumnSum] = [:]
    var problems: [String: String] = [:]
    do {
      sums = try Self.sums(readable, reader)
    } catch {
      for name in readable {
        do {
          sums[name] = try Self.sums([name], reader)[name]
        } catch {
          problems[name] = Self.message(error)
        }
      }
    }
    columns = reader.columns.map { description in
      if description.isText { return Self.texts(description, reader) }
      let sum = sums[description.name]
      return Column(
        description: description, count: sum?.count, sum: sum?.sum, nonFinite: sum?.nonFinite,
        first: sum?.first ?? [], problem: problems[description.name])
    }
  }

  private static func message(_ error: any Error) -> String {
    (error as? EventFileError)?.message ?? "\(error)"
  }

  private static func texts(_ description: ColumnDescription, _ reader: any EventReader) -> Column {
    var first: [String] = []
    var problem: String?
    do {
      let entries = 0..<min(firstEvents, reader.entryCount)
      first = try reader.texts(description.name, entries: entries)
    } catch {
      problem = message(error)
    }
    return Column(
      description: description, count: problem == nil ? reader.entryCount : nil, sum: nil,
      nonFinite: nil, first: first, problem: problem)
  }

  private static func sums(_ names: [String], _ reader: any EventReader) throws
    -> [String: ColumnSum]
  {
    var sums = Dictionary(uniqueKeysWithValues: Set(names).map { ($0, ColumnSum()) })
    for start in stride(from: 0, to: reader.entryCount, by: blockSize) {
      let entries = start..<min(start + blockSize, reader.entryCount)
      let block = try reader.read(names, entries: entries)
      for (name, column) in block.columns {
        sums[name]?.add(column.values.reals)
        if start == 0 { sums[name]?.first = column.firstTexts(min(firstEvents, entries.count)) }
      }
    }
    return sums
  }
}

/// What is added up of a column.
private struct ColumnSum {
  var count = 0
  var nonFinite = 0
  var first: [String] = []
  private var total = CompensatedSum()

  init() {}

  var sum: Double { total.value }

  mutating func add(_ values: [Double]) {
    count += values.count
    for value in values {
      guard value.isFinite else {
        nonFinite += 1
        continue
      }
      total.add(value)
    }
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
