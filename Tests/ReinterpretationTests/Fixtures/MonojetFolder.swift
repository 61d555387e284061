// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The preserved monojet search of the checkout, found from this file.
enum MonojetFolder {
  static let url: URL = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.lastPathComponent != "Tests", folder.path != "/" {
      folder.deleteLastPathComponent()
    }
    return folder.deletingLastPathComponent().appendingPathComponent("workflows/monojet")
  }()
}
