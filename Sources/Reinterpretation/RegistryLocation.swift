// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Where a registry is looked for when a command names none.
public enum RegistryLocation {
  /// The first that is given: the option, the environment's `REPRISE_REGISTRY`, `./registry` when
  /// that folder exists, and else `reprise` in the user's data folder (`XDG_DATA_HOME`, or
  /// `~/.local/share`).
  public static func resolve(
    option: String?, environment: [String: String], currentDirectory: String
  ) -> URL {
    if let option { return url(option, currentDirectory) }
    if let named = environment["REPRISE_REGISTRY"], !named.isEmpty {
      return url(named, currentDirectory)
    }
    let local = url("registry", currentDirectory)
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: local.path, isDirectory: &isDirectory),
      isDirectory.boolValue
    {
      return local
    }
    let home = environment["HOME"] ?? currentDirectory
    let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return url("reprise", data ?? home + "/.local/share")
  }

  private static func url(_ path: String, _ base: String) -> URL {
    URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: base, isDirectory: true))
      .absoluteURL.standardizedFileURL
  }
}
