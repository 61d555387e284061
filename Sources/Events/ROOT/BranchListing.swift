// SPDX-License-Identifier: Apache-2.0

/// The branches of a tree as a flat list of columns, those that can't be read included.
struct BranchListing {
  private(set) var columns: [ColumnDescription] = []
  /// Column name → place in the tree's list of branches; a name that two branches share is absent.
  private(set) var branches: [String: Int] = [:]
  /// One for each branch of the tree.
  let layouts: [BranchLayout]

  init(_ tree: TreeRecord) {
    layouts = tree.branches.map { BranchLayout($0, leaves: tree.leaves) }
    // A damaged file may name a branch as its own descendant: each is listed once.
    var listed: Set<Int> = []
    var pending = tree.topBranches.reversed().map { (index: $0, parent: "") }
    while let (index, parent) = pending.popLast() {
      guard tree.branches.indices.contains(index), listed.insert(index).inserted else { continue }
      let branch = tree.branches[index]
      let name = Self.fullName(branch.name, in: parent)
      if branches[name] == nil {
        branches[name] = index
        columns.append(Self.description(name, layouts[index]))
      }
      pending += branch.branches.reversed().map { (index: $0, parent: name) }
    }
  }

  /// As TBranch::GetFullName: the parent's name and a dot, unless the name has them already.
  private static func fullName(_ name: String, in parent: String) -> String {
    if parent.isEmpty { return name }
    let prefix = parent.hasSuffix(".") ? parent : parent + "."
    return name.hasPrefix(prefix) ? name : prefix + name
  }

  private static func description(_ name: String, _ layout: BranchLayout) -> ColumnDescription {
    switch layout {
    case .single(let number):
      ColumnDescription(
        name: name, type: number.columnType, storedType: number.rawValue, isCollection: false)
    case .fixed(let number, let count):
      ColumnDescription(
        name: name, type: number.columnType, storedType: "\(number.rawValue)[\(count)]",
        isCollection: true)
    case .counted(let number, _):
      ColumnDescription(
        name: name, type: number.columnType, storedType: number.rawValue, isCollection: true)
    case .vector(let number):
      ColumnDescription(
        name: name, type: number.columnType, storedType: "std::vector<\(number.rawValue)>",
        isCollection: true)
    case .unsupported(let type):
      ColumnDescription(
        name: name, type: .real, storedType: type, isCollection: false, isReadable: false)
    }
  }
}
