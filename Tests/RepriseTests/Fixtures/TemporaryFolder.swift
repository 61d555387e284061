// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder of one test.
enum TemporaryFolder {
  static func use<Value>(_ work: (URL) throws -> Value) throws -> Value {
    let folder = try make()
    defer { remove(folder) }
    return try work(folder)
  }

  static func use<Value>(_ work: (URL) async throws -> Value) async throws -> Value {
    let folder = try make()
    defer { remove(folder) }
    return try await work(folder)
  }

  private static func make() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private static func remove(_ folder: URL) {
    // Left over folders of a broken test are the system's to clean.
    try? FileManager.default.removeItem(at: folder)
  }
}
