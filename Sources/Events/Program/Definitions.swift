// SPDX-License-Identifier: Apache-2.0

/// What a name stands for at the level of the event.
enum Definition {
  case column(ColumnDeclaration)
  /// A declared collection and its columns.
  case collection([ColumnDeclaration])
  case object(SelectionSpecification.Object)
  case variable(SelectionSpecification.Variable)

  /// Where it is written, as in `SelectionProblem.path`; nil for what is declared, not defined.
  var path: String? {
    switch self {
    case .column, .collection: nil
    case .object(let object): "objects.\(object.name)"
    case .variable(let variable): "variables.\(variable.name)"
    }
  }
}

/// The names of a selection, each defined once.
struct Definitions {
  private(set) var byName: [String: Definition] = [:]
  /// Objects, then variables, as they are written.
  private(set) var order: [String] = []
  private(set) var problems: [SelectionProblem] = []
  /// Tables by name; their names are apart from the others.
  private(set) var tables: [String: SelectionSpecification.Table] = [:]

  /// Words that mean something of their own.
  static let reserved: Set<String> = [
    "it", "it2", "ev", "pi", "inf", "nan", "true", "false", "and", "or", "not",
  ]
  /// Most objects, variables, regions and variations of a selection, each.
  static let largestCount = 2000
  /// The parts of a specification that are counted.
  static let parts = ["objects", "variables", "regions", "variations", "histograms", "tables"]

  init(_ specification: SelectionSpecification, columns: [ColumnDeclaration]) {
    add(columns)
    let counts = [
      specification.objects.count, specification.variables.count, specification.regions.count,
      specification.variations.count + specification.shifts.count + specification.rates.count,
      specification.histograms.count, specification.tables.count,
    ]
    for (part, count) in zip(Self.parts, counts) where count > Self.largestCount {
      problems.append(
        SelectionProblem(
          path: part, message: "there are \(count) \(part), more than \(Self.largestCount)"))
    }
    for object in specification.objects { define(object.name, as: .object(object)) }
    for variable in specification.variables { define(variable.name, as: .variable(variable)) }
    for table in specification.tables { add(table) }
  }

  private mutating func add(_ columns: [ColumnDeclaration]) {
    var seen: Set<String> = []
    var collections: [String: [ColumnDeclaration]] = [:]
    for column in columns {
      guard seen.insert(column.name).inserted else {
        problems.append(
          SelectionProblem(
            path: "columns.\(column.name)", message: "the column is declared twice"))
        continue
      }
      if let collection = column.collection {
        collections[collection, default: []].append(column)
      } else {
        byName[column.name] = .column(column)
      }
    }
    for (name, columns) in collections {
      if byName[name] != nil {
        problems.append(
          SelectionProblem(
            path: "columns.\(name)", message: "'\(name)' is both a column and a collection"))
      }
      byName[name] = .collection(columns)
    }
  }

  private mutating func add(_ table: SelectionSpecification.Table) {
    let complaint: String? =
      if tables[table.name] != nil {
        "there are two tables '\(table.name)': rename one"
      } else if !(1...2).contains(table.dimensions) {
        "a table is looked up with one number or two, not \(table.dimensions)"
      } else {
        Self.complaint(aboutWord: table.name)
      }
    if let complaint {
      problems.append(SelectionProblem(path: "tables.\(table.name)", message: complaint))
    }
    tables[table.name] = table
  }

  private mutating func define(_ name: String, as definition: Definition) {
    guard let path = definition.path else { return }
    if let complaint = complaint(about: name) {
      problems.append(SelectionProblem(path: path, message: complaint))
      return
    }
    byName[name] = definition
    order.append(name)
  }

  private func complaint(about name: String) -> String? {
    if let complaint = Self.complaint(aboutWord: name) { return complaint }
    switch byName[name] {
    case nil: return nil
    case .column, .collection: return "the events already have a '\(name)': choose another name"
    case .object: return "there is already an object '\(name)': choose another name"
    case .variable: return "there is already a variable '\(name)': choose another name"
    }
  }
  /// What keeps a word from being a name at all.
  static func complaint(aboutWord name: String) -> String? {
    if reserved.contains(name) {
      return "'\(name)' means something of its own in expressions: choose another name"
    }
    guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) == nil else { return nil }
    return "'\(name)' can't be used in expressions: a name is letters, digits and '_', "
      + "and starts with no digit"
  }
}
