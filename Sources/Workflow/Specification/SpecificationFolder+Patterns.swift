// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Why a pattern of file names cannot be used, as a sentence.
struct RefusedPattern: Error, CustomStringConvertible {
  let description: String
}

extension SpecificationFolder {
  /// Paths that match a pattern such as `points/*.yaml`, sorted; `*` and `?` stay within a name.
  ///
  /// - Throws: a pattern that leaves the folder, and one that more than `limit` names match.
  func files(matching pattern: String, limit: Int) throws(RefusedPattern) -> [String] {
    if let problem = spellingProblem(with: pattern) { throw RefusedPattern(description: problem) }
    guard let directory else { return [] }
    var matches = [""]
    for part in pattern.split(separator: "/").map(String.init) {
      var next: [String] = []
      for folder in matches {
        let place = folder.isEmpty ? directory : directory.appendingPathComponent(folder)
        // What is no folder, or cannot be read, has no names.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        next += names.filter { fnmatch(part, $0, FNM_PERIOD) == 0 }
          .map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
        guard next.count <= limit else {
          throw RefusedPattern(
            description: "'\(pattern)' matches more than the \(limit) files that are read")
        }
      }
      matches = next
    }
    return matches.sorted()
  }
}
