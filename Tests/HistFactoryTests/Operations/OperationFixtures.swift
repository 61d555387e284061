// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// What pyhf 0.7.6 made of small workspaces; `Fixtures/make_operations.py` asked it.
enum OperationFixtures {
  private static let root: Result<JSONNode, any Error> = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/operations.json")
    return try JSONParser.parse(JSONText(Array(try Data(contentsOf: file)), source: file.path))
  }

  static func node(_ key: String) throws -> JSONNode { try #require(try root.get()[key]) }

  static func bytes(_ key: String) throws -> [UInt8] { JSONWriter.write(try node(key)) }

  static func workspace(_ key: String) throws -> Workspace {
    try Workspace(json: try bytes(key), source: key)
  }

  /// Expects that something gives pyhf's workspace, or is refused where pyhf refuses it.
  static func expect(
    _ key: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Workspace
  ) throws {
    let expected = try node(key)
    guard expected["error"] == nil else {
      #expect(throws: InvalidWorkspace.self, "\(key)", sourceLocation: sourceLocation) {
        try body()
      }
      return
    }
    let made = try body()
    #expect(made.json.isEqual(to: expected), "\(key)", sourceLocation: sourceLocation)
  }
}
