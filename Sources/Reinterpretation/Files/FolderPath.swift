// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Paths relative to a folder, with "/" between their parts.
enum FolderPath {
  /// The folder part of a path; empty for a file of the folder itself.
  static func parent(of path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// A path below a folder part, which may be empty.
  static func join(_ folder: String, _ path: String) -> String {
    folder.isEmpty ? path : folder + "/" + path
  }

  /// A path that is a regular file of the folder, not a link to one elsewhere.
  private static func contained(_ path: String, in root: URL) throws -> String {
    let home = root.resolvingSymlinksInPath().path + "/"
    let place = root.appendingPathComponent(path)
    guard place.resolvingSymlinksInPath().path.hasPrefix(home) else {
      throw Failure.refused(
        "\(InputFile.display(place)): this link leaves the folder of the analysis; put the file into it."
      )
    }
    return path
  }

  /// Paths below the folder that match a pattern such as `signals/*.yaml`; `*` stays within a name.
  static func all(matching pattern: String?, in root: URL) throws -> [String] {
    guard let pattern else { return [] }
    let parts = pattern.split(separator: "/").map(String.init)
    guard !pattern.hasPrefix("/"), !parts.contains("..") else {
      throw Failure.refused(
        "validate: '\(pattern)' leaves the analysis' folder; patterns are relative to it, without '..'."
      )
    }
    var matches = [""]
    for part in parts {
      matches = try matches.flatMap { folder in
        let place = root.appendingPathComponent(folder)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isDirectory),
          isDirectory.boolValue
        else { return [String]() }
        return try FileManager.default.contentsOfDirectory(atPath: place.path)
          .filter { fnmatch(part, $0, FNM_PERIOD) == 0 }
          .map { join(folder, $0) }
      }
    }
    return try matches.sorted().map { try contained($0, in: root) }
  }
}
