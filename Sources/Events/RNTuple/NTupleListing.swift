// SPDX-License-Identifier: Apache-2.0

/// The fields of an RNTuple as a flat list of columns.
struct NTupleListing {
  enum Layout {
    /// One number an entry.
    case single(field: Int)
    /// The same number of numbers in each entry.
    case fixed(field: Int, count: Int)
    /// The elements of a collection field.
    case collection(index: Int, field: Int)
    /// How many elements a collection field has.
    case cardinality(index: Int)
    case unsupported
  }

  private(set) var columns: [ColumnDescription] = []
  private(set) var layouts: [Layout] = []
  private let schema: NTupleSchema

  init(_ schema: NTupleSchema) {
    self.schema = schema
    for field in schema.topFields { add(field, name: schema.fields[field].name, depth: 0) }
  }

  private static let deepest = 16

  private mutating func add(_ field: Int, name: String, depth: Int) {
    let description = schema.fields[field]
    let children = schema.children(of: field)
    guard depth < Self.deepest else { return }
    switch description.role {
    case .leaf where description.typeName.hasPrefix("ROOT::RNTupleCardinality<"):
      append(name, .cardinality(index: field), .integer, description.typeName, isCollection: false)
    case .leaf where description.repetitions != nil:
      if let count = description.repetitions, children.count == 1, count < 1 << 24 {
        number(
          of: children[0], name, .fixed(field: children[0], count: count), description.typeName,
          isCollection: true)
      } else {
        unsupported(name, description.typeName)
      }
    case .leaf:
      number(
        of: field, name, .single(field: field), description.typeName, isCollection: false)
    case .record where description.repetitions == nil:
      for child in children {
        add(child, name: "\(name).\(schema.fields[child].name)", depth: depth + 1)
      }
    case .collection where children.count == 1:
      elements(of: field, children[0], name, description.typeName)
    default:
      unsupported(name, description.typeName)
    }
  }

  /// A collection's numbers, or each member of its records: `Jet` of `pt` and `eta` is `Jet_pt` and
  /// `Jet_eta`.
  private mutating func elements(of field: Int, _ item: Int, _ name: String, _ typeName: String) {
    let members = schema.children(of: item)
    guard schema.fields[item].role == .record, schema.fields[item].repetitions == nil,
      !members.isEmpty
    else {
      number(
        of: item, name, .collection(index: field, field: item), typeName, isCollection: true)
      return
    }
    for member in members {
      let description = schema.fields[member]
      let full = "\(name)_\(description.name)"
      number(
        of: member, full, .collection(index: field, field: member), description.typeName,
        isCollection: true)
    }
  }

  /// A column of numbers if the field that stores them is one of those.
  private mutating func number(
    of field: Int, _ name: String, _ layout: Layout, _ typeName: String, isCollection: Bool
  ) {
    let description = schema.fields[field]
    let columns = (schema.columnsOfField[field] ?? []).map { schema.columns[$0] }
    guard description.role == .leaf, description.repetitions == nil, let first = columns.first,
      Set(columns.map(\.representation)).count == columns.count,
      columns.allSatisfy({ column in
        guard let encoding = column.encoding, !column.isDeferred else { return false }
        if case .index = encoding.content { return false }
        return encoding.number.columnType == first.encoding?.number.columnType
      }), let type = first.encoding?.number.columnType
    else { return unsupported(name, typeName) }
    append(name, layout, type, typeName, isCollection: isCollection)
  }

  private mutating func unsupported(_ name: String, _ typeName: String) {
    layouts.append(.unsupported)
    columns.append(
      ColumnDescription(
        name: name, type: .real, storedType: typeName, isCollection: false, isReadable: false))
  }

  private mutating func append(
    _ name: String, _ layout: Layout, _ type: ColumnType, _ stored: String, isCollection: Bool
  ) {
    layouts.append(layout)
    columns.append(
      ColumnDescription(name: name, type: type, storedType: stored, isCollection: isCollection))
  }
}
