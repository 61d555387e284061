// SPDX-License-Identifier: Apache-2.0

/// The fields of an RNTuple and the columns that store them.
struct NTupleSchema {
  /// What a user thinks of: a number, a collection, a record.
  struct Field {
    enum Role: Int {
      case leaf, collection, record, variant, streamed
    }

    let name: String
    let typeName: String
    let parent: Int
    let role: Role?
    /// Copies of the field in each entry, where it is a fixed-size array.
    let repetitions: Int?
  }

  /// How a field's numbers are stored.
  struct Column {
    let encoding: NTupleEncoding?
    let field: Int
    /// Which of several ways to store the field this belongs to; a cluster uses one of them.
    let representation: Int
    /// Whether the first entries, written before the column was added, lack it.
    let isDeferred: Bool
  }

  private(set) var fields: [Field] = []
  private(set) var columns: [Column] = []
  /// Columns of each field, those it borrows from another included.
  private(set) var columnsOfField: [Int: [Int]] = [:]

  private static let limit = 1 << 20

  /// Adds the fields and columns of a description; the footer may add to the header's.
  mutating func add(_ cursor: inout NTupleCursor) throws {
    let fieldList = try cursor.list()
    for _ in 0..<fieldList.count { fields.append(try field(&cursor)) }
    try cursor.move(to: fieldList.end)
    let columnList = try cursor.list()
    for _ in 0..<columnList.count {
      let column = try column(&cursor)
      columnsOfField[column.field, default: []].append(columns.count)
      columns.append(column)
    }
    try cursor.move(to: columnList.end)
    let aliasList = try cursor.list()
    for _ in 0..<aliasList.count {
      let end = try cursor.record()
      let physical = try cursor.int(UInt32.self)
      let field = try cursor.int(UInt32.self)
      guard columns.indices.contains(physical), fields.indices.contains(field) else {
        throw FileProblem("has a field that borrows column \(physical), which isn't there")
      }
      columnsOfField[field, default: []].append(physical)
      try cursor.move(to: end)
    }
    try cursor.move(to: aliasList.end)
    let typeList = try cursor.list()
    try cursor.move(to: typeList.end)
    guard fields.count < Self.limit, columns.count < Self.limit else {
      throw FileProblem("has over \(Self.limit) fields")
    }
  }

  private func field(_ cursor: inout NTupleCursor) throws -> Field {
    let end = try cursor.record()
    _ = try cursor.next(UInt64.self)  // versions of the field and of its type
    let parent = try cursor.int(UInt32.self)
    let role = try cursor.int(UInt16.self)
    let flags = try cursor.next(UInt16.self)
    let name = try cursor.string()
    let typeName = try cursor.string()
    _ = try cursor.string()
    _ = try cursor.string()
    let repetitions = flags & 1 != 0 ? try cursor.offset() : nil
    try cursor.move(to: end)
    return Field(
      name: name, typeName: typeName, parent: parent, role: Field.Role(rawValue: role),
      repetitions: repetitions)
  }

  private func column(_ cursor: inout NTupleCursor) throws -> Column {
    let end = try cursor.record()
    let type = try cursor.int(UInt16.self)
    let bits = try cursor.int(UInt16.self)
    let field = try cursor.int(UInt32.self)
    let flags = try cursor.next(UInt16.self)
    let representation = try cursor.int(UInt16.self)
    if flags & 1 != 0 { _ = try cursor.next(Int64.self) }
    var range = 0.0...0.0
    if flags & 2 != 0 {
      let minimum = Double(bitPattern: try cursor.next(UInt64.self))
      let maximum = Double(bitPattern: try cursor.next(UInt64.self))
      guard minimum <= maximum else { throw FileProblem("has a column whose range is empty") }
      range = minimum...maximum
    }
    try cursor.move(to: end)
    guard fields.indices.contains(field) else {
      throw FileProblem("has a column of field \(field) of \(fields.count)")
    }
    return Column(
      encoding: NTupleEncoding(type: type, bits: bits, range: range), field: field,
      representation: representation, isDeferred: flags & 1 != 0)
  }

  /// Fields below another, in order.
  func children(of parent: Int) -> [Int] {
    fields.indices.filter { $0 != parent && fields[$0].parent == parent }
  }

  /// Fields that lie in none.
  var topFields: [Int] { fields.indices.filter { fields[$0].parent == $0 } }
}
