// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Steps

/// A patchset file: patches for many signal points of one background.
public struct PatchSetSource: Sendable, Hashable {
  /// Path of the patchset's JSON.
  public var path: String

  /// A patchset as it is on disk.
  public init(path: String) { self.path = path }

  func set() throws -> PatchSet {
    try PatchSet(json: WorkspaceSource.bytes(of: path), source: path)
  }

  /// What the set holds.
  public func inspect() throws(Failure) -> PatchSetSummary {
    try classified { PatchSetSummary(try set()) }
  }

  /// One patch, alone or with its metadata.
  public func extract(_ name: String, includesMetadata: Bool = false) throws(Failure)
    -> WorkspaceText
  {
    try classified {
      let set = try set()
      _ = try set.patch(orSuggesting: name, in: path)
      return WorkspaceText(try set.extract(name, includesMetadata: includesMetadata))
    }
  }

  /// The background with one patch, after making sure that it is the set's background.
  public func apply(_ name: String, to background: WorkspaceSource) throws(Failure)
    -> WorkspaceText
  {
    try classified {
      let set = try set()
      _ = try set.patch(orSuggesting: name, in: path)
      return WorkspaceText(
        try set.applying(
          name, toBackground: WorkspaceSource.bytes(of: background.path),
          source: background.name, hash: publishedDigest))
    }
  }

  /// Makes sure that a background is the one the patches were made for.
  ///
  /// - Returns: the digests that agree, by algorithm.
  public func verify(_ background: WorkspaceSource) throws(Failure) -> [String: String] {
    try classified {
      let set = try set()
      try set.verify(
        background: WorkspaceSource.bytes(of: background.path), source: background.name,
        hash: publishedDigest)
      return Dictionary(uniqueKeysWithValues: set.digests.map { ($0.rawValue, $1) })
    }
  }
}

/// What a patchset holds.
public struct PatchSetSummary: Sendable, Hashable, Encodable {
  /// One signal point.
  public struct Point: Sendable, Hashable, Encodable {
    /// The patch's name.
    public let name: String
    /// The point's coordinates as people write them, one for each label.
    public let values: [String]
  }

  /// What the set is, in its author's words.
  public let description: String
  /// Names of the coordinates.
  public let labels: [String]
  /// Where the set is from.
  public let references: [String: String]
  /// Digests of the background by algorithm.
  public let digests: [String: String]
  /// In the order of the file.
  public let patches: [Point]

  init(_ set: PatchSet) {
    description = set.description
    labels = set.labels
    references = set.references
    digests = Dictionary(uniqueKeysWithValues: set.digests.map { ($0.rawValue, $1) })
    patches = set.patches.map { Point(name: $0.name, values: $0.values.map(\.description)) }
  }
}
