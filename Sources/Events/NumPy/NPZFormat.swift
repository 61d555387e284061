// SPDX-License-Identifier: Apache-2.0

/// Arrays of NumPy in a zip file, as numpy.savez and numpy.savez_compressed write them.
///
/// An array with a number for each event is a column, one of shape (events, k) a collection of k
/// elements each. Collections of any length are flat arrays `Jet_pt` beside the whole numbers
/// `nJet`, which say how many elements each event has.
public struct NPZFormat: EventFormat {
  /// What an analysis calls the format.
  public static let name = "npz"

  /// A reader of .npz files; it has no options.
  public init() {}

  /// Opens the arrays and reads the counters once.
  /// - Throws: EventFileError when it isn't such a file, or arrays have different lengths without
  ///   a counter.
  public func open(_ path: String, tree: String?) throws -> any EventReader {
    try FileProblem.inFile(path) {
      try ColumnIndex.refuseTree(tree, format: Self.name)
      let file = try RandomAccessFile(path)
      let arrays = try ZipDirectory(file).members.filter { $0.name.hasSuffix(".npy") }.map {
        member in
        try FileProblem.locating("array '\(member.name)'") { try NPZArray(file, member) }
      }
      return try FlatArrayReader(path, arrays)
    }
  }
}
