// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Testing

@Suite struct VersionTests {
  @Test func theSameFingerprintIsTheSameVersion() throws {
    let temporary = try TemporaryRegistry()
    let registry = temporary.registry
    let first = try registry.register(
      "squarks", title: "One", fingerprint: digest("a"), files: [:])
    let again = try registry.register(
      "squarks", title: "One", fingerprint: digest("a"), files: [:])
    #expect(first.isNew && !again.isNew)
    #expect(first.version == again.version)
  }

  @Test func manyWhoRegisterTheSameMakeItOnce() async throws {
    let temporary = try TemporaryRegistry()
    let registries = try (0..<6).map { _ in try temporary.reopened() }
    let news = try await withThrowingTaskGroup(of: Bool.self) { group in
      for registry in registries {
        group.addTask {
          try registry.register("race", title: "", fingerprint: digest("race"), files: [:]).isNew
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(news == 1)
    #expect(try temporary.registry.versions().count == 1)
  }

  @Test func versionsAreNumberedWithinTheirAnalysis() throws {
    let temporary = try TemporaryRegistry()
    let before = Date().addingTimeInterval(-1)
    _ = try temporary.register("squarks", seed: "1")
    _ = try temporary.register("gluinos", seed: "1")
    let second = try temporary.register("squarks", seed: "2")
    #expect(try temporary.registry.versions().map(\.number) == [1, 1, 2])
    #expect(try temporary.registry.versions(of: "squarks").map(\.number) == [1, 2])
    #expect(try temporary.registry.version(of: "squarks") == second)
    #expect(try temporary.registry.version(of: "squarks", number: 1).title == "Squarks 1")
    #expect(second.registeredAt > before && second.registeredAt < Date().addingTimeInterval(1))
  }

  @Test func whatIsNotThereIsToldWithWhatIs() throws {
    let temporary = try TemporaryRegistry()
    func message(_ analysis: String, _ number: Int? = nil) -> String? {
      #expect(throws: RegistryError.self) {
        try temporary.registry.version(of: analysis, number: number)
      }?.description
    }
    #expect(message("x")?.hasPrefix("there is no analysis 'x': nothing was registered in") == true)
    for name in ["squark-multijet", "monojet", "sbottom"] { _ = try temporary.register(name) }
    #expect(
      message("squark-multjet")
        == "there is no analysis 'squark-multjet' (near: squark-multijet, monojet, sbottom)")
    #expect(message("monojet", 7) == "monojet has no version 7 (it has: 1)")
  }

  @Test func filesComeBackAsTheyWere() throws {
    let temporary = try TemporaryRegistry()
    let store = temporary.registry.store
    // The same bytes may be two things.
    let files = [
      "analysis.yaml": try store.put(Data("x".utf8), mediaType: "application/yaml"),
      "README.md": try store.put(Data("x".utf8), mediaType: "text/markdown"),
      "data/b.json": try store.put(Data("{}".utf8), mediaType: "application/json"),
    ]
    let version = try temporary.registry.register(
      "squarks", title: "", fingerprint: digest("a"), files: files
    ).version
    #expect(try temporary.registry.files(of: version) == files)
  }

  @Test func aFileThatIsNotInTheStoreIsRefused() throws {
    let temporary = try TemporaryRegistry()
    let file = Artifact(digest: digest("nowhere"), byteCount: 3, mediaType: "text/plain")
    let error = #expect(throws: RegistryError.self) {
      try temporary.registry.register(
        "squarks", title: "", fingerprint: digest("a"), files: ["a.json": file])
    }
    #expect(error?.code == .refused)
    #expect(try temporary.registry.versions().isEmpty)
  }
}
