// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Testing

@Suite struct LeaseTests {
  let temporary: TemporaryRegistry
  let fingerprint = digest("step")
  var registry: Registry { temporary.registry }

  init() throws { temporary = try TemporaryRegistry() }

  @Test func oneHolderAtATime() throws {
    let other = try temporary.reopened()
    let lease = try #require(try registry.acquireLease(on: fingerprint))
    #expect(try other.acquireLease(on: fingerprint) == nil)
    #expect(try registry.acquireLease(on: fingerprint) == nil)
    #expect(try other.acquireLease(on: digest("another")) != nil)
    try registry.release(lease)
    let next = try #require(try other.acquireLease(on: fingerprint))
    // A late release doesn't take it away from the next.
    try registry.release(lease)
    #expect(try registry.acquireLease(on: fingerprint) == nil)
    try other.release(next)
    #expect(try registry.acquireLease(on: fingerprint) != nil)
  }

  /// Writes a lease as another process would have.
  private func forge(_ change: (inout [String]) -> Void, renewed: Date = Date()) throws {
    let mine = try #require(try registry.acquireLease(on: fingerprint))
    var parts = mine.holder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    #expect(parts.count == 6)
    change(&parts)
    let text = renewed.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    try temporary.database().write {
      try $0.execute(
        sql: "UPDATE lease SET holder = ?, renewedAt = ? WHERE fingerprint = ?",
        arguments: [parts.joined(separator: "/"), text, fingerprint.hex])
    }
  }

  private func start(of process: Int32) throws -> String {
    let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    let end = try #require(text.lastIndex(of: ")"))
    return String(text[text.index(after: end)...].split(separator: " ")[19])
  }

  @Test func aLeaseEndsWithItsProcess() throws {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/bin/sleep")
    child.arguments = ["600"]
    try child.run()
    let began = try start(of: child.processIdentifier)
    try forge { parts in
      parts[3] = String(child.processIdentifier)
      parts[4] = began
    }
    #expect(try registry.acquireLease(on: fingerprint) == nil)
    kill(child.processIdentifier, SIGKILL)
    child.waitUntilExit()
    #expect(try registry.acquireLease(on: fingerprint) != nil)
  }

  @Test func aNumberUsedAgainIsAnotherProcess() throws {
    try forge { $0[4] = "1" }
    #expect(try registry.acquireLease(on: fingerprint) != nil)
  }

  @Test func aLeaseEndsWithTheMachine() throws {
    try forge { $0[1] = "another-boot" }
    #expect(try registry.acquireLease(on: fingerprint) != nil)
  }

  @Test(arguments: [(0.0, true), (-100, true), (-200, false), (-1e6, false)])
  func aLeaseOfAnotherMachineLivesByRenewal(age: Double, isHeld: Bool) throws {
    try forge(
      { parts in
        parts[0] = "elsewhere"
        parts[1] = "another-boot"
      }, renewed: Date().addingTimeInterval(age))
    #expect(try (registry.acquireLease(on: fingerprint) == nil) == isHeld)
  }

  @Test func aProcessOfAnotherContainerLivesByRenewal() throws {
    try forge({ $0[2] = "pid:[1]" }, renewed: Date())
    #expect(try registry.acquireLease(on: fingerprint) == nil)
  }

  @Test func renewalIsOfOnesOwnLeases() throws {
    _ = try registry.acquireLease(on: digest("mine"))
    try forge({ $0[0] = "elsewhere" }, renewed: Date(timeIntervalSince1970: 0))
    try temporary.database().write {
      try $0.execute(sql: "UPDATE lease SET renewedAt = '1970-01-01T00:00:00.000Z'")
    }
    try registry.renewLeases()
    let old = try temporary.database().read {
      try String.fetchAll(
        $0, sql: "SELECT fingerprint FROM lease WHERE renewedAt LIKE '1970%'")
    }
    #expect(old == [fingerprint.hex])
  }

  @Test func manyWhoRaceForALeaseGetItOnce() async throws {
    let directory = registry.directory
    let registries = try (0..<6).map { _ in try Registry(directory: directory) }
    let fingerprint = fingerprint
    let won = try await withThrowingTaskGroup(of: Bool.self) { group in
      for registry in registries {
        group.addTask { try registry.acquireLease(on: fingerprint) != nil }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(won == 1)
  }
}
