// SPDX-License-Identifier: Apache-2.0
import Foundation
import Workflow

/// Finds the file of a program before anything is started, so that its absence is a sentence.
enum ProgramSearch {
  /// An absolute path. A name with a slash is relative to the program's directory, one without is
  /// looked up in `path`.
  static func find(_ program: ProgramInvocation, path: String?) throws -> String {
    guard let name = program.arguments.first, !name.isEmpty else {
      throw ExecutionError("a program needs at least its name as first argument")
    }
    guard !program.arguments.contains(where: { $0.utf8.contains(0) }) else {
      throw ExecutionError("an argument of '\(name)' holds a NUL byte")
    }
    if name.contains("/") {
      let file = URL(fileURLWithPath: name, relativeTo: program.directory).path
      guard isExecutable(file) else {
        throw ExecutionError("'\(name)' is not an executable file in \(program.directory.path)")
      }
      return file
    }
    let folders = (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    guard let folder = folders.first(where: { isExecutable("\($0)/\(name)") }) else {
      throw ExecutionError(
        "program '\(name)' was not found in PATH (\(folders.joined(separator: ":")))")
    }
    return "\(folder)/\(name)"
  }

  private static func isExecutable(_ file: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: file)
  }
}
