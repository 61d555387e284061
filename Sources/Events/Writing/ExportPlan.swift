// SPDX-License-Identifier: Apache-2.0

/// What a first pass over a file finds out for writing it anew: how long its collections are, and
/// which of them share their lengths.
struct ExportPlan {
  /// A column to write.
  struct Item {
    let column: ColumnDescription
    /// How many values all events have.
    var count = 0
    /// The most values of an event.
    var longest = 0
    /// The counter of a collection: `nJet` for `Jet_pt`.
    var counter: String?
  }

  /// Events that are read at once.
  static let blockSize = 4096

  private(set) var items: [Item]
  /// Columns named as a counter that count something else.
  private(set) var falseCounters: Set<String> = []
  /// Counters that have to be written because the file has none of the name, with a column that has
  /// their lengths.
  private(set) var missingCounters: [(name: String, column: String)] = []

  init(_ reader: any EventReader, _ columns: [ColumnDescription]) throws {
    items = columns.map { Item(column: $0) }
    let names = columns.filter { !$0.isText }.map(\.name)
    /// Collections by the first part of their name, as long as they have the same lengths.
    var leaders: [String: String] = [:]
    var outsiders: Set<String> = []
    for column in columns where column.isCollection {
      let group = Self.group(column.name)
      if leaders[group] == nil { leaders[group] = column.name }
    }
    for entries in Self.blocks(of: reader.entryCount) {
      let block = try reader.read(names, entries: entries)
      for index in items.indices {
        let name = items[index].column.name
        guard let column = block.columns[name] else { continue }
        items[index].count += column.values.count
        guard let offsets = column.offsets else { continue }
        for (start, end) in zip(offsets, offsets.dropFirst()) {
          items[index].longest = max(items[index].longest, end - start)
        }
        let group = Self.group(name)
        if let leader = leaders[group], block.columns[leader]?.offsets != offsets {
          outsiders.insert(name)
        }
        if let counter = block.columns["n" + group], !counter.counts(offsets) {
          falseCounters.insert("n" + group)
        }
      }
    }
    let scalars = Set(columns.filter { !$0.isCollection }.map(\.name))
    for index in items.indices where items[index].column.isCollection {
      let name = items[index].column.name
      let group = Self.group(name)
      let isAlone = outsiders.contains(name) || falseCounters.contains("n" + group)
      let counter = "n" + (isAlone ? name : group)
      items[index].counter = counter
      if !scalars.contains(counter), !missingCounters.contains(where: { $0.name == counter }) {
        missingCounters.append((counter, name))
      }
    }
  }

  /// What stands before the first underscore: `Jet` of `Jet_pt`.
  private static func group(_ name: String) -> String {
    String(name.prefix { $0 != "_" })
  }

  /// The events of a file in runs that are read at once.
  static func blocks(of entries: Int) -> [Range<Int>] {
    stride(from: 0, to: entries, by: blockSize).map { $0..<min($0 + blockSize, entries) }
  }
}

extension Column {
  /// Whether these are the lengths of collections with such offsets.
  fileprivate func counts(_ offsets: [Int]) -> Bool {
    guard case .integers(let counts) = values, self.offsets == nil else { return false }
    return zip(offsets, offsets.dropFirst()).map { Int64($1 - $0) } == counts
  }
}
