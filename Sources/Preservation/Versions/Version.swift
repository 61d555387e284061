// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation
import GRDB

/// A preserved specification with its files: one line of an analysis' history, never changed.
public struct Version: Sendable, Hashable {
  /// Row in this registry; another registry has another.
  public let id: Int64
  /// Name of the analysis.
  public let analysis: String
  /// 1 for the first version registered here, then 2, 3 ….
  public let number: Int
  /// Digest of the canonical specification and of the digests of its files.
  public let fingerprint: Fingerprint
  /// The title that the specification gives.
  public let title: String
  /// When it was registered here.
  public let registeredAt: Date
}

extension Version {
  static let select = """
    SELECT version.id, analysis.name, version.number, version.fingerprint, version.title,
      version.registeredAt
    FROM version JOIN analysis ON analysis.id = version.analysis
    """

  /// row: as `select` gives it, starting at column `start`.
  init(_ row: Row, from start: Int = 0) throws {
    id = row[start]
    analysis = row[start + 1]
    number = row[start + 2]
    fingerprint = try Fingerprint(row: row[start + 3])
    title = row[start + 4]
    registeredAt = try Timestamp.date(row[start + 5])
  }
}

extension Fingerprint {
  /// A fingerprint that a row holds.
  init(row text: String) throws {
    guard let fingerprint = Fingerprint(hex: text) else {
      throw RegistryError(.corrupt, "'\(text)' is not a SHA-256 in hexadecimal digits")
    }
    self = fingerprint
  }
}
