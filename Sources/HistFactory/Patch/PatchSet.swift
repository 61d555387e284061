// SPDX-License-Identifier: Apache-2.0

/// Patches for many signal points, tied by digests to the background they were made for.
///
/// The format is pyhf's (`patchset.json`, schema 1.0.0), as HEPData publishes it.
public struct PatchSet: Sendable {
  /// A coordinate of a signal point.
  public enum Value: Sendable, Hashable, CustomStringConvertible {
    /// As in a mass.
    case number(Double)
    /// As in the name of a scenario.
    case text(String)

    /// The value as people write it: `800`, `2100.5`.
    public var description: String {
      switch self {
      case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
      case .text(let text): text
      }
    }
  }

  /// The changes for one signal point.
  public struct Patch: Sendable {
    /// Its name, unique in the set.
    public let name: String
    /// The point's coordinates, one for each of the set's labels.
    public let values: [Value]
    /// What it does to the background.
    public let patch: JSONPatch
    /// What the file says of it, known keys or not.
    let metadata: JSONNode
  }

  /// Hashes by which a background is known.
  public enum DigestAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// Those pyhf's schema allows.
    case md5, sha256
  }

  /// Names of the points' coordinates.
  public let labels: [String]
  /// What the set is, in its author's words.
  public let description: String
  /// Where it is from, as in `["hepdata": "ins1234567"]`.
  public let references: [String: String]
  /// Digests of the background workspace in hexadecimal digits; at least one.
  public let digests: [DigestAlgorithm: String]
  /// Patches in the order of the file.
  public let patches: [Patch]
  /// What the file says of the set, known keys or not.
  let metadata: JSONNode
  let source: String

  /// The patch of a name.
  public func patch(named name: String) -> Patch? { patches.first { $0.name == name } }

  /// The patch of a point.
  public func patch(at values: [Value]) -> Patch? { patches.first { $0.values == values } }

  /// Checks that a background workspace is the one the patches were made for.
  ///
  /// - Parameter background: the file's bytes; spelling and order of keys don't matter.
  /// - Parameter backgroundSource: the file's name in sentences.
  /// - Parameter hash: the digest of bytes in lower-case hexadecimal digits; nil where the
  ///   algorithm is not at hand, which is enough as long as one of the set's digests can be checked.
  /// - Throws: a background that is another, or no digest that could be checked.
  public func verify(
    background: [UInt8], source backgroundSource: String = "workspace",
    hash: (DigestAlgorithm, [UInt8]) -> String?
  ) throws(InvalidWorkspace) {
    let canonical = try Workspace.canonicalJSON(of: background, source: backgroundSource)
    var problems: [InvalidWorkspace.Problem] = []
    var isChecked = false
    for (algorithm, expected) in digests.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let actual = hash(algorithm, canonical) else { continue }
      isChecked = true
      if actual.lowercased() != expected.lowercased() {
        problems.append(
          .init(
            source: source, path: "metadata.digests.\(algorithm.rawValue)",
            message: "the patchset was made for a background with \(algorithm.rawValue) "
              + "\(expected), but \(backgroundSource) has \(actual)"))
      }
    }
    if !isChecked {
      problems.append(
        .init(
          source: source, path: "metadata.digests",
          message: "none of the digests can be checked here"))
    }
    if !problems.isEmpty { throw InvalidWorkspace(source: source, problems: problems) }
  }
}
