// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The project's folder, found from this file.
enum Checkout {
  static let root: URL = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.lastPathComponent != "Tests", folder.path != "/" {
      folder.deleteLastPathComponent()
    }
    return folder.deletingLastPathComponent()
  }()

  /// Names of the preserved analyses under `workflows/`, sorted.
  static let workflows: [String] = {
    let folder = root.appendingPathComponent("workflows")
    // Without the folder there is nothing to enumerate, and a test of its own says so.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter {
      FileManager.default.fileExists(
        atPath: folder.appendingPathComponent("\($0)/analysis.yaml").path)
    }.sorted()
  }()

  /// Path of a file of the checkout.
  static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// A number of repetitions from the environment, for tests that are worth more on demand.
  static func repetitions(_ variable: String, default count: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? count
  }
}
