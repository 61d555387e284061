// SPDX-License-Identifier: Apache-2.0

/// What the columns of a program are called in one file.
struct ColumnLayout: Sendable {
  /// 0-based number of the reader, for errors.
  let position: Int
  let program: CompiledSelection
  /// Declared name → name in the file, for the columns it has.
  let names: [String: String]
}

/// The columns of a program in one file, checked against what was declared.
struct ColumnSource {
  private let reader: any EventReader
  let layout: ColumnLayout

  /// - Throws: `SelectionFailure` for a column that the file lacks or has in another shape.
  init(
    _ reader: any EventReader, position: Int, program: CompiledSelection,
    renames: [String: String]
  ) throws(SelectionFailure) {
    self.reader = reader
    let stored = Dictionary(
      reader.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var names: [String: String] = [:]
    var complaints: [String] = []
    for column in program.columns {
      let name = renames[column.name] ?? column.name
      if let description = stored[name] {
        names[column.name] = name
        if let complaint = Self.complaint(about: description, declared: column) {
          complaints.append(complaint)
        }
      } else if !column.isOptional {
        let hint = suggestion(for: name, among: stored.keys)
        let origin = name == column.name ? "" : " (for '\(column.name)')"
        complaints.append("there is no column '\(name)'\(origin)\(hint)")
      }
    }
    layout = ColumnLayout(position: position, program: program, names: names)
    if !complaints.isEmpty {
      throw SelectionFailure(
        reader: position, event: nil, message: complaints.joined(separator: "; "))
    }
  }

  private static func complaint(
    about stored: ColumnDescription, declared: ColumnDeclaration
  ) -> String? {
    if stored.isCollection != (declared.collection != nil) {
      return "column '\(stored.name)' has \(stored.isCollection ? "a list" : "one value") per "
        + "event, and \(stored.isCollection ? "one value" : "a list") is declared"
    }
    let fits =
      stored.type == declared.type || (stored.type == .integer && declared.type == .real)
    return fits
      ? nil
      : "column '\(stored.name)' holds \(stored.storedType), and \(declared.type.inWords) "
        + "is declared"
  }

  /// Reads a range of events and checks that every column has a value for each of them.
  func read(_ range: Range<Int>) throws -> EventBlock {
    let (position, program, names) = (layout.position, layout.program, layout.names)
    if names.isEmpty { return EventBlock(count: range.count, columns: [:]) }
    let block = try reader.read(names.values.sorted(), entries: range)
    for column in program.columns {
      guard let name = names[column.name] else { continue }
      let stored = block.columns[name]
      let isWhole =
        switch (stored?.offsets, column.collection) {
        case (nil, nil): stored?.values.count == range.count
        case (let offsets?, _?):
          offsets.count == range.count + 1 && offsets.first == 0
            && offsets.last == stored?.values.count
            && zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }
        default: false
        }
      if !isWhole {
        throw SelectionFailure(
          reader: position, event: nil,
          message: "column '\(name)' does not have its values for events \(range.lowerBound) to "
            + "\(range.upperBound - 1)")
      }
    }
    try checkLengths(of: block, range)
    return block
  }

  /// All fields of a collection are equally long in each event.
  private func checkLengths(of block: EventBlock, _ range: Range<Int>) throws(SelectionFailure) {
    for column in layout.program.columns {
      guard let collection = column.collection,
        let counter = layout.program.counters[collection].flatMap({ layout.names[$0] }),
        let name = layout.names[column.name], let own = block.columns[name]?.offsets,
        let counted = block.columns[counter]?.offsets, own != counted
      else { continue }
      throw SelectionFailure(
        reader: layout.position,
        event: range.lowerBound + zip(own, counted).prefix { $0 == $1 }.count - 1,
        message: "the fields of '\(collection)' have different lengths")
    }
  }
}

extension ColumnLayout {
  /// The columns of some of the events that were read, by declared name, and where the elements
  /// of each event begin in each collection.
  func columns(
    of block: EventBlock, in range: Range<Int>
  ) -> (columns: [String: Vector], offsets: [String: [Int32]]) {
    var offsets: [String: [Int32]] = [:]
    for (collection, counter) in program.counters {
      guard let column = names[counter].flatMap({ block.columns[$0] }) else { continue }
      offsets[collection] = column.rebased(to: range)
    }
    var columns: [String: Vector] = [:]
    for declaration in program.columns {
      let counted = declaration.collection.flatMap { offsets[$0] }
      guard let column = names[declaration.name].flatMap({ block.columns[$0] }) else {
        columns[declaration.name] = .missing(
          declaration.type, count: counted?.last.map { Int($0) } ?? range.count)
        continue
      }
      columns[declaration.name] = column.vector(of: range, as: declaration.type)
    }
    return (columns, offsets)
  }
}

extension Column {
  /// Offsets of some events, from 0.
  fileprivate func rebased(to range: Range<Int>) -> [Int32]? {
    offsets.map { offsets in
      offsets.withUnsafeBufferPointer { offsets in
        let start = offsets[range.lowerBound]
        return (range.lowerBound...range.upperBound).map {
          Int32(truncatingIfNeeded: offsets[$0] - start)
        }
      }
    }
  }

  /// The values of some events; integers become reals where those are declared.
  fileprivate func vector(of range: Range<Int>, as type: ColumnType) -> Vector {
    let range = offsets.map { $0[range.lowerBound]..<$0[range.upperBound] } ?? range
    switch values {
    case .booleans(let values): return Vector(.booleans(values[range]))
    case .reals(let values): return Vector(.reals(values[range]))
    case .integers(let values):
      return type == .real
        ? Vector(values[range].map(Double.init)) : Vector(.integers(values[range]))
    }
  }
}

extension Vector {
  /// Values of an optional column that the file lacks.
  fileprivate static func missing(_ type: ColumnType, count: Int) -> Vector {
    let validity = Array(repeating: false, count: count)
    switch type {
    case .boolean: return Vector(validity, validity: validity)
    case .integer:
      return Vector([Int64](repeating: 0, count: count), validity: validity)
    case .real: return Vector([Double](repeating: 0, count: count), validity: validity)
    }
  }
}
