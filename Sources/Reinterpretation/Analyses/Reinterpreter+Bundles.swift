// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation

extension Reinterpreter {
  /// Writes a version, its files and its results into one file, for another registry.
  ///
  /// - Throws: ``Failure/Kind/refused`` when the file exists already: nothing is overwritten.
  public func export(_ analysis: String, to path: String) throws(Failure) -> BundleReport {
    try classified {
      let preserved = try preserved(analysis)
      guard !FileManager.default.fileExists(atPath: path) else {
        throw Failure.refused("\(path): this file exists already; name one that doesn't.")
      }
      try registry().export(preserved.version, to: URL(fileURLWithPath: path))
      return BundleReport(
        path: path, analysis: preserved.version.analysis, version: preserved.version.number,
        fingerprint: preserved.version.fingerprint.hex)
    }
  }

  /// Brings an exported version into this registry, after every digest was checked.
  public func importBundle(_ path: String) throws(Failure) -> RegistrationReport {
    try classified {
      guard FileManager.default.fileExists(atPath: path) else {
        throw Failure.refused("\(path): there is no such file.")
      }
      let registry = try registry(creating: true)
      let (version, isNew) = try registry.importBundle(
        URL(fileURLWithPath: path), catalog: catalog)
      let files = try registry.files(of: version)
      return RegistrationReport(version, isNew: isNew, files: files.keys.sorted())
    }
  }
}

/// What was exported.
public struct BundleReport: Sendable, Hashable, Codable {
  /// The file that was written.
  public let path: String
  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// The version's fingerprint.
  public let fingerprint: String
}
