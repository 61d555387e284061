// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Logging
import Preservation
import Workflow

/// The empty folder of one execution, `work/FINGERPRINT` in the registry.
///
/// Its name needs no process in it: who makes it holds the step's lease, so whatever is there
/// already was left by a process that died.
struct Scratch {
  let folder: URL

  init(for step: PlannedStep, in registry: Registry) throws {
    folder = registry.workDirectory.appendingPathComponent(
      step.fingerprint.hex, isDirectory: true)
    // The system call alone is all that most steps need; FileManager takes ten times as long.
    if mkdir(folder.path, 0o777) == 0 { return }
    if errno == EEXIST { try FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove(logger: Logger) {
    // What is empty goes by one system call.
    if rmdir(folder.path) == 0 { return }
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      // The next execution of the step begins by removing it, and `gc` names it.
      logger.warning("\(folder.path) could not be removed: \(error)")
    }
  }
}
