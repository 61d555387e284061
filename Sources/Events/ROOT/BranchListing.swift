// SPDX-License-Identifier: Apache-2.0

/// The branches of a tree as a flat list of columns, those that can't be read included.
struct BranchListing {
  /// A column's branch and how it lies in it.
  struct Place {
    let branch: Int
    let layout: BranchLayout
  }

  private(set) var columns: [ColumnDescription] = []
  /// By column name; a name that two branches share is the first's.
  private(set) var places: [String: Place] = [:]

  init(_ tree: TreeRecord) {
    // A damaged file may name a branch as its own descendant: each is listed once.
    var listed: Set<Int> = []
    var pending = tree.topBranches.reversed().map { (index: $0, parent: "") }
    while let (index, parent) = pending.popLast() {
      guard tree.branches.indices.contains(index), listed.insert(index).inserted else { continue }
      let branch = tree.branches[index]
      let name = Self.fullName(branch.name, in: parent)
      add(name, Place(branch: index, layout: BranchLayout(branch, leaves: tree.leaves)))
      for (leaf, layout) in BranchLayout.members(branch, leaves: tree.leaves) {
        add("\(name).\(leaf)", Place(branch: index, layout: layout))
      }
      pending += branch.branches.reversed().map { (index: $0, parent: name) }
    }
  }

  private mutating func add(_ name: String, _ place: Place) {
    guard places[name] == nil else { return }
    places[name] = place
    columns.append(Self.description(name, place.layout))
  }

  /// As TBranch::GetFullName: the parent's name and a dot, unless the name has them already.
  private static func fullName(_ name: String, in parent: String) -> String {
    if parent.isEmpty { return name }
    let prefix = parent.hasSuffix(".") ? parent : parent + "."
    return name.hasPrefix(prefix) ? name : prefix + name
  }

  private static func description(_ name: String, _ layout: BranchLayout) -> ColumnDescription {
    switch layout {
    case .single(let item):
      ColumnDescription(
        name: name, type: item.columnType, storedType: item.typeName, isCollection: false)
    case .member(let item, count: nil, _, _):
      ColumnDescription(
        name: name, type: item.columnType, storedType: item.typeName, isCollection: false)
    case .fixed(let item, let count), .member(let item, let count?, _, _):
      ColumnDescription(
        name: name, type: item.columnType, storedType: "\(item.typeName)[\(count)]",
        isCollection: true)
    case .counted(let item, _):
      ColumnDescription(
        name: name, type: item.columnType, storedType: item.typeName, isCollection: true)
    case .container(let number, _, let typeName):
      ColumnDescription(
        name: name, type: number.columnType, storedType: typeName, isCollection: true)
    case .text(_, let type):
      ColumnDescription(
        name: name, type: .real, storedType: type, isCollection: false, isReadable: false,
        isText: true)
    case .unsupported(let type):
      ColumnDescription(
        name: name, type: .real, storedType: type, isCollection: false, isReadable: false)
    }
  }
}
