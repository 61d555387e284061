// SPDX-License-Identifier: Apache-2.0

/// How to read a signal's event files: the value of the input `events`, beside the artifacts.
public struct EventsDescriptor: Sendable, Hashable, Codable {
  /// The format's name, as in `root`; named by the user, never guessed.
  public var format: String
  /// The tree within each file, for formats that have trees.
  public var tree: String?
  /// Declared column → the file's own name for it.
  public var renames: [String: String]
  /// Σw of all generated events by weight column, when the files were skimmed.
  public var sumOfWeights: [String: Double]?
  /// Number of all generated events, when the files were skimmed.
  public var entries: Int?

  /// A descriptor from its parts.
  public init(
    format: String, tree: String?, renames: [String: String] = [:],
    sumOfWeights: [String: Double]? = nil, entries: Int? = nil
  ) {
    self.format = format
    self.tree = tree
    self.renames = renames
    self.sumOfWeights = sumOfWeights
    self.entries = entries
  }
}

/// Expected events of a signal at the analysis' luminosity: the value of the input `yields`.
public struct SignalYields: Sendable, Hashable, Codable {
  /// Expected events of one region.
  public struct Region: Sendable, Hashable, Codable {
    /// One for each bin.
    public var values: [Double]
    /// Statistical uncertainty of each.
    public var uncertainties: [Double]?

    /// A region from its parts.
    public init(values: [Double], uncertainties: [Double]? = nil) {
      self.values = values
      self.uncertainties = uncertainties
    }
  }

  /// Regions by name.
  public var regions: [String: Region]

  /// Yields from regions.
  public init(regions: [String: Region]) { self.regions = regions }
}

/// How to read a signal's patch file: the value of the input `patch`, beside the artifact.
public struct PatchDescriptor: Sendable, Hashable, Codable {
  /// The patch's name in a patchset; nil when the file is one JSON patch.
  public var patch: String?

  /// A descriptor of a JSON patch, or of one patch of a patchset.
  public init(patch: String? = nil) { self.patch = patch }
}
