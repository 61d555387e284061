// SPDX-License-Identifier: Apache-2.0
import Events

/// A file of events: where it is and how it is read.
public struct EventFile: Sendable, Hashable {
  /// The file's path.
  public var path: String
  /// The format's name, as in `root`; nil takes the one that the file's name ends with. What is in
  /// the file is never asked.
  public var format: String?
  /// The tree, for formats that have trees; nil takes the only one.
  public var tree: String?

  /// A file of events.
  public init(path: String, format: String? = nil, tree: String? = nil) {
    self.path = path
    self.format = format
    self.tree = tree
  }

  private static let suffixes = [
    ".root": "root", ".csv": "csv", ".lhe": "lhe", ".hepmc": "hepmc3", ".hepmc3": "hepmc3",
    ".npz": "npz", ".h5": "hdf5", ".hdf5": "hdf5",
  ]

  /// The format by its name, or by the file's.
  func eventFormat() throws(Failure) -> any EventFormat {
    if let format {
      if let known = EventFormats.named(format) { return known }
      throw .refused("'\(format)' is no format of events; these are: \(EventFormats.names).")
    }
    let name = path.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    let suffix = Self.suffixes.first { plain.hasSuffix($0.key) }
    guard let known = suffix.flatMap({ EventFormats.named($0.value) }) else {
      throw .refused(
        "\(path): the file's name doesn't tell its format; name it with --event-format "
          + "(\(EventFormats.names)).")
    }
    return known
  }

  /// Opens the file.
  func reader() throws -> any EventReader { try eventFormat().open(path, tree: tree) }
}
