// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing

/// Set in a child process of this test: where it puts objects until it is killed.
private let childFolder = ProcessInfo.processInfo.environment["ARTIFACT_TEST_CHILD_FOLDER"]

@Suite("Killed while putting")
struct KilledPutTests {
  @Test("the child: puts for ever", .enabled(if: childFolder != nil, "only in the child process"))
  func putForEver() throws {
    let store = try ArtifactStore(directory: URL(fileURLWithPath: try #require(childFolder)))
    for number in 0... {
      _ = try store.put(
        Data("\(number)".utf8) + Data(count: 300_000), mediaType: MediaTypes.bytes)
    }
  }

  @Test(
    "whole objects and temporary files that can be told are all that is left",
    .enabled(if: childFolder == nil, "the child does not have children"))
  func killed() throws {
    var abandoned = 0
    for round in 0..<4 {
      let folder = try TemporaryFolder()
      let store = try ArtifactStore(directory: folder.url)
      let child = Process()
      child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      child.arguments = childArguments
      child.environment = ProcessInfo.processInfo.environment.merging(
        ["ARTIFACT_TEST_CHILD_FOLDER": folder.url.path]) { $1 }
      child.standardOutput = FileHandle.nullDevice
      child.standardError = FileHandle.nullDevice
      try child.run()
      // Killed at another moment of a put in each round.
      while try store.digests().count < 5, child.isRunning { usleep(1000) }
      usleep(UInt32(round) * 700)
      kill(child.processIdentifier, SIGKILL)
      child.waitUntilExit()
      #expect(child.terminationReason == .uncaughtSignal)

      let digests = try store.digests()
      #expect(digests.count >= 5)
      for digest in digests {
        let size = try object(digest, in: folder).count
        let artifact = Artifact(digest: digest, byteCount: size, mediaType: MediaTypes.bytes)
        #expect(throws: Never.self) { try store.data(for: artifact) }
      }
      let temporary = try store.temporaryFiles()
      #expect(try store.abandonedTemporaryFiles() == temporary)
      #expect(folder.files.count == digests.count + temporary.count)
      abandoned += temporary.count
    }
    #expect(abandoned <= 4)
  }

  /// The same test program, running the child's test alone.
  private var childArguments: [String] {
    let arguments = CommandLine.arguments.dropFirst()
    let path = arguments.first { $0.hasSuffix(".xctest") || $0.hasSuffix(".swiftmodule") }
    return (path.map { [$0] } ?? [])
      + ["--testing-library", "swift-testing", "--filter", "putForEver"]
  }

  private func object(_ digest: Fingerprint, in folder: TemporaryFolder) throws -> Data {
    try Data(
      contentsOf: folder.url.appendingPathComponent(
        "\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))"))
  }
}

private enum MediaTypes { static let bytes = "application/octet-stream" }
