// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Testing
import Workflow

@Suite struct OpeningTests {
  @Test func whatWasWrittenIsThereAfterReopening() throws {
    let temporary = try TemporaryRegistry()
    try temporary.fill()
    let again = try temporary.reopened()
    #expect(try again.versions().map(\.title) == ["Squarks 1"])
    #expect(try again.results(matching: ResultFilter()).count == 2)
  }

  @Test func aRegistryThatIsNotThereIsNotMadeByReading() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-tests-\(UUID().uuidString)")
    let error = #expect(throws: RegistryError.self) {
      try Registry(directory: folder, create: false)
    }
    #expect(error?.code == .notFound)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func aRegistryOfANewerProgramIsRefused() throws {
    let temporary = try TemporaryRegistry()
    try temporary.database().write {
      try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999 future')")
    }
    let error = #expect(throws: RegistryError.self) { try temporary.reopened() }
    #expect(error?.code == .newerSchema)
    #expect(error?.description.contains("newer version of this program") == true)
  }

  @Test func aFileThatIsNoDatabaseIsRefused() throws {
    let temporary = try TemporaryRegistry()
    let folder = temporary.folder.appendingPathComponent("other")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = Data(String(repeating: "no database ", count: 1000).utf8)
    try text.write(to: folder.appendingPathComponent("registry.sqlite"))
    let error = #expect(throws: RegistryError.self) { try Registry(directory: folder) }
    #expect(error?.code == .corrupt)
    #expect(try Data(contentsOf: folder.appendingPathComponent("registry.sqlite")) == text)
  }

  @Test func aFolderThatCannotBeMadeIsRefused() throws {
    let temporary = try TemporaryRegistry()
    let file = temporary.folder.appendingPathComponent("file")
    try Data().write(to: file)
    let error = #expect(throws: RegistryError.self) {
      try Registry(directory: file.appendingPathComponent("registry"))
    }
    #expect(error?.code == .unwritable)
  }

  @Test func manyMayCreateItAtTheSameTime() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-tests-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<8 {
        group.addTask {
          let registry = try Registry(directory: folder)
          return try registry.register(
            "race", title: "Race", fingerprint: digest("\(index)"), files: [:]
          ).version.number
        }
      }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(numbers.sorted() == Array(1...8))
  }

  @Test func filesThatNoRowNamesAreListed() throws {
    let temporary = try TemporaryRegistry()
    try temporary.fill()
    let registry = temporary.registry
    #expect(try registry.unreferenced().isEmpty)
    let lost = try registry.store.put(Data("lost".utf8), mediaType: "text/plain")
    let lease = try #require(try registry.acquireLease(on: digest("under way")))
    for name in [digest("left behind").hex, lease.fingerprint.hex] {
      try FileManager.default.createDirectory(
        at: registry.workDirectory.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    let listed = try registry.unreferenced()
    #expect(listed.map(\.sort).sorted { $0.rawValue < $1.rawValue } == [.object, .scratch])
    #expect(
      Set(listed.map { $0.file.lastPathComponent }) == [
        String(lost.digest.hex.dropFirst(2)), digest("left behind").hex,
      ])
  }
}
