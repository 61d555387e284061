// SPDX-License-Identifier: Apache-2.0

/// TTrees of ROOT files (root.cern), versions 5.2 (2007) and later, with any of ROOT's four
/// compressions.
///
/// Branches of numbers are columns: one number an entry, an array counted by another branch
/// (`Jet_pt[nJet]`), an array of fixed length, or a `std::vector` or `std::set`, whose nested ones
/// are read as one list. Of a branch with several leaves each is a column, `branch.leaf`; packed
/// `Float16_t` and `Double32_t` are expanded. Texts can be listed, not selected on. Others are
/// listed with `isReadable` false, and reading one is an error. RNTuples are `RNTupleFormat`'s.
public struct ROOTFormat: EventFormat {
  /// What an analysis calls the format.
  public static let name = "root"

  /// A reader of ROOT files; it has no options.
  public init() {}

  /// Opens a tree by its path in the file ("Events", "analysis/Events").
  ///
  /// Of a tree saved several times ("Events;2", "Events;3") the last is taken. nil takes the only
  /// tree there is.
  /// - Throws: EventFileError when it isn't a ROOT file, is truncated or damaged, or when there is
  ///   no such tree.
  public func open(_ path: String, tree: String?) throws -> any EventReader {
    try FileProblem.inFile(path) {
      let file = try RandomAccessFile(path)
      return try ROOTTreeReader(file, Self.choose(tree, from: Directory(file)))
    }
  }

  /// Paths of the trees in a file, sorted.
  public func trees(in path: String) throws -> [String] {
    try FileProblem.inFile(path) {
      try Directory.paths(in: path, ofClasses: Self.treeClasses)
    }
  }

  private static let treeClasses: Set = ["TTree", "TNtuple", "TNtupleD"]

  private static func choose(_ name: String?, from directory: Directory) throws -> Directory.Entry {
    let trees = directory.newest(treeClasses.contains)
    let newTuples = directory.entries.filter { RNTupleFormat.classes.contains($0.key.className) }
      .map(\.path)
    if let name {
      if let entry = trees[name] { return entry }
      if newTuples.contains(name) { throw newTuple(name) }
    } else {
      if trees.count == 1, let entry = trees.first?.value { return entry }
      if trees.isEmpty, let first = newTuples.first { throw newTuple(first) }
    }
    let list = trees.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
    if directory.entries.isEmpty {
      throw FileProblem("holds nothing; the program that wrote it may not have closed it")
    }
    if trees.isEmpty { throw FileProblem("has no TTree") }
    guard let name else { throw FileProblem("has several trees, name one of them: \(list)") }
    throw FileProblem("has no tree '\(name)' (it has: \(list))")
  }

  private static func newTuple(_ name: String) -> FileProblem {
    FileProblem(
      "holds '\(name)' as an RNTuple, not as a TTree: name the format 'rntuple'")
  }
}
