// SPDX-License-Identifier: Apache-2.0

/// Arrays of one number an event, and flat arrays with counters, as columns.
final class FlatArrayReader: EventReader {
  private enum Layout {
    case single, fixed(Int), counted(FlatArrayCounter)
  }

  let entryCount: Int
  let columns: [ColumnDescription]
  private let path: String
  private let index: ColumnIndex
  private let arrays: [any FlatArray]
  private let layouts: [Layout]

  init(_ path: String, _ arrays: [any FlatArray]) throws {
    self.path = path
    self.arrays = arrays
    let counters = try Self.counters(arrays)
    entryCount = try Self.entries(arrays, counters)
    var columns: [ColumnDescription] = []
    var layouts: [Layout] = []
    for array in arrays {
      let counter = Self.prefixes(array.name).lazy.compactMap { counters["n\($0)"] }.first
      let (column, layout) = try Self.column(array, entryCount, counter)
      columns.append(column)
      layouts.append(layout)
    }
    self.columns = columns
    self.layouts = layouts
    index = ColumnIndex(columns, entryCount: entryCount)
    guard index.isUnique else { throw FileProblem("has two arrays of one name") }
  }

  /// A name, and what stands before each of its underscores, the longest first.
  private static func prefixes(_ name: String) -> [Substring] {
    [name[...]] + name.indices.reversed().filter { name[$0] == "_" }.map { name[..<$0] }
  }

  /// Arrays of whole numbers `nX` beside arrays `X` or `X_…`.
  private static func counters(_ arrays: [any FlatArray]) throws -> [String: FlatArrayCounter] {
    let flat = arrays.filter { $0.shape.count == 1 && $0.number != nil }
    let wanted = Set(flat.flatMap { prefixes($0.name).map { "n\($0)" } })
    var counters: [String: FlatArrayCounter] = [:]
    for array in flat where wanted.contains(array.name) {
      // A number of each event may only be named so: `npt` beside `pt`.
      let item = flat.first { $0.name == array.name.dropFirst() }
      let counter = try FlatArrayCounter(array)
      if let item, let counter, item.count != counter.total { continue }
      counters[array.name] = counter
    }
    return counters
  }

  /// The counters' length, else the length that all arrays have.
  private static func entries(_ arrays: [any FlatArray], _ counters: [String: FlatArrayCounter])
    throws
    -> Int
  {
    let candidates =
      counters.isEmpty
      ? arrays.compactMap { array in array.shape.first.map { (array.name, $0) } }
      : counters.map { ($0.key, $0.value.entryCount) }.sorted { $0.0 < $1.0 }
    guard let first = candidates.first else { throw FileProblem("has no array of events") }
    if let other = candidates.first(where: { $0.1 != first.1 }) {
      throw FileProblem(
        "has \(first.1) numbers in '\(first.0)' and \(other.1) in '\(other.0)'; collections "
          + "need a counter, as 'nJet' for 'Jet_pt'")
    }
    return first.1
  }

  private static func column(_ array: any FlatArray, _ entries: Int, _ counter: FlatArrayCounter?)
    throws
    -> (ColumnDescription, Layout)
  {
    let shape = array.shape
    let typeName = array.number?.rawValue ?? array.typeName
    func description(
      _ stored: String, isCollection: Bool, isReadable: Bool
    ) -> ColumnDescription {
      ColumnDescription(
        name: array.name, type: array.number?.columnType ?? .real, storedType: stored,
        isCollection: isCollection, isReadable: isReadable)
    }
    let isNumber = array.number != nil
    if shape.count == 1, let counter {
      guard isNumber, shape[0] == counter.total else {
        throw FileProblem(
          "has \(shape[0]) numbers in '\(array.name)' where its counter says \(counter.total)")
      }
      return (description(typeName, isCollection: true, isReadable: true), .counted(counter))
    }
    if shape.count == 1, shape[0] == entries {
      return (description(typeName, isCollection: false, isReadable: isNumber), .single)
    }
    if shape.count == 2, shape[0] == entries, isNumber, !array.isFortranOrder {
      let stored = "\(typeName)[\(shape[1])]"
      return (description(stored, isCollection: true, isReadable: true), .fixed(shape[1]))
    }
    let order = array.isFortranOrder ? " in Fortran's order" : ""
    let stored = "\(typeName) of shape \(shape)\(order), not one for each event"
    return (description(stored, isCollection: false, isReadable: false), .single)
  }

  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock {
    try FileProblem.inFile(path) {
      let wanted = try index.check(names, entries)
      var offsets: [ObjectIdentifier: [Int]] = [:]
      var result: [String: Column] = [:]
      for place in wanted {
        let array = arrays[place]
        guard let number = array.number else { continue }
        switch layouts[place] {
        case .single:
          result[array.name] = Column(values: try array.values(entries, number))
        case .fixed(let count):
          let range = entries.lowerBound * count..<entries.upperBound * count
          result[array.name] = Column(
            values: try array.values(range, number),
            offsets: (0...entries.count).map { $0 * count })
        case .counted(let counter):
          let starts =
            try offsets[ObjectIdentifier(counter)] ?? counter.offsets(entries)
          offsets[ObjectIdentifier(counter)] = starts
          let first = starts[0]
          result[array.name] = Column(
            values: try array.values(first..<starts[starts.count - 1], number),
            offsets: starts.map { $0 - first })
        }
      }
      return EventBlock(count: entries.count, columns: result)
    }
  }
}
