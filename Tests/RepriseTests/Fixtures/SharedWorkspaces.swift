// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Published and made-up workspaces that lie beside a checkout, not in it.
enum SharedWorkspaces {
  static let absence: Comment =
    "no reference workspaces: set REPRISE_SHARED or put them at ../shared"

  /// In CI they must be there, so the tests run, and fail if not.
  static var areExpected: Bool {
    ProcessInfo.processInfo.environment["CI"] != nil
      || FileManager.default.fileExists(atPath: folder.path)
  }

  private static let folder: URL = {
    let shared = ProcessInfo.processInfo.environment["REPRISE_SHARED"]
      .map { URL(fileURLWithPath: $0) }
    return (shared ?? Checkout.root.appendingPathComponent("../shared").standardizedFileURL)
      .appendingPathComponent("data/workspaces")
  }()

  /// Path of a workspace by its name.
  static func path(_ name: String) -> String {
    folder.appendingPathComponent(name + ".json").path
  }
}
