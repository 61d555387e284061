// SPDX-License-Identifier: Apache-2.0

/// What registering or importing an analysis did.
public struct RegistrationReport: Sendable, Hashable, Codable {
  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// The analysis' title.
  public let title: String
  /// Identity of the version: SHA-256 of the canonical specification and the files' digests.
  public let fingerprint: String
  /// False when exactly this version was there already: nothing was changed.
  public let isNew: Bool
  /// Preserved files, sorted.
  public let files: [String]

  private enum CodingKeys: String, CodingKey {
    case analysis, version, title, fingerprint, files
    case isNew = "is_new"
  }
}
