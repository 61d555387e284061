// SPDX-License-Identifier: Apache-2.0

/// RNTuples of ROOT files (binary format 1.0, root.cern), as ROOT and uproot write them.
///
/// Columns are fields of numbers, of one level of collections, of records, and of records in
/// collections: `Jet` of `pt` and `eta` is `Jet_pt` and `Jet_eta`. Fields of fixed-size arrays are
/// collections, too. Others are listed with `isReadable` false.
public struct RNTupleFormat: EventFormat {
  /// What an analysis calls the format.
  public static let name = "rntuple"

  /// A reader of RNTuples; it has no options.
  public init() {}

  /// Opens an RNTuple by its path in the file; nil takes the only one there is.
  /// - Throws: EventFileError when it isn't a ROOT file, is truncated or damaged, or when there is
  ///   no such RNTuple.
  public func open(_ path: String, tree: String?) throws -> any EventReader {
    try FileProblem.inFile(path) {
      let file = try RandomAccessFile(path)
      let entry = try Self.choose(tree, from: Directory(file))
      return try FileProblem.locating("RNTuple '\(entry.path)'") {
        let anchor = try NTupleAnchor(entry.key.payload(in: file, Decompressor()))
        return try NTupleReader(file, anchor, name: entry.path)
      }
    }
  }

  /// Paths of the RNTuples in a file, sorted.
  public func trees(in path: String) throws -> [String] {
    try FileProblem.inFile(path) { try Directory.paths(in: path, ofClasses: Self.classes) }
  }

  static let classes: Set = ["ROOT::RNTuple", "ROOT::Experimental::RNTuple"]

  private static func choose(_ name: String?, from directory: Directory) throws -> Directory.Entry {
    let found = directory.newest(classes.contains)
    let list = found.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
    if let name {
      if let entry = found[name] { return entry }
      throw FileProblem(
        found.isEmpty ? "has no RNTuple" : "has no RNTuple '\(name)' (it has: \(list))")
    }
    if found.count == 1, let entry = found.first?.value { return entry }
    throw FileProblem(
      found.isEmpty ? "has no RNTuple" : "has several RNTuples, name one of them: \(list)")
  }
}
