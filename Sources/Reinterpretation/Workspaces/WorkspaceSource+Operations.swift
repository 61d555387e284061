// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Steps

/// Parts of a workspace by name, for pruning.
public struct PrunedParts: Sendable, Hashable {
  /// Channels with their observations.
  public var channels: [String] = []
  /// Samples in every channel that has them.
  public var samples: [String] = []
  /// Modifiers, with what measurements say of their parameters.
  public var modifiers: [String] = []
  /// Types of modifiers, such as `histosys`.
  public var modifierTypes: [String] = []
  /// Measurements.
  public var measurements: [String] = []
  /// Positions from 0 of single bins, by channel.
  public var bins: [String: [Int]] = [:]

  /// No parts.
  public init() {}
}

/// New names of a workspace's parts by their old names.
public struct RenamedParts: Sendable, Hashable {
  /// Of channels with their observations.
  public var channels: [String: String] = [:]
  /// Of samples.
  public var samples: [String: String] = [:]
  /// Of modifiers, with their parameters in measurements.
  public var modifiers: [String: String] = [:]
  /// Of measurements.
  public var measurements: [String: String] = [:]

  /// No new names.
  public init() {}
}

/// What becomes of parts that two workspaces have under one name; pyhf's joins.
public enum JoinChoice: String, Sendable, Hashable, CaseIterable {
  /// Nothing may have the same name.
  case none
  /// What has the same name must be equal.
  case outer
  /// The left workspace's part is taken.
  case leftOuter = "left outer"
  /// The right workspace's part is taken.
  case rightOuter = "right outer"

  fileprivate var join: Workspace.Join {
    switch self {
    case .none: .none
    case .outer: .outer
    case .leftOuter: .leftOuter
    case .rightOuter: .rightOuter
    }
  }
}

extension WorkspaceSource {
  /// The workspace without some parts.
  ///
  /// Bins are pruned first, of the channels that are kept.
  public func pruned(_ parts: PrunedParts) throws(Failure) -> WorkspaceText {
    try classifiedWithName {
      var workspace = try workspace()
      if !parts.bins.isEmpty { workspace = try workspace.pruned(bins: parts.bins) }
      return WorkspaceText(
        try workspace.pruned(
          WorkspaceSelection(
            channels: parts.channels, samples: parts.samples, modifiers: parts.modifiers,
            modifierTypes: parts.modifierTypes, measurements: parts.measurements)))
    }
  }

  /// The workspace with other names, all changed at once.
  public func renamed(_ parts: RenamedParts) throws(Failure) -> WorkspaceText {
    try classifiedWithName {
      WorkspaceText(
        try workspace().renamed(
          WorkspaceRenaming(
            channels: parts.channels, samples: parts.samples, modifiers: parts.modifiers,
            measurements: parts.measurements)))
    }
  }

  /// The workspace with everything in order of names.
  public func sorted() throws(Failure) -> WorkspaceText {
    try classifiedWithName { WorkspaceText(try workspace().sorted()) }
  }

  /// Both workspaces as one.
  ///
  /// - Parameters:
  ///   - right: the other one.
  ///   - join: what becomes of names that both have.
  ///   - mergesChannels: channels of one name get the samples of both.
  public func combined(
    with right: WorkspaceSource, join: JoinChoice = .none, mergesChannels: Bool = false
  ) throws(Failure) -> WorkspaceText {
    guard path != "-" || right.path != "-" else {
      throw Failure.refused("Standard input can be one of the two workspaces only; name a file.")
    }
    return try classifiedWithName {
      WorkspaceText(
        try workspace().combined(
          with: right.workspace(), join: join.join, mergesChannels: mergesChannels))
    }
  }

  /// The digest that pyhf's patchsets know the workspace by, in lower-case hexadecimal digits.
  public func digest(_ algorithm: DigestChoice = .sha256) throws(Failure) -> String {
    try classifiedWithName {
      let bytes = try Self.bytes(of: path)
      _ = try workspace(of: bytes)
      return publishedDigest(
        algorithm.algorithm, try Workspace.canonicalJSON(of: bytes, source: name))
    }
  }
}

/// Hashes by which patchsets know their background.
public enum DigestChoice: String, Sendable, Hashable, CaseIterable {
  /// Of 256 bits.
  case sha256
  /// Of 128 bits, no safeguard against intent.
  case md5

  fileprivate var algorithm: PatchSet.DigestAlgorithm { self == .md5 ? .md5 : .sha256 }
}
