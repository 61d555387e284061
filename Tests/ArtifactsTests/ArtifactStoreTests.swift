// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing

/// A folder that is removed with the test.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("artifact-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // The folder is the operating system's to remove when this fails.
    try? FileManager.default.removeItem(at: url)
  }

  /// All files below, by their path from here.
  var files: [String] {
    let enumerator = FileManager.default.enumerator(atPath: url.path)
    return (enumerator?.allObjects as? [String] ?? []).filter { path in
      var isFolder: ObjCBool = false
      let full = url.appendingPathComponent(path).path
      return FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
    .sorted()
  }
}

@Suite("Artifact store")
struct ArtifactStoreTests {
  let folder: TemporaryFolder
  let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ArtifactStore(directory: folder.url.appendingPathComponent("objects"))
  }

  private func object(_ artifact: Artifact) -> URL {
    store.directory.appendingPathComponent(String(artifact.digest.hex.prefix(2)))
      .appendingPathComponent(String(artifact.digest.hex.dropFirst(2)))
  }

  private func overwrite(_ artifact: Artifact, with bytes: Data) throws {
    try FileManager.default.removeItem(at: object(artifact))
    try bytes.write(to: object(artifact))
  }

  private func failure(_ body: () throws -> Void) -> ArtifactError? {
    do {
      try body()
      return nil
    } catch {
      return error as? ArtifactError
    }
  }

  @Test("bytes come back; the object is named by its digest and read-only")
  func putAndGet() throws {
    let bytes = Data("abc".utf8)
    let artifact = try store.put(bytes, mediaType: "text/plain")
    #expect(artifact.digest == Fingerprint(of: bytes))
    #expect(artifact.byteCount == 3)
    #expect(artifact.mediaType == "text/plain")
    #expect(try store.data(for: artifact) == bytes)
    #expect(try Data(contentsOf: store.verifiedFile(for: artifact)) == bytes)
    #expect(store.contains(artifact.digest))
    #expect(!store.contains(Fingerprint(of: Data())))
    #expect(try store.digests() == [artifact.digest])
    #expect(
      folder.files
        == ["objects/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"])
    let mode = try FileManager.default.attributesOfItem(atPath: object(artifact).path)
    #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o444)
  }

  @Test("no bytes, and many bytes in pieces", arguments: [0, 1, 1 << 20, (5 << 20) + 12_345])
  func sizes(_ count: Int) throws {
    let bytes = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 8)) })
    let file = folder.url.appendingPathComponent("input")
    try bytes.write(to: file)
    let described = try Artifact(describing: file, mediaType: "application/octet-stream")
    #expect(try store.digests().isEmpty)
    let fromFile = try store.put(contentsOf: file, mediaType: "application/octet-stream")
    #expect(described == fromFile)
    #expect(fromFile.digest == Fingerprint(of: bytes))
    #expect(fromFile.byteCount == count)
    #expect(try store.data(for: fromFile) == bytes)
    #expect(try store.put(bytes, mediaType: "application/octet-stream") == fromFile)
    #expect(try store.digests().count == 1)
  }

  @Test("the same bytes are not written again")
  func idempotent() throws {
    let artifact = try store.put(Data("abc".utf8), mediaType: "a/b")
    func number() throws -> Int? {
      let attributes = try FileManager.default.attributesOfItem(atPath: object(artifact).path)
      return (attributes[.systemFileNumber] as? NSNumber)?.intValue
    }
    let before = try number()
    _ = try store.put(Data("abc".utf8), mediaType: "c/d")
    #expect(try number() == before)
    #expect(try store.temporaryFiles().isEmpty)
  }

  @Test("a changed object is refused by name, with the cure")
  func corrupted() throws {
    let artifact = try store.put(Data("abcdef".utf8), mediaType: "text/plain")
    for damage in ["abcdeg", "abc", "abcdefg", ""] {
      try overwrite(artifact, with: Data(damage.utf8))
      for read in [
        { _ = try store.data(for: artifact) }, { _ = try store.verifiedFile(for: artifact) },
      ] {
        let error = try #require(failure(read))
        #expect(error.code == .corrupted)
        #expect(
          error.description
            == "object \(artifact.digest.short): the \(damage.count) bytes in "
            + "\(object(artifact).path) are not the 6 bytes that were stored; remove that file "
            + "and make the object again (run the step, register the analysis or bring the "
            + "signal once more)")
      }
    }
  }

  @Test("an artifact that lies about its size costs no memory", arguments: [Int.max, -1, 2])
  func wrongSize(_ byteCount: Int) throws {
    let digest = try store.put(Data("abc".utf8), mediaType: "a/b").digest
    let lie = Artifact(digest: digest, byteCount: byteCount, mediaType: "a/b")
    #expect(failure { _ = try store.data(for: lie) }?.code == .corrupted)
  }

  @Test("putting the bytes again heals an object of the wrong size")
  func heals() throws {
    let artifact = try store.put(Data("abcdef".utf8), mediaType: "text/plain")
    try overwrite(artifact, with: Data("ab".utf8))
    _ = try store.put(Data("abcdef".utf8), mediaType: "text/plain")
    #expect(try store.data(for: artifact) == Data("abcdef".utf8))
  }

  @Test("a missing object, a folder in its place, an unreadable source")
  func missing() throws {
    let artifact = Artifact(
      digest: Fingerprint(of: Data("abc".utf8)), byteCount: 3, mediaType: "text/plain")
    let error = try #require(failure { _ = try store.data(for: artifact) })
    #expect(error.code == .missing)
    #expect(
      error.description.hasPrefix("object ba7816bf8f01: there is no \(object(artifact).path)"))

    try FileManager.default.createDirectory(
      at: object(artifact), withIntermediateDirectories: true)
    #expect(failure { _ = try store.data(for: artifact) }?.code == .unreadable)
    let directory = failure { _ = try store.put(contentsOf: folder.url, mediaType: "a/b") }
    #expect(
      directory?.description
        == "\(folder.url.path) is not a regular file; only files can be stored")

    let pipe = folder.url.appendingPathComponent("pipe")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    #expect(failure { _ = try store.put(contentsOf: pipe, mediaType: "a/b") }?.code == .unreadable)
    let absent = folder.url.appendingPathComponent("absent")
    #expect(
      failure { _ = try store.put(contentsOf: absent, mediaType: "a/b") }?.description
        == "\(absent.path) cannot be read (No such file or directory); "
        + "check that it is there and may be read")
    #expect(try store.temporaryFiles().isEmpty)
  }

  @Test("a folder that cannot be made or written is said to be so")
  func unwritable() throws {
    let file = folder.url.appendingPathComponent("file")
    try Data().write(to: file)
    let error = failure { _ = try ArtifactStore(directory: file.appendingPathComponent("objects")) }
    #expect(error?.code == .unwritable)
    // A file where the folder of the object should be: fails for root as well.
    let bytes = Data("abc".utf8)
    try Data().write(to: store.directory.appendingPathComponent("ba"))
    let blocked = failure { _ = try store.put(bytes, mediaType: "a/b") }
    #expect(blocked?.code == .unwritable)
    #expect(try store.temporaryFiles().isEmpty)
  }

  @Test("many writers of the same bytes at the same time")
  func concurrent() async throws {
    let store = store
    let payloads = (0..<8).map { number in
      Data(repeating: UInt8(number), count: 100_000 + number)
    }
    let artifacts = try await withThrowingTaskGroup(of: Artifact.self) { group in
      for task in 0..<64 {
        group.addTask { try store.put(payloads[task % 8], mediaType: "a/b") }
      }
      return try await group.reduce(into: Set<Artifact>()) { $0.insert($1) }
    }
    #expect(artifacts.count == 8)
    #expect(try Set(store.digests()) == Set(artifacts.map(\.digest)))
    for artifact in artifacts { _ = try store.data(for: artifact) }
    #expect(try store.temporaryFiles().isEmpty)
  }

  @Test("temporary files of processes that are gone can be told from those in use")
  func abandoned() throws {
    let temporary = store.directory.appendingPathComponent("tmp")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    let stat = try String(contentsOfFile: "/proc/self/stat", encoding: .utf8)
    let start = stat.split(separator: ")").last?.split(separator: " ")[19] ?? ""
    let mine = "\(getpid())-\(start)-abc"
    let reused = "\(getpid())-1-abc"
    for name in [mine, reused, "4194400-5-abc", "strange"] {
      try Data().write(to: temporary.appendingPathComponent(name))
    }
    #expect(try store.temporaryFiles().count == 4)
    #expect(
      try store.abandonedTemporaryFiles().map(\.lastPathComponent)
        == [reused, "4194400-5-abc", "strange"].sorted())
    #expect(try store.digests().isEmpty)
  }
}
