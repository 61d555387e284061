// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The folder of a specification, which no path in it may leave.
struct SpecificationFolder {
  /// nil: only the spelling of paths is checked.
  let directory: URL?
  /// What to do about a file that lies elsewhere.
  let cure: String

  /// Why a path cannot be used; nil when it is a regular file inside the folder.
  func problem(with path: String) -> String? {
    if let problem = spellingProblem(with: path) { return problem }
    guard let directory else { return nil }
    let url = directory.appendingPathComponent(path)
    guard let root = Self.realPath(directory.path) else {
      return "the folder \(directory.path) cannot be read"
    }
    guard let target = Self.realPath(url.path) else {
      if Self.isLink(url.path) { return "'\(path)' is a link to nothing" }
      return "there is no file '\(path)'\(hint(for: path, in: directory))"
    }
    guard target.hasPrefix(root == "/" ? root : root + "/") else {
      return "'\(path)' is a link that leaves the folder; \(cure)"
    }
    var status = stat()
    guard stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return "'\(path)' is not a file"
    }
    return access(target, R_OK) == 0 ? nil : "'\(path)' cannot be read; check its permissions"
  }

  /// Why a path cannot be used, whatever lies on the disk.
  func spellingProblem(with path: String) -> String? {
    if path.hasPrefix("/") || path.hasPrefix("~") {
      return "'\(path)' is not relative to the folder; \(cure)"
    }
    let components = path.split(separator: "/", omittingEmptySubsequences: false)
    if components.contains("..") { return "'\(path)' leaves the folder; \(cure)" }
    if components.contains("") || components.contains(".") {
      return "'\(path)' must be spelt without empty or '.' parts"
    }
    return nil
  }

  /// The nearest name beside a file that is not there.
  private func hint(for path: String, in directory: URL) -> String {
    let url = directory.appendingPathComponent(path)
    // A folder that is not there has no names to suggest.
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: url.deletingLastPathComponent().path)
    guard let near = Suggestion.nearest(to: url.lastPathComponent, among: names ?? []) else {
      return ""
    }
    let parent = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    return " (did you mean '\(parent)\(near)'?)"
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
