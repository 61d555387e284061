import Artifacts
// SPDX-License-Identifier: Apache-2.0
public import Foundation
import GRDB

/// A file in the registry's folder that no row names.
public struct UnreferencedFile: Sendable, Hashable {
  /// Why it is there.
  public enum Sort: String, Sendable, Hashable, CaseIterable {
    /// Whole bytes whose row was never written, or was given up.
    case object
    /// Bytes of a write that was cut short.
    case temporary
    /// The scratch folder of an execution that is no longer under way.
    case scratch
  }

  /// Why it is there.
  public let sort: Sort
  /// Where it is.
  public let file: URL
}

extension Registry {
  /// Files and scratch folders that no row and no living execution names, by path. Only looks.
  ///
  /// An object that another process is about to name is among them: whoever removes should leave
  /// young files alone.
  public func unreferenced() throws -> [UnreferencedFile] {
    let (named, leased) = try read { database in
      (
        try String.fetchSet(database, sql: "SELECT digest FROM artifact"),
        try String.fetchSet(database, sql: "SELECT fingerprint FROM lease")
      )
    }
    let live = try leased.filter { text in
      try Fingerprint(hex: text).map { try self.hasLiveLease($0) } ?? false
    }
    var found: [UnreferencedFile] = []
    for digest in try store.digests() where !named.contains(digest.hex) {
      let object = "\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))"
      found.append(
        UnreferencedFile(sort: .object, file: store.directory.appendingPathComponent(object)))
    }
    for file in try store.abandonedTemporaryFiles() {
      found.append(UnreferencedFile(sort: .temporary, file: file))
    }
    for folder in try Self.contents(of: workDirectory)
    where !live.contains(folder.lastPathComponent) {
      found.append(UnreferencedFile(sort: .scratch, file: folder))
    }
    return found.sorted { $0.file.path < $1.file.path }
  }

  private static func contents(of folder: URL) throws -> [URL] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
  }
}
