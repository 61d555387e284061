// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing

/// A store that leaves the wait for the disk to one call. That bytes are on a disk can't be seen
/// from here; what can is that all else is as before, and that a call which fails says so.
struct UnsyncedObjectsTests {
  let folder: TemporaryFolder
  let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ArtifactStore(
      directory: folder.url.appendingPathComponent("objects"), syncsEachObject: false)
  }

  private func put(_ count: Int, from first: Int = 0) throws -> [Artifact] {
    try (first..<(first + count)).map {
      try store.put(Data("object \($0)".utf8), mediaType: "text/plain")
    }
  }

  @Test(arguments: [0, 1, 8, 9, 60])
  func objectsAreThereBeforeAndAfter(count: Int) throws {
    let artifacts = try put(count)
    for _ in 0..<2 {
      for (index, artifact) in artifacts.enumerated() {
        #expect(try store.data(for: artifact) == Data("object \(index)".utf8))
        #expect(store.containsWhole(artifact))
      }
      try store.synchronize()
    }
    #expect(try store.digests() == artifacts.map(\.digest).sorted())
    #expect(try store.temporaryFiles().isEmpty)
  }

  @Test func anObjectThatWentIsPassedOver() throws {
    let artifacts = try put(2)
    try FileManager.default.removeItem(at: store.verifiedFile(for: artifacts[0]))
    try store.synchronize()
    #expect(try store.data(for: artifacts[1]) == Data("object 1".utf8))
  }

  @Test func whatCannotBeSyncedIsToldAndTriedAgain() throws {
    let file = try store.verifiedFile(for: put(1)[0])
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    for _ in 0..<2 {
      #expect(throws: ArtifactError.self) { try store.synchronize() }
    }
    try FileManager.default.removeItem(at: file)
    try store.synchronize()
  }

  @Test func manyThreadsMayPutAndSync() async throws {
    let store = store
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<40 {
        group.addTask {
          _ = try store.put(Data("object \(index % 20)".utf8), mediaType: "text/plain")
          try store.synchronize()
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.digests().count == 20)
  }

  @Test func aFileOfAnotherSizeIsNotWhole() throws {
    let artifact = try put(1)[0]
    let file = try store.verifiedFile(for: artifact)
    try FileManager.default.removeItem(at: file)
    #expect(!store.containsWhole(artifact))
    for bytes in [Data(), Data("object 0 and more".utf8)] {
      try? FileManager.default.removeItem(at: file)  // Read-only, or not there.
      try bytes.write(to: file)
      #expect(store.contains(artifact.digest))
      #expect(!store.containsWhole(artifact))
      #expect(try put(1) == [artifact])
      #expect(store.containsWhole(artifact))
    }
  }
}
