// SPDX-License-Identifier: Apache-2.0
import Events

/// Events held in memory, and a record of what was read of them. A column that is too short is
/// handed out too short.
final class MemoryReader: EventReader {
  let entryCount: Int
  let contents: [String: Column]
  private(set) var namesRead: Set<String> = []

  init(entries: Int, _ contents: [String: Column]) {
    entryCount = entries
    self.contents = contents
  }

  var columns: [ColumnDescription] {
    contents.map { name, column in
      let type: ColumnType =
        switch column.values {
        case .booleans: .boolean
        case .integers: .integer
        case .reals: .real
        }
      return ColumnDescription(
        name: name, type: type, storedType: type == .real ? "double" : type.rawValue,
        isCollection: column.offsets != nil)
    }
  }

  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock {
    namesRead.formUnion(names)
    var columns: [String: Column] = [:]
    for name in names {
      guard let column = contents[name] else {
        throw EventFileError(path: "memory", message: "no column '\(name)'")
      }
      let offsets = column.offsets.map { offsets in
        offsets[entries.lowerBound...entries.upperBound].map { $0 - offsets[entries.lowerBound] }
      }
      let range =
        column.offsets.map { $0[entries.lowerBound]..<$0[entries.upperBound] } ?? entries
      let values: ColumnValues =
        switch column.values {
        case .booleans(let values): .booleans(Array(values[range.clamped(to: values.indices)]))
        case .integers(let values): .integers(Array(values[range.clamped(to: values.indices)]))
        case .reals(let values): .reals(Array(values[range.clamped(to: values.indices)]))
        }
      columns[name] = Column(values: values, offsets: offsets)
    }
    return EventBlock(count: entries.count, columns: columns)
  }
}

extension Column {
  /// A column of lists, one per event.
  init(lists: [[Double]]) {
    let offsets = lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    self.init(values: .reals(lists.flatMap { $0 }), offsets: offsets)
  }

  /// A column of one real number per event.
  init(_ reals: [Double]) { self.init(values: .reals(reals)) }

  /// A column of one integer per event.
  init(integers: [Int64]) { self.init(values: .integers(integers)) }
}
