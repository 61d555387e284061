// SPDX-License-Identifier: Apache-2.0

/// Datasets of an HDF5 group, as h5py writes them: contiguous or in chunks, compressed by gzip,
/// with or without shuffling.
///
/// A dataset with a number for each event is a column, one of shape (events, k) a collection of k
/// elements each. Collections of any length are flat datasets `Jet_pt` beside the whole numbers
/// `nJet`, which say how many elements each event has.
public struct HDF5Format: EventFormat {
  /// What an analysis calls the format.
  public static let name = "hdf5"

  /// A reader of HDF5 files; it has no options.
  public init() {}

  /// Opens a group by its path in the file ("Events"); nil takes the only one with datasets.
  /// - Throws: EventFileError when it isn't an HDF5 file, is truncated or damaged, or when there is
  ///   no such group.
  public func open(_ path: String, tree: String?) throws -> any EventReader {
    try FileProblem.inFile(path) {
      let groups = try Self.groups(path)
      let list = groups.map { "'\($0.path)'" }.joined(separator: ", ")
      guard let tree else {
        guard groups.count <= 1 else {
          throw FileProblem("has several groups with datasets, name one of them: \(list)")
        }
        guard let group = groups.first else { throw FileProblem("has no datasets") }
        return try FlatArrayReader(path, group.datasets)
      }
      guard let group = groups.first(where: { $0.path == tree }) else {
        throw FileProblem("has no group '\(tree)' with datasets (it has: \(list))")
      }
      return try FlatArrayReader(path, group.datasets)
    }
  }

  /// Paths of the groups with datasets; "/" is the root.
  public func trees(in path: String) throws -> [String] {
    try FileProblem.inFile(path) { try Self.groups(path).map(\.path) }
  }

  private static let objectLimit = 100_000

  /// The groups that have datasets, in the file's order.
  private static func groups(_ path: String) throws -> [(path: String, datasets: [HDF5Dataset])] {
    let file = try HDF5File(try RandomAccessFile(path))
    var groups: [(path: String, datasets: [HDF5Dataset])] = []
    var pending = [(path: "/", address: file.root)]
    var seen: Set<Int> = []
    while let (name, address) = pending.popLast() {
      // A group may be linked twice, also from below: it is read once.
      guard seen.insert(address).inserted else { continue }
      let header = try HDF5Header(file, at: address)
      guard let links = try HDF5Group.links(file, header) else { continue }
      var datasets: [HDF5Dataset] = []
      for link in links {
        guard seen.count + datasets.count < objectLimit else {
          throw FileProblem("has over \(objectLimit) objects")
        }
        try FileProblem.locating("object '\(link.name)'") {
          if let dataset = try HDF5Dataset(
            file, HDF5Header(file, at: link.address), name: link.name)
          {
            datasets.append(dataset)
          } else {
            let below = name == "/" ? link.name : "\(name)/\(link.name)"
            pending.append((below, link.address))
          }
        }
      }
      if !datasets.isEmpty { groups.append((name, datasets)) }
    }
    return groups
  }
}
