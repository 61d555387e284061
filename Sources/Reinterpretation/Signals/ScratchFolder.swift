// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A temporary folder that is gone when its use ends.
enum ScratchFolder {
  static func use<Value>(_ work: (URL) throws -> Value) throws -> Value {
    let folder = try make()
    defer { remove(folder) }
    return try work(folder)
  }

  static func use<Value>(
    isolation: isolated (any Actor)? = #isolation, _ work: (URL) async throws -> Value
  ) async throws -> Value {
    let folder = try make()
    defer { remove(folder) }
    return try await work(folder)
  }

  private static func make() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    return folder
  }

  private static func remove(_ folder: URL) {
    // What is left behind lies in the system's temporary folder, which is cleaned by its owner.
    try? FileManager.default.removeItem(at: folder)
  }
}
