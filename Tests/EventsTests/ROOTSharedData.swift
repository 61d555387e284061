// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation

/// The data beside the checkout, which a user's checkout does not have.
enum SharedData {
  static let folder: URL = {
    if let named = ProcessInfo.processInfo.environment["REPRISE_SHARED"] {
      return URL(fileURLWithPath: named)
    }
    var place = URL(fileURLWithPath: #filePath)
    while place.path != "/", place.lastPathComponent != "Tests" { place.deleteLastPathComponent() }
    return place.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared")
  }()

  /// Whether tests on it run: where it is, and always in continuous integration, to fail there if
  /// it isn't.
  static var isExpected: Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("data/root").path)
      || ProcessInfo.processInfo.environment["CI"] != nil
  }

  static let absence = "the shared data folder isn't beside the checkout (REPRISE_SHARED names it)"
}

extension ColumnValues {
  var count: Int {
    switch self {
    case .booleans(let values): values.count
    case .integers(let values): values.count
    case .reals(let values): values.count
    }
  }

  /// All values as reals: what sums are taken of.
  var reals: [Double] {
    switch self {
    case .booleans(let values): values.map { $0 ? 1 : 0 }
    case .integers(let values): values.map(Double.init)
    case .reals(let values): values
    }
  }

  var type: ColumnType {
    switch self {
    case .booleans: .boolean
    case .integers: .integer
    case .reals: .real
    }
  }
}
