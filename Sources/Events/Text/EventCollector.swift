// SPDX-License-Identifier: Apache-2.0

/// Values of one column while events are read one after the other.
struct ColumnCollector {
  private let type: ColumnType
  private let isCollection: Bool
  private var booleans: [Bool] = []
  private var integers: [Int64] = []
  private var reals: [Double] = []
  private var offsets: [Int] = [0]

  init(_ column: ColumnDescription) {
    type = column.type
    isCollection = column.isCollection
  }

  mutating func append(_ value: Double) { reals.append(value) }
  mutating func append(_ value: Int64) { integers.append(value) }
  mutating func append(_ value: Bool) { booleans.append(value) }

  private var count: Int {
    switch type {
    case .boolean: booleans.count
    case .integer: integers.count
    case .real: reals.count
    }
  }

  /// Closes an event; false if it has not got its one value.
  mutating func endEvent(_ event: Int) -> Bool {
    if isCollection {
      offsets.append(count)
      return true
    }
    return count == event
  }

  var column: Column {
    let values: ColumnValues =
      switch type {
      case .boolean: .booleans(booleans)
      case .integer: .integers(integers)
      case .real: .reals(reals)
      }
    return Column(values: values, offsets: isCollection ? offsets : nil)
  }
}

/// The wanted columns of a block while its events are read one after the other.
struct EventCollector {
  /// By a column's place in the reader's list; nil for one that isn't wanted.
  private let places: [Int?]
  private var collectors: [ColumnCollector]
  private(set) var events = 0
  /// The wanted columns, by their places in the reader's list.
  let wanted: [Int]

  /// - Parameter wanted: places in the list of columns, each once.
  init(_ wanted: [Int], of columns: [ColumnDescription]) {
    var places = [Int?](repeating: nil, count: columns.count)
    for (position, column) in wanted.enumerated() { places[column] = position }
    self.places = places
    self.wanted = wanted
    collectors = wanted.map { ColumnCollector(columns[$0]) }
  }

  func wants(_ column: Int) -> Bool { places[column] != nil }

  mutating func append(_ value: Double, to column: Int) {
    if let place = places[column] { collectors[place].append(value) }
  }

  mutating func append(_ value: Int64, to column: Int) {
    if let place = places[column] { collectors[place].append(value) }
  }

  mutating func append(_ value: Bool, to column: Int) {
    if let place = places[column] { collectors[place].append(value) }
  }

  /// Closes an event.
  /// - Returns: the place of a column that has not got its value, if there is one.
  mutating func endEvent() -> Int? {
    events += 1
    var lacking: Int?
    for place in collectors.indices where !collectors[place].endEvent(events) {
      lacking = wanted[place]
    }
    return lacking
  }

  /// The columns, in the order of `wanted`.
  var columns: [Column] { collectors.map(\.column) }
}
